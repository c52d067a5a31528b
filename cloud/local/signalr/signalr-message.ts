/** What the signalR output binding may hold: facts of the extension's SignalRMessage and SignalRGroupAction. */
export type SignalRMessage = {
  readonly target: string;
  readonly arguments: readonly unknown[];
  readonly connectionId?: string;
  readonly userId?: string;
  readonly groupName?: string;
};

export type SignalRGroupAction = {
  readonly action: 'add' | 'remove' | 'removeAll';
  readonly connectionId?: string;
  readonly userId?: string;
  readonly groupName?: string;
};

export type SignalRConnectionInfo = { readonly url: string; readonly accessToken: string };

/** What the service tells the app of a connection; becomes the input of a signalRTrigger. */
export type SignalRConnectionEvent = {
  readonly hub: string;
  readonly event: 'connected' | 'disconnected';
  readonly connectionId: string;
  readonly userId: string | undefined;
  readonly claims: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Why it ended, where it ended badly. */
  readonly error: string | undefined;
};
