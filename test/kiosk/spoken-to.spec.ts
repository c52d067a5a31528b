import { listedAlertsSchema } from '../../cloud/contracts/alert.ts';
import { fleetSchema } from '../../cloud/contracts/fleet.ts';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { listedMessageSchema, listedMessagesSchema } from '../../cloud/contracts/message.ts';
import type { SignSettings } from '../../cloud/contracts/sign-report.ts';
import type { CloudProcess } from '../support/cloud-process.ts';
import { expect, runtime, test } from '../support/kiosk-shell.ts';

/** Each step is a round of a kiosk and its cloud, on a machine that does much else. */
const WITHIN = { timeout: 60_000 };

/** The one sign of the cloud. */
async function signOf(cloud: CloudProcess): Promise<string> {
  const answer = await cloud.call('GET', API_PATHS.fleet);
  return fleetSchema.parse(await answer.json()).signs[0]?.signId ?? '';
}

async function alarmOf(cloud: CloudProcess) {
  const answer = await cloud.call('GET', API_PATHS.alerts('calle-mayor'));
  const { alerts } = listedAlertsSchema.parse(await answer.json());
  return alerts.find(({ type }) => type === 'over-capacity');
}

test(`whoever presses Enter at a kiosk answers for its alarm, where somebody allowed it (${runtime})`, async ({
  cloud,
  street,
  startKiosk,
}) => {
  test.setTimeout(180_000);
  const kiosk = await startKiosk([`--cloud=${cloud.ready().httpUrl}`]);
  await expect.poll(() => kiosk.painted('count'), WITHIN).toBe('37');
  await street.send({ in: 30, boot: 'b1', sequence: 2 });
  await expect.poll(() => kiosk.painted('count'), WITHIN).toBe('67');
  expect(await kiosk.painted('answering')).toBeNull();
  const page = await kiosk.app.firstWindow();
  await page.keyboard.press('Enter');

  const settings: SignSettings = { board: 'manager', answering: 'here' };
  await cloud.call('PUT', API_PATHS.fleetSign(await signOf(cloud)), { name: 'Passage', settings });
  await expect.poll(() => kiosk.painted('answering'), WITHIN).toContain('Press Enter');
  expect((await alarmOf(cloud))?.acknowledged).toBeNull();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await alarmOf(cloud))?.acknowledged?.by, WITHIN).toBe('at Passage');
  await expect.poll(() => kiosk.words(), WITHIN).toContain('Answered at Passage');
  expect(kiosk.logged('answered at the sign')).toMatchObject([{ storeId: 'calle-mayor', kind: 'answered' }]);
});

test(`what an operator says stands on a kiosk with the count at its foot, and the kiosk says so (${runtime})`, async ({
  cloud,
  street: _street,
  startKiosk,
}) => {
  test.setTimeout(180_000);
  const kiosk = await startKiosk([`--cloud=${cloud.ready().httpUrl}`]);
  await expect.poll(() => kiosk.painted('count'), WITHIN).toBe('37');
  const asked = { text: 'Close all doors', priority: 'alarm', storeGroupIds: ['demo'], forMinutes: 5 };
  const sent = await cloud.call('POST', API_PATHS.messages, { ...asked, by: 'Ana' });
  const { messageId } = listedMessageSchema.parse(await sent.json());
  await expect.poll(() => kiosk.painted('message'), WITHIN).toBe('Close all doors');
  expect(await kiosk.painted('message-foot')).toContain('37');
  const painted = async () => {
    const { messages } = listedMessagesSchema.parse(
      await (await cloud.call('GET', API_PATHS.messages)).json(),
    );
    return messages.find((message) => message.messageId === messageId)?.painted;
  };
  await expect.poll(painted, WITHIN).toBe(1);
});
