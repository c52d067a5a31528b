import type { Hub } from './hub.ts';
import type { CloseReason } from './hub-protocol.ts';
import type { SignalRMessage } from './signalr-message.ts';

export type Answer = {
  readonly status: number;
  /** `x-ms-error-code`: `{level}.{scope}.{kind}` */
  readonly code?: string;
  /** For people, where the answer may have a body. */
  readonly message?: string;
};

/** What stood in the places of the path; empty is what the path has no place for. */
export type PathParameters = Readonly<Record<'user' | 'group' | 'connection', string>>;

/** One call of the REST API 2022-06-01, below `/api/hubs/{hub}`: a message to send, or something done at once. */
export type Route = { readonly method: string; readonly path: string } & (
  | {
      readonly to: (
        parameters: PathParameters,
      ) => Pick<SignalRMessage, 'connectionId' | 'userId' | 'groupName'>;
      /** Whether connections may be left out, by `excluded`. */
      readonly excludes: boolean;
    }
  | {
      readonly run: (
        hub: Hub,
        parameters: PathParameters,
        query: URLSearchParams,
      ) => Promise<Answer> | Answer;
    }
);

export const OK: Answer = { status: 200 };
export const NO_CONTENT: Answer = { status: 204 };

/** For the calls that ask whether somebody is there. */
export const existsOr = (code: string, exists: boolean): Answer => (exists ? OK : { status: 404, code });

/** Connection ids, each in a parameter of its own. Undefined if there are none, which is the cheap way. */
export function excludedIn(query: URLSearchParams): ReadonlySet<string> | undefined {
  const ids = query.getAll('excluded');
  return ids.length === 0 ? undefined : new Set(ids);
}

export function reasonIn(query: URLSearchParams): CloseReason {
  const reason = query.get('reason');
  return reason === null || reason === '' ? {} : { error: reason };
}
