import { spawn } from 'node:child_process';
import { fleetSchema, type ListedSign } from '../../cloud/contracts/fleet.ts';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import type { CommandKind } from '../../cloud/contracts/sign-report.ts';
import type { CloudProcess } from '../support/cloud-process.ts';
import { isAlive } from '../support/kiosk-processes.ts';
import { bareEnvironment, electronPath, expect, logIn, ROOT, runtime, test } from '../support/kiosk-shell.ts';

/** Until it has ended, started anew, and painted. */
const RESTARTS_WITHIN_MS = 45_000;
/** Of an empty glass. */
const GROUND_COLOURS = 8;

/** The one sign of the cloud, as people see it. */
async function listed(cloud: CloudProcess): Promise<ListedSign | undefined> {
  const response = await cloud.call('GET', API_PATHS.fleet);
  return fleetSchema.parse(await response.json()).signs[0];
}

async function command(cloud: CloudProcess, kind: CommandKind): Promise<void> {
  const signIds = [(await listed(cloud))?.signId];
  const response = await cloud.call('POST', API_PATHS.fleetCommands, { signIds, kind });
  expect(response.status).toBe(200);
}

/** How large a picture is, in pixels, and how many colours are in it. */
const seenScript = (base64: string) => `(async () => {
  const bytes = Uint8Array.from(atob('${base64}'), (letter) => letter.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes]));
  const { width, height } = picture;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context.drawImage(picture, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  return { size: [width, height], page: [innerWidth, innerHeight], colours: new Set(pixels).size };
})()`;

const newestCommand = async (cloud: CloudProcess) => (await listed(cloud))?.commands[0];

test(`a kiosk that is asked for it sends what its panel shows (${runtime})`, async ({
  cloud,
  street,
  startKiosk,
}) => {
  const kiosk = await startKiosk([`--cloud=${cloud.ready().httpUrl}`]);
  await expect.poll(() => kiosk.painted('count')).toBe('37');
  await street.send({ in: 1, boot: 'b1', sequence: 2 });
  await expect.poll(() => kiosk.painted('count')).toBe('38');
  await kiosk.atRest();
  await command(cloud, 'screenshot');
  await expect
    .poll(() => newestCommand(cloud))
    .toMatchObject({ kind: 'screenshot', status: 'done', why: '' });
  const sign = await listed(cloud);
  expect(sign?.screenshotAtMs).toEqual(expect.any(Number));
  const response = await cloud.call('GET', API_PATHS.screenshot(sign?.signId ?? ''));
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  const picture = Buffer.from(await response.arrayBuffer()).toString('base64');
  const seen = (await kiosk.inPage(seenScript(picture))) as {
    size: number[];
    page: number[];
    colours: number;
  };
  expect(seen.size).toEqual(seen.page);
  expect(seen.colours).toBeGreaterThan(GROUND_COLOURS);
});

test(`a kiosk that is asked to starts anew, and says so once it shows the count again (${runtime})`, async ({
  cloud,
  street: _street,
  userData,
}) => {
  test.slow();
  const pids = () => logIn(userData).flatMap(({ msg, pid }) => (msg === 'started' ? [Number(pid)] : []));
  // Without Playwright, whose own loader would hold the next start.
  const args = [ROOT, `--user-data=${userData}`, `--cloud=${cloud.ready().httpUrl}`];
  spawn(electronPath, args, { env: bareEnvironment(), stdio: 'ignore' });
  try {
    await expect.poll(() => listed(cloud)).toMatchObject({ state: 'fresh', confirmed: true });
    const before = await listed(cloud);
    await command(cloud, 'restart');
    await expect
      .poll(() => newestCommand(cloud), { timeout: RESTARTS_WITHIN_MS })
      .toMatchObject({ kind: 'restart', status: 'done', why: '' });
    const [first = 0, second = 0, ...others] = pids();
    expect([isAlive(first), isAlive(second), others]).toEqual([false, true, []]);
    const after = await listed(cloud);
    expect(after?.signId).toBe(before?.signId);
    expect(after?.report?.boot).not.toBe(before?.report?.boot);
    expect(after?.clones).toEqual([]);
    await expect.poll(() => listed(cloud)).toMatchObject({ state: 'fresh', confirmed: true });
  } finally {
    for (const pid of pids().filter(isAlive)) process.kill(pid, 'SIGTERM');
    await expect.poll(() => pids().filter(isAlive)).toEqual([]);
  }
});
