import type { ScreenshotMediaType } from '../contracts/sign-report.ts';

/** What a panel is sent, as a picture. */
export type Screenshot = { readonly mediaType: ScreenshotMediaType; readonly body: Uint8Array<ArrayBuffer> };
