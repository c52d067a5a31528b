import type { CDPSession } from '@playwright/test';

declare const on: CDPSession['on'];

/** The events of Chromium that the stand-in listens to. */
export type CdpEventName =
  | 'Browser.downloadWillBegin'
  | 'Fetch.requestPaused'
  | 'Page.domContentEventFired'
  | 'Page.frameNavigated'
  | 'Page.frameRequestedNavigation'
  | 'Page.javascriptDialogOpening'
  | 'Page.loadEventFired'
  | 'Page.navigatedWithinDocument'
  | 'Page.windowOpen'
  | 'Runtime.bindingCalled'
  | 'Runtime.executionContextCreated'
  | 'Target.targetCrashed'
  | 'Target.targetCreated'
  | 'Target.targetDestroyed';

/** What Chromium tells with the event of this name. */
export type CdpEvent<Name extends CdpEventName> = Parameters<Parameters<typeof on<Name>>[1]>[0];
