import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { fleetSchema, type ListedSign } from '../../cloud/contracts/fleet.ts';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { MAX_SCREENSHOT_BYTES } from '../../cloud/contracts/sign-report.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { type CloudProcess, startCloudProcess } from '../support/cloud-process.ts';
import { followAsSign } from '../support/following-sign.ts';

/** Every byte there is, over and over, behind what a JPEG begins with. */
function aPicture(bytes: number): Uint8Array<ArrayBuffer> {
  const picture = Uint8Array.from({ length: bytes }, (_, at) => at % 256);
  picture.set([0xff, 0xd8, 0xff]);
  return picture;
}

let cloud: CloudProcess;
beforeAll(async () => {
  cloud = await startCloudProcess(['--demonstration-store-group', 'demo']);
  await cloud.putStore('calle-mayor', calleMayor());
});
afterAll(() => cloud[Symbol.asyncDispose]());

const fleet = async () => fleetSchema.parse(await (await cloud.call('GET', API_PATHS.fleet)).json()).signs;

/** The sign that was made last, once it has been asked for a picture and answered. */
async function pictured(isNew: (sign: ListedSign) => boolean): Promise<ListedSign> {
  const find = async () => (await fleet()).find((sign) => isNew(sign) && sign.confirmed);
  const { signId } = await vi.waitUntil(find, { timeout: 20_000 });
  await cloud.call('POST', API_PATHS.fleetCommands, { signIds: [signId], kind: 'screenshot' });
  const answered = async () =>
    (await fleet()).find(
      (sign) => sign.signId === signId && ['done', 'failed'].includes(sign.commands[0]?.status ?? ''),
    );
  return vi.waitUntil(answered, { timeout: 30_000 });
}

test('the largest picture of a panel arrives byte for byte through every part, one that is larger does not', async () => {
  const picture = aPicture(MAX_SCREENSHOT_BYTES);
  using _sign = await followAsSign(cloud.ready().httpUrl, { picture });
  const sign = await pictured(() => true);
  expect(sign.commands[0]).toMatchObject({ status: 'done', why: '' });
  const response = await cloud.call('GET', API_PATHS.screenshot(sign.signId));
  expect(response.headers.get('content-type')).toBe('image/jpeg');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(Buffer.from(await response.arrayBuffer()).equals(picture)).toBe(true);

  using _other = await followAsSign(cloud.ready().httpUrl, { picture: aPicture(MAX_SCREENSHOT_BYTES + 1) });
  const other = await pictured(({ signId }) => signId !== sign.signId);
  expect(other.commands[0]).toMatchObject({
    status: 'failed',
    why: `The picture did not reach the cloud: body: expected at most ${MAX_SCREENSHOT_BYTES} bytes`,
  });
  expect(other.screenshotAtMs).toBeNull();
  const none = await cloud.call('GET', API_PATHS.screenshot(other.signId));
  expect([none.status, (await none.json()).code]).toEqual([404, 'unknown-screenshot']);
}, 90_000);
