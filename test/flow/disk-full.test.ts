import { expect, test } from 'vitest';
import * as z from 'zod';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { snapshotSchema } from '../../cloud/contracts/snapshot.ts';
import { calleMayor } from '../support/calle-mayor.ts';
import { startCloudProcess } from '../support/cloud-process.ts';
import { followAsSign } from '../support/following-sign.ts';
import { openMqttSensor } from '../support/mqtt-sensor.ts';
import { canMount, mountSmallDisk } from '../support/small-disk.ts';

const DISK_MEBIBYTES = 64;

/** The cloud of this test keeps everything on that disk. */
async function startOn(folder: string) {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    return await startCloudProcess(['--demonstration-store-group', 'demo']);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

test.skipIf(!canMount)(
  'a full disk (needs root, to mount one): nothing is acknowledged, the cloud says why, also when it starts, the sign ages, and all counts once there is room',
  async () => {
    using disk = mountSmallDisk(DISK_MEBIBYTES);
    await using cloud = await startOn(disk.folder);
    const sensors = await cloud.putStore('calle-mayor', calleMayor());
    using sign = await followAsSign(cloud.ready().httpUrl);
    await using street = await openMqttSensor(cloud, sensors.get('street-1') ?? '');
    await street.send(JSON.stringify({ in: 10, boot: 'b1', sequence: 1 }));
    await expect.poll(() => sign.shown()?.content.count).toBe(10);

    // Disposed of first: a sensor only leaves once it is acknowledged.
    using _ = disk.fill();
    let acknowledged = 0;
    const sending = [2, 3].map((sequence) =>
      street.send(JSON.stringify({ in: 1, boot: 'b1', sequence })).then(() => {
        acknowledged += 1;
      }),
    );
    const health = async () => {
      const response = await cloud.call('GET', '/api/health');
      return { status: response.status, text: await response.text() };
    };
    await expect.poll(health).toEqual({ status: 503, text: expect.stringContaining('the disk is full') });
    // What it shows grows old by its own clock, and no pull makes it younger than it is.
    const ageMs = async () => {
      const answer = await cloud.call('GET', API_PATHS.store('calle-mayor'));
      return z.object({ snapshot: snapshotSchema }).parse(await answer.json()).snapshot.proof.ageMs ?? 0;
    };
    // A power cut: it starts on the full disk, and gives what it knows.
    await cloud.kill();
    await cloud.start();
    await expect.poll(health).toEqual({ status: 503, text: expect.stringContaining('the disk is full') });
    await expect.poll(() => sign.state().kind).toBe('following');
    const before = await ageMs();
    await expect.poll(ageMs).toBeGreaterThan(before + 2_000);
    expect(sign.state().kind).toBe('following');
    expect(sign.shown()?.content.count).toBe(10);
    expect(acknowledged).toBe(0);

    disk.makeRoom();
    await Promise.all(sending);
    await expect.poll(() => sign.shown()?.content.count).toBe(12);
    await expect.poll(health).toMatchObject({ status: 200 });
    expect(cloud.output().match(/"msg":"ready"/g)).toHaveLength(2);
  },
);

test.skipIf(!canMount)(
  'a cloud that starts on a disk that became full while it was stopped (needs root, to mount one) says so, and counts once there is room',
  async () => {
    using disk = mountSmallDisk(DISK_MEBIBYTES);
    await using cloud = await startOn(disk.folder);
    const sensors = await cloud.putStore('calle-mayor', calleMayor());
    await using street = await openMqttSensor(cloud, sensors.get('street-1') ?? '');
    await street.send(JSON.stringify({ in: 10, boot: 'b1', sequence: 1 }));
    process.kill(cloud.pid() ?? 0, 'SIGTERM');
    await cloud.died();

    using _ = disk.fill();
    await cloud.start();
    const health = async () => (await cloud.call('GET', '/api/health')).status;
    expect(await health()).toBe(503);
    disk.makeRoom();
    await expect.poll(health).toBe(200);
    using sign = await followAsSign(cloud.ready().httpUrl);
    await street.send(JSON.stringify({ in: 1, boot: 'b1', sequence: 2 }));
    await expect.poll(() => sign.shown()?.content.count).toBe(11);
  },
);
