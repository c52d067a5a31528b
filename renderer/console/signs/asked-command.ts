import type { BulkAnswer, ListedSign } from '../../../cloud/contracts/fleet.ts';
import type { CommandKind } from '../../../cloud/contracts/sign-report.ts';
import { type Receipt, receiptOf } from './receipt.ts';
import { COMMAND_WORDS, nameOf } from './sign-words.ts';

/** What a person asked of some signs: each keeps its own receipt. */
export type AskedCommand = {
  readonly kind: CommandKind;
  readonly atMs: number;
  readonly targets: readonly {
    readonly signId: string;
    readonly refused: string | null;
    /** The commands that it had before. */
    readonly before: readonly string[];
  }[];
};

export const askedOf = (
  kind: CommandKind,
  fleet: readonly ListedSign[],
  { results }: BulkAnswer,
  atMs: number,
): AskedCommand => ({
  kind,
  atMs,
  targets: results.map(({ signId, refused }) => {
    const commands = fleet.find((sign) => sign.signId === signId)?.commands ?? [];
    return { signId, refused, before: commands.map(({ commandId }) => commandId) };
  }),
});

export type SignReceipt = { readonly signId: string; readonly sign: string; readonly receipt: Receipt };

/** How far it came with each sign, by what is known of the fleet now. */
export function receiptsOf(asked: AskedCommand, fleet: readonly ListedSign[], nowMs: number): SignReceipt[] {
  const { name } = COMMAND_WORDS[asked.kind];
  return asked.targets.map(({ signId, refused, before }) => {
    const sign = fleet.find((each) => each.signId === signId);
    if (refused !== null) {
      return {
        signId,
        sign: sign ? nameOf(sign) : signId,
        receipt: { name, state: 'failed', words: refused },
      };
    }
    const command = sign?.commands.find(
      (each) => each.kind === asked.kind && !before.includes(each.commandId),
    );
    const receipt =
      sign && command ? receiptOf(command, sign, nowMs) : { name, state: 'sent' as const, words: 'sent' };
    return { signId, sign: sign ? nameOf(sign) : signId, receipt };
  });
}
