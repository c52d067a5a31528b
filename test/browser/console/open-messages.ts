import type { Page } from '@playwright/test';
import type { ListedSign } from '../../../cloud/contracts/fleet.ts';
import { aSign, darkSign, painted } from '../../renderer/console/signs/known-signs.ts';
import { fakeCloud } from './fake-cloud.ts';
import { aMessage, type FakeMessages, fakeMessages } from './fake-messages.ts';

const MINUTE_MS = 60_000;
const at = (storeGroupId: string, board: 'manager' | 'door' = 'manager') => ({
  storeGroupId,
  settings: { board },
  stateSinceMs: Date.now() - 34 * MINUTE_MS,
});
const { report } = aSign('any');
const asleep = report && { ...report, painted: painted({ asleep: true }) };

export const signs = (): ListedSign[] => [
  aSign('Hamburg, Front door', at('hamburg')),
  aSign('Hamburg, Office', at('hamburg')),
  darkSign('Hamburg, Passage', at('hamburg')),
  aSign('Hamburg, Entrance', at('hamburg', 'door')),
  aSign('Berlin, Wall', { ...at('berlin'), report: asleep }),
  aSign('Berlin, Till', at('berlin')),
];

const someMessages = () => [
  aMessage({ messageId: 'm-1', meant: 3, painted: 2 }),
  aMessage({
    ...{
      messageId: 'm-2',
      text: 'Please leave by the nearest exit',
      secondText: 'Salgan por la salida más cercana',
    },
    ...{ priority: 'alarm' as const, audience: 'everyone' as const, drill: true, storeGroupIds: null },
    ...{ meant: 6, painted: 6, endsAtMs: Date.now() + 9 * MINUTE_MS, by: 'Jonas Weber' },
  }),
  aMessage({
    ...{
      messageId: 'm-3',
      text: 'Delivery blocks the side door',
      priority: 'warn' as const,
      meant: 2,
      painted: 2,
    },
    ...{
      storeGroupIds: ['berlin'],
      sentAtMs: Date.now() - 200 * MINUTE_MS,
      endsAtMs: Date.now() - 140 * MINUTE_MS,
    },
  }),
  aMessage({
    ...{ messageId: 'm-4', text: 'Till 4 is closed', meant: 3, painted: 1, by: 'Jonas Weber' },
    ...{
      sentAtMs: Date.now() - 300 * MINUTE_MS,
      ended: { by: 'Jonas Weber', atMs: Date.now() - 290 * MINUTE_MS },
    },
  }),
];

/** A cloud with six signs of two stores and some messages, and the page at that address. */
export async function openMessages(
  page: Page,
  url: string,
  messages = someMessages(),
): Promise<FakeMessages> {
  const cloud = await fakeCloud(page);
  cloud.fleet = { nowMs: Date.now(), signs: signs() };
  const known = await fakeMessages(page, messages);
  const [front, office, passage] = signs();
  if (front && office && passage) {
    known.receipts.set('m-1', [
      { signId: front.signId, name: front.name, paintedAtMs: Date.now() - 12 * MINUTE_MS + 800, why: '' },
      { signId: office.signId, name: office.name, paintedAtMs: Date.now() - 12 * MINUTE_MS + 950, why: '' },
      {
        signId: passage.signId,
        name: passage.name,
        paintedAtMs: null,
        why: 'Dark since 13:58. Nothing is heard of it.',
      },
    ]);
  }
  await page.goto(url);
  return known;
}
