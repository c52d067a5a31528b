import type { CommandStatus, ListedSign } from '../../../cloud/contracts/fleet.ts';
import { sinceWords, spanWords } from '../view/words.ts';
import { COMMAND_WORDS } from './sign-words.ts';
import { tookWords } from './time-words.ts';

/** How far a command came: sent, received, on the glass; or how it ended. */
export type Receipt = {
  readonly name: string;
  readonly state: 'waits' | 'sent' | 'received' | 'done' | 'failed';
  readonly words: string;
};

export function receiptOf(command: CommandStatus, sign: Pick<ListedSign, 'state'>, nowMs: number): Receipt {
  const { name } = COMMAND_WORDS[command.kind];
  const isPicture = command.kind === 'screenshot';
  const until = sinceWords(command.expiresAtMs, nowMs);
  switch (statusAt(command, nowMs)) {
    case 'waiting':
      return sign.state === 'dark' || sign.state === 'still'
        ? { name, state: 'waits', words: `waits for the sign, until ${until}` }
        : { name, state: 'sent', words: `sent ${spanWords(nowMs - command.askedAtMs)} ago` };
    case 'received':
      return {
        name,
        state: 'received',
        words: isPicture ? 'received, the picture is not here yet' : 'received, not yet on the glass',
      };
    case 'done': {
      const took = tookWords(command.statusAtMs - command.askedAtMs);
      return { name, state: 'done', words: `${isPicture ? 'taken' : 'on the glass'} after ${took}` };
    }
    case 'failed':
      return { name, state: 'failed', words: command.why === '' ? 'the sign could not do it' : command.why };
    case 'expired':
      return { name, state: 'failed', words: `no answer until ${until}` };
  }
}

/** `2 of 4 confirmed from the glass.` */
export function receiptsSummary(receipts: readonly Receipt[]): string {
  const count = (state: Receipt['state']) => receipts.filter((receipt) => receipt.state === state).length;
  const failed = count('failed');
  const waits = count('waits');
  return [
    `${count('done')} of ${receipts.length} confirmed from the glass.`,
    failed === 0 ? '' : ` ${failed} failed.`,
    waits === 0 ? '' : ` ${waits} ${waits === 1 ? 'waits' : 'wait'} for the sign to come back.`,
  ].join('');
}

/** The cloud says `expired` only when it is asked again; the clock runs in between. */
function statusAt({ status, expiresAtMs }: CommandStatus, nowMs: number): CommandStatus['status'] {
  const isOpen = status === 'waiting' || status === 'received';
  return isOpen && nowMs > expiresAtMs ? 'expired' : status;
}
