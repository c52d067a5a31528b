import { type GlassStrings, plain, strong } from './glass-strings.ts';

const UNITS = { second: '秒', minute: '分', hour: '時間', day: '日' };
/** The glass breaks Japanese nowhere else: a word is never cut in two. */
const BREAK = '\u200B';

export const japanese: GlassStrings = {
  language: 'ja-JP',
  direction: 'ltr',
  comma: '、',
  age: (amount, unit) => `${amount}${UNITS[unit]}`,

  of: (limit) => `/ ${limit}`,
  mayEnter: (people) => [plain('残り'), strong(people)],
  over: (people) => [plain('超過'), strong(people)],
  asOf: (time) => [strong(time), plain('時点')],
  asOfDay: (day) => [strong(day), plain('時点')],
  onDay: (day) => day,
  liveNow: '最新',
  live: (age) => `最新 ${age}前`,
  ago: (age) => `${age}前`,
  doorsLive: (doors) => `入口${doors}か所`,
  noLiveCount: '人数不明',
  lastKnown: (people, time) => `最終 ${time}、${people}人`,
  lastKnownOn: (people, day) => `最終 ${day}、${people}人`,
  neverHeard: '受信なし',
  beforeRestart: '再起動前',

  doors: '入口',
  silent: '無応答',
  zones: 'エリア',
  andMore: (more) => `ほか${more}件`,

  states: {
    open: '空きあり',
    nearly: 'ほぼ満員',
    full: '満員',
    over: '定員超過',
    unknown: '不明',
    closed: '営業時間外',
  },
  opensAt: (when) => `${when} 開店`,
  readableTo: (metres) => `${metres} mまで読めます`,
  ofLimit: (people, limit) => `定員${limit}人、店内${people}人`,
  cellsOf: (people) => `1本 ${people}人`,
  in: '入店',
  out: '退店',

  peak: '最大',
  usual: '通常',
  now: '現在',
  today: (peak, limit) =>
    peak === null ? `今日、定員${limit}人` : `今日、店内最大${peak}人、定員${limit}人`,

  noAlerts: '異常なし',
  alerts: {
    'over-capacity': '定員超過',
    full: '満員',
    'sensor-silent': '無応答',
    'sign-offline': '画面停止',
    'near-capacity': 'ほぼ満員',
    'implausible-rate': '計数異常',
    'sensor-clock': '時計ずれ',
    'rejected-rising': '受信拒否',
    'door-imbalance': '計数ずれ',
  },
  since: '発生',
  sinceBy: (time, by) => `${time}、${by ?? '未対応'}`,
  ended: (time) => `終了、${time}`,
  answer: (time, by) => `${time}、${by === null ? '未対応' : `${by}が対応`}`,
  answering: {
    scan: `スキャン${BREAK}して対応`,
    press: `Enterキーか${BREAK}画面タッチで${BREAK}対応`,
    sending: '送信中',
    notSent: `送信${BREAK}できません：${BREAK}接続なし`,
    refused: `ここでは${BREAK}対応${BREAK}できません`,
    at: (sign) => `${sign}で`,
    answeredAt: (sign) => `${sign}で対応`,
  },
  doorsSilent: (doors) => `入口${doors}か所 無応答`,
  sinceFor: (time, age) => `${time}から${age}`,
  longest: (age) => `最長${age}`,
  noData: (age) => ({ title: 'データなし', detail: age === null ? '未受信' : `${age}前から` }),
  noDataSinceRestart: { title: 'データなし', detail: '再起動後' },
  noConnection: { title: '接続なし', detail: 'クラウドとの通信' },
  moreStores: (more) => `このグループに${BREAK}ほか${more}店舗`,
  overLimit: `定員${BREAK}超過`,
  holdTheDoors: (toLeave) => `${toLeave}人退店まで${BREAK}入店を止める`,
  message: { drill: '訓練', until: (when) => `${when}まで`, live: '最新' },

  door: {
    words: {
      open: 'ようこそ',
      nearly: 'ほぼ満員',
      full: `お待ち${BREAK}ください`,
      unknown: `スタッフに${BREAK}お尋ねください`,
      closed: `営業${BREAK}時間外`,
    },
    ofInside: (limit) => `定員${limit}人`,
    mayEnter: (people) => `あと${people}人${BREAK}入れます`,
    wait: (minutes) => `待ち時間 約${minutes}分`,
    longWait: (minutes) => `待ち時間 ${minutes}分以上`,
    noLiveCount: `人数を${BREAK}確認できません`,
    opens: '開店',
  },
  wall: {
    inside: (people) => `店内${people}人`,
    notCounted: (stores) => `集計外${stores}店`,
    roomFor: (people) => `あと${people}人`,
    since: (time) => `${time}から`,
    moreOpen: (stores) => `ほか${stores}店、${BREAK}すべて空きあり`,
  },

  starting: { title: '起動中', detail: `クラウドを${BREAK}探しています` },
  cannotReach: `クラウドに${BREAK}接続できません`,
  tryingAgain: '自動で再試行します',
  notAssigned: {
    title: '未割り当て',
    detail: `店舗グループを${BREAK}割り当てると${BREAK}自動で始まります`,
  },
  thisSign: 'この画面',
  revoked: {
    title: '使用停止',
    detail: `新しい鍵で${BREAK}ペアリングし直すか、${BREAK}この画面を${BREAK}削除してください`,
  },
  pairing: {
    typeThis: `このコードを${BREAK}コンソールに入力`,
    fingerprint: '鍵の指紋',
    endsIn: '残り時間',
    scan: '読み取り用、コンソールのアドレス',
  },
  emptyGroup: {
    title: `まだ店舗が${BREAK}ありません`,
    detail: `この画面の${BREAK}グループに${BREAK}店舗がありません`,
  },
  notSecure: `このページには${BREAK}https か${BREAK}この端末の${BREAK}アドレスが${BREAK}必要です。${BREAK}それがないと、${BREAK}ブラウザーは${BREAK}鍵も人数も${BREAK}保存できず、${BREAK}画面は消え、${BREAK}インストールも${BREAK}できません`,
  noKey: `このブラウザーは${BREAK}データを保存せず、${BREAK}画面を${BREAK}識別できません`,
  trouble: {
    notSecure: `安全な${BREAK}接続が${BREAK}ありません`,
    noKey: `何も${BREAK}保存${BREAK}できません`,
    of: {
      unreachable: {
        title: `クラウドに${BREAK}接続${BREAK}できません`,
        detail: `この端末の${BREAK}ネットワークと、${BREAK}クラウドが${BREAK}動いているかを${BREAK}確かめて${BREAK}ください`,
      },
      'not-the-cloud': {
        title: `クラウドでは${BREAK}ありません`,
        detail: `別のものが${BREAK}応答しています。${BREAK}ネットワークの${BREAK}ログインが${BREAK}必要かも${BREAK}しれません`,
      },
      'other-version': {
        title: `バージョンが${BREAK}合いません`,
        detail: `画面と${BREAK}クラウドが${BREAK}通じません。${BREAK}古いほうを${BREAK}更新して${BREAK}ください`,
      },
      'push-unreachable': {
        title: `接続が${BREAK}不完全です`,
        detail: `クラウドは${BREAK}応答しますが、${BREAK}最新の情報が${BREAK}届きません`,
      },
      'not-ready': {
        title: `クラウドの${BREAK}準備中`,
        detail: `起動中か、${BREAK}混み合って${BREAK}います`,
      },
      untrusted: {
        title: `クラウドを${BREAK}信頼${BREAK}できません`,
        detail: `証明書の${BREAK}署名者を${BREAK}この端末は${BREAK}知りません`,
      },
      expired: {
        title: `証明書の${BREAK}期限切れ`,
        detail: `クラウドに${BREAK}新しい証明書が${BREAK}必要か、${BREAK}この端末の${BREAK}時計が${BREAK}合っていません`,
      },
      'wrong-name': {
        title: `証明書が${BREAK}違います`,
        detail: `クラウドの${BREAK}証明書は${BREAK}別の${BREAK}アドレスの${BREAK}ものです`,
      },
      clock: {
        title: `時計が${BREAK}合っていません`,
        detail: `この端末の${BREAK}日付と${BREAK}時刻を${BREAK}合わせて${BREAK}ください`,
      },
      refused: {
        title: `クラウドが${BREAK}拒否${BREAK}しました`,
        detail: `この画面を${BREAK}このままでは${BREAK}受け付けません`,
      },
    },
    deviceSays: (when) => `この端末の時刻は${BREAK}${when}`,
    clockOff: (age) => ({ title: '時計のずれ', detail: age }),
  },
};
