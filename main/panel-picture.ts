import type { NativeImage, WebContents } from 'electron';
import type { Screenshot } from '../cloud/client/screenshot.ts';
import { MAX_SCREENSHOT_BYTES } from '../cloud/contracts/sign-report.ts';

const MAX_WIDTH_PX = 1_920;
/** The first that is small enough is taken. Below the last no letter can be read. */
const QUALITIES = [80, 60, 40];

type Pictured = Pick<WebContents, 'capturePage' | 'isDestroyed'>;

/** What the page of the panel shows now, small enough to be sent. */
export async function panelPicture(contents: Pictured): Promise<Screenshot> {
  if (contents.isDestroyed()) throw new Error('The panel has no page.');
  const image = narrowed(await contents.capturePage());
  if (image.isEmpty()) throw new Error('The panel shows nothing that can be pictured.');
  for (const quality of QUALITIES) {
    const body = new Uint8Array(image.toJPEG(quality));
    if (body.byteLength <= MAX_SCREENSHOT_BYTES) return { mediaType: 'image/jpeg', body };
  }
  throw new Error('The picture of the panel is too large to be sent.');
}

const narrowed = (image: NativeImage): NativeImage =>
  image.getSize().width > MAX_WIDTH_PX ? image.resize({ width: MAX_WIDTH_PX, quality: 'best' }) : image;
