export type HostErrorCode =
  | 'ERR_APP_LOAD'
  | 'ERR_APP_EMPTY'
  | 'ERR_APP_START'
  | 'ERR_BINDING'
  | 'ERR_DUPLICATE_FUNCTION'
  | 'ERR_HOST_CLOSING'
  | 'ERR_HOST_JSON'
  | 'ERR_NO_EVENT_HUB_FUNCTION'
  | 'ERR_REGISTRATION_CLOSED'
  | 'ERR_SETTING_MISSING'
  | 'ERR_ADDRESS'
  | 'ERR_DATABASE_NEWER'
  | 'ERR_DATA_FOLDER_IN_USE'
  | 'ERR_DISK_FULL'
  | 'ERR_OPTIONS'
  | 'ERR_PORT_TAKEN';

/** What must not happen in the embedded cloud. The message is one line a person can act on. */
export class HostError extends Error {
  override readonly name = 'HostError';
  readonly code: HostErrorCode;

  constructor(code: HostErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
