import { aSnapshot, following, withoutLink } from '../support/glass-states.ts';
import { expect, test } from './glass.ts';

test('state is told by silhouette, word and strip, and the strip is told to those who listen', async ({
  glass,
}) => {
  await glass.open();
  const expected = [
    [38, 'Open', 'tick'],
    [56, 'Nearly full', 'triangle'],
    [60, 'Full', 'octagon'],
    [64, 'Over limit', 'octagon'],
  ] as const;
  for (const [count, word, silhouette] of expected) {
    await glass.tell(following(aSnapshot({ count })));
    await expect(glass.page.getByTestId('state')).toHaveText(word);
    await expect(glass.page.locator(':is(state-panel, alarm-panel) header .shape')).toHaveClass(
      new RegExp(silhouette),
    );
    await expect(glass.page.getByRole('img', { name: `${count} of 60 inside` })).toBeVisible();
  }
});

test('today’s curve says its peak and limit to those who listen', async ({ glass }) => {
  await glass.open();
  await glass.tell(following(aSnapshot()));
  await expect(glass.page.getByRole('img', { name: 'Today, at most 46 inside, limit 60' })).toBeVisible();
});

test('a group with several stores shows the first and says how many more there are', async ({ glass }) => {
  await glass.open();
  await glass.tell(following(aSnapshot(), aSnapshot({ name: 'Sants' }), aSnapshot({ name: 'Triana' })));
  expect(await glass.text()).toContain('and 2 more stores in this group');
  await expect(glass.page.locator('.name')).toHaveText('Calle Mayor');
});

test('the light theme and the language are the operator’s choice', async ({ glass }) => {
  await glass.open('?theme=light&lang=es');
  await glass.tell(withoutLink(aSnapshot()));
  expect(await glass.text()).toContain('22 pueden entrar');
  expect(await glass.text()).toContain('Sin conexión con la nube');
  const colours = await glass.page.locator('sign-app').evaluate((element) => ({
    ground: getComputedStyle(element).backgroundColor,
    ink: getComputedStyle(element.shadowRoot?.querySelector('main') ?? element).color,
  }));
  expect(colours).toEqual({ ground: 'rgb(239, 240, 237)', ink: 'rgb(26, 31, 34)' });
});

test('figures are set in the face that the sign brings along', async ({ glass }) => {
  await glass.open();
  await glass.tell(following(aSnapshot()));
  const loaded = await glass.page.evaluate(
    () => [...document.fonts].filter((face) => face.status === 'loaded').length,
  );
  expect(loaded).toBe(1);
});

test('someone who wants no motion gets cuts', async ({ glass }) => {
  const alarm = glass.page.locator('alarm-panel');
  const moving = () => alarm.evaluate((element) => element.getAnimations({ subtree: true }).length);
  await glass.open();
  await glass.tell(following(aSnapshot({ count: 38 })));
  await glass.tell(following(aSnapshot({ count: 64 })));
  await expect(alarm).toBeVisible();
  expect(await moving()).toBeGreaterThan(0);
  await glass.page.emulateMedia({ reducedMotion: 'reduce' });
  await expect.poll(moving).toBe(0);
});

test('a new sign says that it has no place yet, and which sign it is', async ({ glass }) => {
  await glass.open();
  const signId = `s-${'a1B2'.repeat(10)}xyz`;
  await glass.tell({ kind: 'unassigned', signId, link: 'up' });
  await expect(glass.page.getByRole('status')).toHaveText('Not assigned yet');
  expect(await glass.text()).toContain(signId);
});

test('a page without a secure connection says that, and not that the cloud is away', async ({ glass }) => {
  await glass.open();
  await glass.tell({ kind: 'starting', problem: 'This page needs https.', trouble: 'not-secure' });
  await expect(glass.page.getByRole('status')).toHaveText('No secure connection');
  expect(await glass.text()).not.toContain('Trying again');
});

test('a certificate that is over is named with the clock that it was read by', async ({ glass }) => {
  await glass.open('?lang=es');
  const problem = 'The cloud at https://shop-pc:7071 is not trusted: its certificate is over.';
  await glass.tell({ kind: 'starting', problem, trouble: 'expired' });
  await expect(glass.page.getByRole('status')).toHaveText('Certificado caducado');
  expect(await glass.text()).toContain(problem);
  expect(await glass.text()).toMatch(/Este equipo marca .*2026/);
});

test('until the cloud answers the sign says what is wrong', async ({ glass }) => {
  await glass.open();
  expect(await glass.text()).toContain('Starting');
  await glass.tell({ kind: 'starting', problem: 'The cloud at http://127.0.0.1:7071 does not answer.' });
  await expect(glass.page.getByRole('status')).toHaveText('Cannot reach the cloud');
  expect(await glass.text()).toContain('does not answer');
});
