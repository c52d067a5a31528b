import type { CdpSession } from './cdp/cdp-connection.ts';
import type { CdpEvent } from './cdp/cdp-events.ts';
import type { Protocol } from './protocol.ts';
import type { RequestDetails, WebRequest } from './web-request.ts';

type Paused = CdpEvent<'Fetch.requestPaused'>;

const RESOURCE_TYPES: Partial<Record<Paused['resourceType'], RequestDetails['resourceType']>> = {
  CSPViolationReport: 'cspReport',
  Fetch: 'xhr',
  Font: 'font',
  Image: 'image',
  Media: 'media',
  Ping: 'ping',
  Script: 'script',
  Stylesheet: 'stylesheet',
  XHR: 'xhr',
};

/** A document that a frame is about to load. */
export type Navigation = {
  readonly url: string;
  readonly isMainFrame: boolean;
  readonly isRedirect: boolean;
};

/** The window that a request comes from. */
export type Requester = {
  readonly id: number;
  readonly targetId: string | undefined;
  /** False stops it. */
  mayNavigate(navigation: Navigation): boolean;
};

export type RequestParts = {
  readonly browser: CdpSession;
  readonly protocol: Protocol;
  readonly webRequest: WebRequest;
  /** Undefined for a frame of none of the app's windows. */
  readonly requesterOf: (frameId: string) => Requester | undefined;
};

/**
 * Every request that any page makes, in Electron's order: the navigation events, `onBeforeRequest`, and then either
 * the app's own protocol or the network.
 */
export async function interceptRequests(parts: RequestParts): Promise<void> {
  const { browser } = parts;
  browser.on('Fetch.requestPaused', async (paused) => {
    try {
      await answer(parts, paused);
    } catch (error) {
      // The app's handler threw, or the page has gone and takes no answer.
      process.stderr.write(`stand-in: ${paused.request.url}: ${error}\n`);
      await refuse(browser, paused, 'Failed').catch(() => undefined);
    }
  });
  await browser.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] });
}

async function answer({ browser, protocol, webRequest, requesterOf }: RequestParts, paused: Paused) {
  const { requestId } = paused;
  const requester = requesterOf(paused.frameId);
  if (requester === undefined || isChromiumsOwn(paused)) return refuse(browser, paused, 'BlockedByClient');
  const details = detailsOf(paused, requester, protocol);
  const navigation = navigationOf(details, paused);
  if (navigation !== undefined && !requester.mayNavigate(navigation))
    return refuse(browser, paused, 'Aborted');
  const { cancel, redirectURL } = await webRequest.beforeRequest(details);
  if (cancel === true) return refuse(browser, paused, 'BlockedByClient');
  const response = await protocol.answer(requestOf(redirectURL ?? details.url, paused, protocol));
  if (response !== undefined) return fulfil(browser, requestId, response, protocol);
  await browser.send('Fetch.continueRequest', { requestId, ...(redirectURL && { url: redirectURL }) });
}

async function refuse(
  browser: CdpSession,
  { requestId }: Paused,
  errorReason: 'Aborted' | 'BlockedByClient' | 'Failed',
): Promise<void> {
  await browser.send('Fetch.failRequest', { requestId, errorReason });
}

/** Chromium fetches an icon for its tabs; Electron has no tabs. */
function isChromiumsOwn({ resourceType, request }: Paused): boolean {
  return resourceType === 'Other' && request.headers.Accept?.startsWith('image/') === true;
}

let lastRequestId = 0;

function detailsOf(paused: Paused, requester: Requester, protocol: Protocol): RequestDetails {
  const { request, resourceType, frameId } = paused;
  const frameType = frameId === requester.targetId ? 'mainFrame' : 'subFrame';
  return {
    id: ++lastRequestId,
    url: protocol.fromChromium(request.url),
    method: request.method,
    resourceType: resourceType === 'Document' ? frameType : (RESOURCE_TYPES[resourceType] ?? 'other'),
    webContentsId: requester.id,
    referrer: protocol.fromChromium(request.headers.Referer ?? ''),
    timestamp: Date.now(),
    uploadData: [],
  };
}

function navigationOf({ url, resourceType }: RequestDetails, paused: Paused): Navigation | undefined {
  if (resourceType !== 'mainFrame' && resourceType !== 'subFrame') return undefined;
  const isRedirect = paused.redirectedRequestId !== undefined;
  return { url, isMainFrame: resourceType === 'mainFrame', isRedirect };
}

function requestOf(url: string, { request }: Paused, protocol: Protocol): Request {
  const { method, postData: body } = request;
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    protocol.fromChromium(value),
  ]);
  return new Request(url, { method, headers, ...(body !== undefined && { body }) });
}

async function fulfil(browser: CdpSession, requestId: string, response: Response, protocol: Protocol) {
  const responseHeaders = [...response.headers].map(([name, value]) => ({
    name,
    value: name === 'location' ? protocol.toChromium(value) : value,
  }));
  const body = Buffer.from(await response.arrayBuffer()).toString('base64');
  await browser.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status,
    responseHeaders,
    body,
  });
}
