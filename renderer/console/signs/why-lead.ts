import type { ListedSign } from '../../../cloud/contracts/fleet.ts';
import { sinceWords, spanWords } from '../view/words.ts';
import { causeHelp } from './cause-words.ts';
import { isCounted, type KnownStores, placeWords, shownStore } from './places.ts';
import { nameOf, STATE_WORDS } from './sign-words.ts';
import { whyChain } from './why-chain.ts';

/** The answer in two sentences: why it is so, and where to look. */
export type WhyLead = { readonly answer: string; readonly where: string };

export function whyLead(sign: ListedSign, known: KnownStores, nowMs: number): WhyLead {
  const answer = sentence(sign.why === '' ? STATE_WORDS[sign.state] : sign.why);
  return { answer, where: whereToLook(sign, known, nowMs) };
}

function whereToLook(sign: ListedSign, known: KnownStores, nowMs: number): string {
  const { storeGroupId, state, confirmed, stateUntilMs } = sign;
  if (storeGroupId === null) return 'Nobody gave it a place so far. Pair it, or move it to a group.';
  const store = shownStore(known, sign);
  const counted = store !== undefined && isCounted(store, nowMs);
  const place = placeWords(known, storeGroupId);
  const notCounted =
    store === undefined
      ? 'Nothing is known of its stores here.'
      : `${store.content.store.name} itself cannot be counted now. Look at its doors first.`;
  switch (state) {
    case 'fresh':
      if (!confirmed) return `It was given ${place}, but the glass has not confirmed that so far.`;
      return counted || store === undefined ? 'Nothing is to be done.' : notCounted;
    case 'stale':
      if (sign.cause === 'page-frozen') return causeHelp(sign);
      return counted
        ? 'The store counts normally. The fault lies between the cloud and this sign.'
        : notCounted;
    case 'still': {
      const until = stateUntilMs === null ? '' : ` until ${sinceWords(stateUntilMs, nowMs)}`;
      const lease = `By its last report it may show its figure${until}. Then it says by itself that it does not know.`;
      return [lease, causeHelp(sign)].filter(Boolean).join(' ');
    }
    case 'dark':
      return `${counted ? 'The store counts normally. ' : ''}${causeHelp(sign) || 'See whether the screen has power and network.'}`;
    case 'unknown':
      return 'Nobody can say what stands on the glass. Identify shows whether somebody reads it.';
  }
}

/** All of it as plain text, to be sent to who repairs it. */
export function reportText(sign: ListedSign, known: KnownStores, nowMs: number): string {
  const { answer, where } = whyLead(sign, known, nowMs);
  const steps = whyChain(sign, known, nowMs).map(({ title, mark, lead, detail, ageMs }) => {
    const age = ageMs === null ? '' : ` (${spanWords(ageMs)})`;
    return `${mark === 'problem' ? '!' : '-'} ${title}: ${lead}${age}. ${detail}`.replace(/\.\./g, '.');
  });
  return [
    `${nameOf(sign)}, ${placeWords(known, sign.storeGroupId)}`,
    `Sign ${sign.signId}, fingerprint ${sign.fingerprint}`,
    `At ${new Date(nowMs).toISOString()}`,
    `${STATE_WORDS[sign.state]} since ${new Date(sign.stateSinceMs).toISOString()}, ${spanWords(nowMs - sign.stateSinceMs)}`,
    '',
    `${answer} ${where}`,
    '',
    ...steps,
    '',
  ].join('\n');
}

const sentence = (words: string): string => (/[.?]$/.test(words) ? words : `${words}.`);
