export type SignalRErrorCode =
  /** Not a name the service allows for a hub or a group. */
  | 'ERR_SIGNALR_NAME'
  /** A group action that names neither connection nor user, or no group where one is needed. */
  | 'ERR_SIGNALR_ACTION';

/** A message or action of the app that the service could not mean to obey. */
export class SignalRError extends Error {
  readonly code: SignalRErrorCode;

  constructor(code: SignalRErrorCode, message: string) {
    super(message);
    this.name = 'SignalRError';
    this.code = code;
  }
}
