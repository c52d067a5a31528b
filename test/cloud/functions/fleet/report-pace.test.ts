import { expect, test } from 'vitest';
import { fleetStage } from '../../../support/fleet-stage.ts';
import { onSqlite } from '../../../support/store-engines.ts';

onSqlite('the report of a sign', (database) => {
  test('is refused for a moment where one sign reports more than once a second for long, and another is heard', async () => {
    const stage = await fleetStage(database);
    const [sign, other] = [await stage.sign('a'), await stage.sign('b')];
    for (let report = 0; report < 60; report += 1) expect((await sign.heartbeat()).status).toBe(200);
    expect(await sign.heartbeat()).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
    expect((await other.heartbeat()).status).toBe(200);
    stage.nowMs += 1_000;
    expect((await sign.heartbeat()).status).toBe(200);
    expect((await sign.heartbeat()).status).toBe(429);
    stage.nowMs += 60_000;
    expect((await sign.heartbeat()).status).toBe(200);
  });

  test('is heard also after the clock of the cloud was set back', async () => {
    const stage = await fleetStage(database);
    const sign = await stage.sign('a');
    expect((await sign.heartbeat()).status).toBe(200);
    stage.nowMs -= 3_600_000;
    expect((await sign.heartbeat()).status).toBe(200);
    for (let report = 1; report < 60; report += 1) expect((await sign.heartbeat()).status).toBe(200);
    expect((await sign.heartbeat()).status).toBe(429);
  });
});
