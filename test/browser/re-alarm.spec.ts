import type { SnapshotAlert } from '../../cloud/contracts/alert.ts';
import { anAlert, aSnapshot, following, SATURDAY_AFTERNOON_MS } from '../support/glass-states.ts';
import { expect, type Glass, test } from './glass.ts';
import { aMessage, LOST_CHILD, saying, WARNING } from './message-states.ts';

const overLimit = (difference: Partial<SnapshotAlert> = {}) =>
  following(
    aSnapshot({
      count: 64,
      content: {
        alerts: [
          anAlert({
            type: 'over-capacity',
            severity: 'alarm',
            sinceMs: SATURDAY_AFTERNOON_MS,
            ...difference,
          }),
        ],
      },
    }),
  );

/** A pulse begins when its name becomes another one. */
const pulse = ({ page }: Glass, selector: string, pseudo?: string): Promise<string> =>
  page.locator(selector).evaluate((element, part) => getComputedStyle(element, part).animationName, pseudo);

const pulseOfAlarm = (glass: Glass) => pulse(glass, 'alarm-panel', '::before');

/** With news of the same, or the figure would be old and the alarm with it. */
async function passes(glass: Glass, seconds: number, news: Parameters<Glass['tell']>[0]): Promise<void> {
  await glass.page.clock.fastForward(seconds * 1_000);
  await glass.tell(news);
}

test('an alarm that nobody answers pulses again every two minutes, and one that is answered rests', async ({
  glass,
}) => {
  await glass.open();
  await glass.tell(overLimit());
  expect(await pulseOfAlarm(glass)).toBe('pulse');
  await passes(glass, 60, overLimit());
  await passes(glass, 59, overLimit());
  expect(await pulseOfAlarm(glass), 'not before').toBe('pulse');
  await passes(glass, 2, overLimit());
  await expect.poll(() => pulseOfAlarm(glass)).toBe('pulse-again');
  await passes(glass, 60, overLimit());
  await passes(glass, 60, overLimit());
  await expect.poll(() => pulseOfAlarm(glass)).toBe('pulse');
  const answered = overLimit({ acknowledgedBy: 'Mara' });
  await glass.tell(answered);
  await expect(glass.page.getByTestId('answer')).toContainText('Mara');
  for (let minute = 0; minute < 3; minute += 1) await passes(glass, 60, answered);
  expect(await pulseOfAlarm(glass), 'answered').toBe('pulse');
});

test('an alarm whose answer holds no more, or that is raised anew, pulses at once', async ({ glass }) => {
  await glass.open();
  await glass.tell(overLimit({ acknowledgedBy: 'Mara' }));
  expect(await pulseOfAlarm(glass)).toBe('pulse');
  await glass.tell(overLimit());
  await expect.poll(() => pulseOfAlarm(glass), 'the answer is gone').toBe('pulse-again');
  await glass.tell(overLimit({ sinceMs: SATURDAY_AFTERNOON_MS + 60_000 }));
  await expect.poll(() => pulseOfAlarm(glass), 'raised anew').toBe('pulse');
});

test('warnings and alarms of an operator pulse, notes do not, and with reduced motion nothing does', async ({
  glass,
}) => {
  await glass.open();
  const board = following(aSnapshot());
  for (const [message, element] of [
    [LOST_CHILD, 'message-full'],
    [WARNING, 'message-column'],
  ] as const) {
    await glass.tell(saying(board, message));
    await glass.page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await pulse(glass, `${element} .edge`)).toBe('pulse');
    await glass.page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await pulse(glass, `${element} .edge`)).toBe('none');
  }
  await glass.tell(saying(board, aMessage()));
  await expect(glass.page.getByTestId('message')).toBeVisible();
  await expect(glass.page.locator('message-band .edge')).toHaveCount(0);
});
