import { expect, test } from 'vitest';
import { english } from '../../../renderer/design/strings/english.ts';
import { spanish } from '../../../renderer/design/strings/spanish.ts';
import { answerOffer } from '../../../renderer/sign/view/answer-offer.ts';
import { namedBy } from '../../../renderer/sign/view/named-by.ts';
import { anAlert, aSnapshot, following, withoutLink } from '../../support/glass-states.ts';

const OVER = anAlert({ type: 'over-capacity', severity: 'alarm', sinceMs: 1 });
const DARK = anAlert({ type: 'sign-offline', sinceMs: 2 });
const FULL = anAlert({ type: 'full', sinceMs: 3 });
const NOTE = anAlert({ type: 'sensor-clock', severity: 'note', door: 'door-1', sinceMs: 4 });
const here = { board: 'manager', answering: 'here' } as const;
const over = aSnapshot({ count: 64, content: { alerts: [OVER, DARK] } });
const consoleUrl = 'https://vitrine.example.com/console/';

test('the worst alert that nobody answered is offered, with an address for phones where there is one', () => {
  const asked = { storeId: 'calle-mayor', alertKey: 'over-capacity store 1' };
  expect(answerOffer({ ...following(over), consoleUrl }, here, 0)).toEqual({
    asked,
    here: true,
    url: 'https://vitrine.example.com/console/alerts?answer=calle-mayor+over-capacity+store',
  });
  expect(answerOffer(following(over), here, 0)).toEqual({ asked, here: true, url: null });
  const url = 'https://vitrine.example.com/console';
  expect(answerOffer({ ...following(over), consoleUrl: url }, here, 0)?.url).toContain('/console/alerts?');
});

test('once it is answered the next one is offered, and then none', () => {
  const alerts = [{ ...OVER, acknowledgedBy: 'Mara' }, DARK];
  const next = answerOffer(following(aSnapshot({ count: 64, content: { alerts } })), here, 0);
  expect(next?.asked.alertKey).toBe('sign-offline store 2');
  const none = alerts.map((alert) => ({ ...alert, acknowledgedBy: 'Mara' }));
  expect(answerOffer(following(aSnapshot({ count: 64, content: { alerts: none } })), here, 0)).toBeNull();
});

test('what the glass does not show, or only notes, is not offered', () => {
  for (const alert of [FULL, NOTE])
    expect(
      answerOffer(following(aSnapshot({ count: 60, content: { alerts: [alert] } })), here, 0),
    ).toBeNull();
  const old = aSnapshot({ count: 64, ageMs: 3_600_000, content: { alerts: [OVER, DARK] } });
  expect(answerOffer(withoutLink(old), here, 0)).toBeNull();
});

test('while a sign shows whose it is, nothing is offered', () => {
  expect(answerOffer({ ...following(over), consoleUrl, identify: true }, here, 0)).toBeNull();
  expect(answerOffer({ ...following(over), consoleUrl, identify: false }, here, 0)).not.toBeNull();
});

test('who answers at a sign is named by it, in the language of the glass', () => {
  expect(namedBy('at Passage', spanish)).toBe('en Passage');
  expect(namedBy('at Passage', english)).toBe('at Passage');
  expect([namedBy('Mara', spanish), namedBy(null, spanish)]).toEqual(['Mara', null]);
});
