import type {
  CallbackResponse,
  WebRequest as ElectronWebRequest,
  OnBeforeRequestListenerDetails,
} from 'electron';

/** What a listener is told of a request, less what the stand-in cannot know. */
export type RequestDetails = Pick<
  OnBeforeRequestListenerDetails,
  'id' | 'url' | 'method' | 'webContentsId' | 'resourceType' | 'referrer' | 'timestamp' | 'uploadData'
>;
type Listener = (details: RequestDetails, callback: (response: CallbackResponse) => void) => void;
type Filter = { readonly urls: readonly string[] };

/** One listener, as in Electron; setting another replaces it. */
export class WebRequest implements Pick<ElectronWebRequest, 'onBeforeRequest'> {
  #filter: Filter | null = null;
  #listener: Listener | null = null;

  onBeforeRequest(filterOrListener: Filter | Listener | null, listener: Listener | null = null): void {
    const isListener = typeof filterOrListener === 'function';
    this.#filter = isListener ? null : filterOrListener;
    this.#listener = isListener ? filterOrListener : listener;
  }

  /** What the listener wants done with it; never resolves if it never says. */
  async beforeRequest(details: RequestDetails): Promise<CallbackResponse> {
    const listener = this.#listener;
    if (listener === null || !matches(this.#filter, details.url)) return {};
    return new Promise((resolve) => listener(details, resolve));
  }
}

function matches(filter: Filter | null, url: string): boolean {
  return (
    filter === null || filter.urls.some((pattern) => pattern === '<all_urls>' || asRegExp(pattern).test(url))
  );
}

function asRegExp(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
}
