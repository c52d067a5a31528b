import type { WireSign } from '../wire-sign.ts';
import type { Realm } from './marks.ts';
import type { Standing } from './rules.ts';
import type { IsolationStage, MadePerson } from './stage.ts';

export type Headers = Readonly<Record<string, string>>;

/** Somebody who calls, and what must be true of them. */
export type IsolationCaller = {
  readonly standing: Standing;
  /** Of whom they may learn. */
  readonly hears: readonly Realm[];
  readonly headers: Headers;
  readonly person?: MadePerson;
  readonly sign?: WireSign;
  /** The proof of who calls that a call may spoil, made anew. */
  freshHeaders(): Promise<Headers>;
};

/** By name; each is made for the stage on which it will call. */
export type CallerMakers = Readonly<Record<string, (stage: IsolationStage) => Promise<IsolationCaller>>>;

export const caller = (
  standing: Standing,
  headers: Headers,
  more: Partial<IsolationCaller> = {},
): IsolationCaller => ({ standing, headers, hears: [], freshHeaders: async () => headers, ...more });

export const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });
