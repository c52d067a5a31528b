import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO, expect, ROOT, runtime, test } from '../support/kiosk-shell.ts';

const ASAR = join(ROOT, 'dist/packed/linux-unpacked/resources/app.asar');

test(`what is packed is all that a kiosk needs: with no package near, it starts its cloud and shows the count (${runtime})`, async ({
  cloud,
  street,
  startKiosk,
}) => {
  execFileSync(process.execPath, [join(ROOT, 'build/package.ts'), '--dir'], { stdio: 'pipe' });
  // Out of the project, as Node looks for packages in every folder above.
  const payload = mkdtempSync(join(tmpdir(), 'vitrine-payload-'));
  try {
    execFileSync(process.execPath, [
      join(ROOT, 'node_modules/@electron/asar/bin/asar.js'),
      'extract',
      ASAR,
      payload,
    ]);
    expect(readdirSync(payload).sort()).toEqual(['dist', 'package.json']);
    expect(readdirSync(join(payload, 'dist')).sort()).toEqual([
      'cloud',
      'console',
      'functions',
      'kiosk',
      'main',
      'sign',
    ]);
    const { httpUrl, iotHub } = cloud.ready();
    await cloud.kill();

    const kiosk = await startKiosk(
      [
        '--cloud=embedded',
        `--data=${join(cloud.dataDir, 'data')}`,
        `--http-port=${new URL(httpUrl).port}`,
        `--iot-hub-port=${iotHub.port}`,
        DEMO.join('='),
      ],
      payload,
    );
    await expect.poll(() => kiosk.painted('count')).toBe('37');
    await street.send({ in: 1, boot: 'b1', sequence: 2 });
    await expect.poll(() => kiosk.painted('count')).toBe('38');
    expect((await fetch(httpUrl)).status).toBe(200);
    await kiosk.app.close();
  } finally {
    rmSync(payload, { recursive: true, force: true });
  }
});
