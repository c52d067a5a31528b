import { type GlassStrings, plain, strong } from './glass-strings.ts';
import { counting, type Forms } from './plural.ts';

/** With the figures 0 to 9: the count and the times on the glass are the same in every language. */
const LANGUAGE = 'ar-u-nu-latn';
const count = counting(LANGUAGE);

const AGES: Readonly<Record<'second' | 'minute' | 'hour' | 'day', Forms>> = {
  second: { one: 'ثانية', two: 'ثانيتين', few: '# ثوانٍ', other: '# ثانية' },
  minute: { one: 'دقيقة', two: 'دقيقتين', few: '# دقائق', other: '# دقيقة' },
  hour: { one: 'ساعة', two: 'ساعتين', few: '# ساعات', other: '# ساعة' },
  day: { one: 'يوم', two: 'يومين', few: '# أيام', many: '# يومًا', other: '# يوم' },
};

/** A name keeps its own direction, and turns nothing around it. */
const named = (name: string): string => `\u2068${name}\u2069`;

export const arabic: GlassStrings = {
  language: LANGUAGE,
  direction: 'rtl',
  comma: '، ',
  age: (amount, unit) => count(amount, AGES[unit]),

  of: (limit) => `من ${limit}`,
  mayEnter: (people) => [plain('يمكن دخول'), strong(people)],
  over: (people) => [strong(people), plain('فوق الحد')],
  asOf: (time) => [plain('حتى'), strong(time)],
  asOfDay: (day) => [plain('حتى'), strong(day)],
  onDay: (day) => day,
  liveNow: 'مباشر، الآن',
  live: (age) => `مباشر، قبل ${age}`,
  ago: (age) => `قبل ${age}`,
  doorsLive: (doors) =>
    count(doors, {
      one: 'باب مباشر',
      two: 'بابان مباشران',
      few: '# أبواب مباشرة',
      many: '# بابًا مباشرًا',
      other: '# باب مباشر',
    }),
  noLiveCount: 'لا عدد',
  lastKnown: (people, time) => `آخر عدد ${people} في ${time}`,
  lastKnownOn: (people, day) => `آخر عدد ${people}، ${day}`,
  neverHeard: 'لم يصل شيء بعد',
  beforeRestart: 'قبل إعادة التشغيل',

  doors: 'الأبواب',
  silent: 'صامت',
  zones: 'المناطق',
  andMore: (more) => `و${more} غيرها`,

  states: {
    open: 'متاح',
    nearly: 'شبه ممتلئ',
    full: 'ممتلئ',
    over: 'فوق الحد',
    unknown: 'غير معروف',
    closed: 'مغلق',
  },
  opensAt: (when) => `يفتح ${when}`,
  readableTo: (metres) => `يقرأ حتى ${metres} م فقط`,
  ofLimit: (people, limit) => `${people} من ${limit} في الداخل`,
  cellsOf: (people) => `كل خط ${people}`,
  in: 'دخول',
  out: 'خروج',

  peak: 'الذروة',
  usual: 'المعتاد',
  now: 'الآن',
  today: (peak, limit) =>
    peak === null ? `اليوم، الحد ${limit}` : `اليوم، ${peak} في الداخل على الأكثر، الحد ${limit}`,

  noAlerts: 'لا تنبيهات',
  alerts: {
    'over-capacity': 'فوق الحد',
    full: 'ممتلئ',
    'sensor-silent': 'صامت',
    'sign-offline': 'شاشة مطفأة',
    'near-capacity': 'شبه ممتلئ',
    'implausible-rate': 'عد خاطئ',
    'sensor-clock': 'ساعة خاطئة',
    'rejected-rising': 'مرفوض',
    'door-imbalance': 'عد منحرف',
  },
  since: 'منذ',
  sinceBy: (time, by) => `${time}، ${by === null ? 'لا أحد بعد' : named(by)}`,
  ended: (time) => `انتهى، من ${time}`,
  answer: (time, by) => `${time}، ${by === null ? 'لا رد بعد' : `يستجيب ${named(by)}`}`,
  answering: {
    scan: 'امسح الرمز للرد',
    press: 'اضغط Enter أو المس الشاشة للرد',
    sending: 'جارٍ الإرسال',
    notSent: 'تعذر الإرسال: لا اتصال',
    refused: 'لا يمكن الرد هنا',
    at: (sign) => `عند ${named(sign)}`,
    answeredAt: (sign) => `رد عند ${named(sign)}`,
  },
  doorsSilent: (doors) =>
    count(doors, {
      one: 'باب صامت',
      two: 'بابان صامتان',
      few: '# أبواب صامتة',
      many: '# بابًا صامتًا',
      other: '# باب صامت',
    }),
  sinceFor: (time, age) => `منذ ${time}، ${age}`,
  longest: (age) => `حتى ${age}`,
  noData: (age) => ({ title: 'لا بيانات', detail: age === null ? 'حتى الآن' : `منذ ${age}` }),
  noDataSinceRestart: { title: 'لا بيانات', detail: 'منذ إعادة التشغيل' },
  noConnection: { title: 'لا اتصال', detail: 'بالسحابة' },
  moreStores: (more) =>
    count(more, {
      one: 'ومتجر آخر في هذه المجموعة',
      two: 'ومتجران آخران في هذه المجموعة',
      few: 'و# متاجر أخرى في هذه المجموعة',
      many: 'و# متجرًا آخر في هذه المجموعة',
      other: 'و# متجر آخر في هذه المجموعة',
    }),
  overLimit: 'فوق الحد',
  holdTheDoors: (toLeave) =>
    count(toLeave, {
      one: 'لا دخول حتى يخرج شخص',
      two: 'لا دخول حتى يخرج شخصان',
      few: 'لا دخول حتى يخرج # أشخاص',
      many: 'لا دخول حتى يخرج # شخصًا',
      other: 'لا دخول حتى يخرج # شخص',
    }),
  message: { drill: 'تدريب', until: (when) => `حتى ${when}`, live: 'مباشر' },

  door: {
    words: {
      open: 'مرحبًا بكم',
      nearly: 'شبه ممتلئ',
      full: 'يرجى الانتظار',
      unknown: 'اسألوا موظفينا',
      closed: 'مغلق',
    },
    ofInside: (limit) => `من ${limit} في الداخل`,
    mayEnter: (people) =>
      count(people, {
        one: 'يمكن دخول شخص آخر',
        two: 'يمكن دخول شخصين آخرين',
        few: 'يمكن دخول # أشخاص آخرين',
        many: 'يمكن دخول # شخصًا آخر',
        other: 'يمكن دخول # شخص آخر',
      }),
    wait: (minutes) => `الانتظار نحو ${count(minutes, AGES.minute)}`,
    longWait: (minutes) => `الانتظار أكثر من ${count(minutes, AGES.minute)}`,
    noLiveCount: 'لا عدد مباشر الآن',
    opens: 'يفتح',
  },
  wall: {
    inside: (people) => `${people} في الداخل`,
    notCounted: (stores) => `${stores} بلا عد`,
    roomFor: (people) => `متسع لـ ${people}`,
    since: (time) => `منذ ${time}`,
    moreOpen: (stores) =>
      count(stores, {
        one: 'ومتجر آخر متاح',
        two: 'ومتجران آخران متاحان',
        few: 'و# متاجر أخرى متاحة',
        many: 'و# متجرًا آخر متاحًا',
        other: 'و# متجر آخر متاح',
      }),
  },

  starting: { title: 'جارٍ التشغيل', detail: 'البحث عن السحابة' },
  cannotReach: 'تعذر الوصول إلى السحابة',
  tryingAgain: 'تعاد المحاولة تلقائيًا',
  notAssigned: {
    title: 'لم تخصص بعد',
    detail: 'خصصوا لهذه الشاشة مجموعة متاجر فتبدأ تلقائيًا',
  },
  thisSign: 'هذه الشاشة هي',
  revoked: { title: 'خارج الخدمة', detail: 'اقرنوا هذه الشاشة بمفتاح جديد أو أزيلوها' },
  pairing: {
    typeThis: 'أدخلوا هذا الرمز في لوحة التحكم',
    fingerprint: 'البصمة',
    endsIn: 'ينتهي خلال',
    scan: 'عنوان لوحة التحكم، للمسح',
  },
  emptyGroup: { title: 'لا متاجر بعد', detail: 'ليس في مجموعة هذه الشاشة أي متجر' },
  notSecure:
    'تحتاج هذه الصفحة إلى https أو إلى عنوان على هذا الجهاز. من دون ذلك لا يحفظ المتصفح المفتاح ولا العدد، ولا يُبقي الشاشة مضاءة، ولا يمكن تثبيت الصفحة',
  noKey: 'لا يحفظ هذا المتصفح البيانات، فلا يمكن التعرف على الشاشة',
  trouble: {
    notSecure: 'لا اتصال آمن',
    noKey: 'لا يمكن حفظ شيء',
    of: {
      unreachable: {
        title: 'تعذر الوصول إلى السحابة',
        detail: 'تحققوا من شبكة هذا الجهاز ومن أن السحابة تعمل',
      },
      'not-the-cloud': {
        title: 'هذه ليست السحابة',
        detail: 'يجيب شيء آخر. ربما تطلب الشبكة تسجيل الدخول أولا',
      },
      'other-version': {
        title: 'الإصدارات غير متوافقة',
        detail: 'الشاشة والسحابة لا تتفاهمان. حدثوا الأقدم منهما',
      },
      'push-unreachable': { title: 'اتصال ناقص', detail: 'تجيب السحابة، لكن تحديثاتها المباشرة لا تصل' },
      'not-ready': { title: 'السحابة غير جاهزة', detail: 'إنها تبدأ العمل أو مشغولة جدا' },
      untrusted: { title: 'السحابة غير موثوقة', detail: 'لا يعرف هذا الجهاز من وقع شهادتها' },
      expired: {
        title: 'انتهت الشهادة',
        detail: 'تحتاج السحابة إلى شهادة جديدة، أو أن ساعة هذا الجهاز خاطئة',
      },
      'wrong-name': { title: 'شهادة خاطئة', detail: 'شهادة السحابة لعنوان آخر' },
      clock: { title: 'الساعة خاطئة', detail: 'اضبطوا تاريخ هذا الجهاز ووقته' },
      refused: { title: 'السحابة ترفض', detail: 'لا تقبل هذه الشاشة كما هي' },
    },
    deviceSays: (when) => `يشير هذا الجهاز إلى ${when}`,
    clockOff: (age) => ({ title: 'الساعة خاطئة', detail: `بفارق ${age}` }),
  },
};
