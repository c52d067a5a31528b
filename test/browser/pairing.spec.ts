import type { FeedState } from '../../cloud/contracts/feed.ts';
import { aSnapshot, following, SIGN_ID } from '../support/glass-states.ts';
import { expect, SIZES, test } from './glass.ts';
import { faultsOf, textBoxes } from './text-boxes.ts';

type Unassigned = Extract<FeedState, { kind: 'unassigned' }>;

const FINGERPRINT = '3F9A C271';

const offering = (offer: Partial<NonNullable<Unassigned['offer']>> = {}): Unassigned => ({
  kind: 'unassigned',
  signId: SIGN_ID,
  link: 'up',
  sign: { name: '', fingerprint: FINGERPRINT, settings: null },
  identify: false,
  offer: {
    code: 'BKXRTHDW',
    fingerprint: FINGERPRINT,
    consoleUrl: 'https://vitrine.example.com/console/pair#code=BKXRTHDW',
    endsInMs: 462_000,
    ...offer,
  },
});

/** The widest letters there are. */
const WIDE = { code: 'WWWWWWWW', consoleUrl: `https://${'signs.'.repeat(12)}example.com:7071/console` };

for (const [held, size] of Object.entries(SIZES)) {
  for (const language of ['en', 'es']) {
    test(`a pairing code fits the glass and keeps off other words, ${held}, ${language}`, async ({
      glass,
    }) => {
      await glass.page.setViewportSize(size);
      await glass.open(`?lang=${language}`);
      for (const offer of [{}, { consoleUrl: null }, WIDE]) {
        await glass.tell(offering(offer));
        expect.soft(faultsOf(await textBoxes(glass.page), size), JSON.stringify(offer)).toEqual([]);
        const qr = glass.page.locator('pairing-board .qr');
        expect(await qr.count()).toBe(offer.consoleUrl === null ? 0 : 1);
      }
      if (process.env.VITRINE_PICTURES) {
        await glass.tell(offering());
        await glass.page.screenshot({
          path: `${process.env.VITRINE_PICTURES}/pairing-${held}-${language}.png`,
        });
        await glass.tell(offering({ consoleUrl: null }));
        await glass.page.screenshot({
          path: `${process.env.VITRINE_PICTURES}/pairing-plain-${held}-${language}.png`,
        });
      }
    });
  }
}

test('the code stands in two groups of four, with what to compare and how long it lasts', async ({
  glass,
}) => {
  await glass.open();
  await glass.tell(offering());
  const text = await glass.text();
  for (const words of ['Type this code in the console', 'BKXR THDW', FINGERPRINT, '7:42']) {
    expect(text).toContain(words);
  }
  await glass.page.clock.runFor(62_000);
  expect(await glass.text()).toMatch(/6:4[01]/);
});

test('the glass tells with each picture what it shows, and how long it may stay', async ({ glass }) => {
  await glass.open();
  const drawn = () => glass.page.evaluate(() => window.drawn.at(-1));
  await glass.tell(offering());
  await expect.poll(drawn).toMatchObject({ kind: 'unassigned', storeId: null, leaseMs: 0, identify: false });
  await glass.tell({ ...following(aSnapshot({ ageMs: 2_000 })), identify: true });
  const shown = { kind: 'store', storeGroupId: 'city', storeId: 'calle-mayor', epoch: 1, revision: 812 };
  await expect.poll(drawn).toMatchObject({ ...shown, freshness: 'live', identify: true });
  const pictures = await glass.page.evaluate(() => window.drawn.length);
  await glass.page.clock.runFor(100_000);
  expect((await glass.page.evaluate(() => window.drawn.length)) - pictures).toBeGreaterThanOrEqual(99);
  const last = await drawn();
  expect(last).toMatchObject({ ...shown, freshness: 'stale' });
  expect(last?.leaseMs).toBeGreaterThan(796_000);
  expect(last?.leaseMs).toBeLessThan(799_000);
});

test('what is chosen in the console is on the glass at once', async ({ glass }) => {
  await glass.open('?lang=en&theme=dark');
  const app = glass.page.locator('sign-app');
  const settings = { board: 'manager', language: 'es', theme: 'light', farMetres: 5 } as const;
  const sign = { name: 'Passage', fingerprint: FINGERPRINT, settings };
  const figurePx = async () => (await glass.page.getByTestId('count').boundingBox())?.height ?? 0;
  await glass.tell(following(aSnapshot()));
  const before = await figurePx();
  await glass.tell({ ...following(aSnapshot()), sign });
  await expect(app).toHaveAttribute('theme', 'light');
  await expect(app).toHaveAttribute('lang', 'es-ES');
  expect(await glass.text()).toContain('22 pueden entrar');
  expect(await figurePx()).toBeLessThan(before);
  await glass.tell({ ...following(aSnapshot()), sign: { ...sign, settings: null } });
  await expect(app).toHaveAttribute('theme', 'dark');
  expect(await glass.text()).toContain('22 may enter');
});

test('a sign that was taken out of service says so, and not that it cannot reach the cloud', async ({
  glass,
}) => {
  await glass.open();
  await glass.tell({ kind: 'starting', problem: 'This sign was taken out of service.', revoked: true });
  await expect(glass.page.getByRole('status')).toHaveText('Out of service');
  expect(await glass.text()).not.toContain('Cannot reach');
});

test('a code that has ended is not shown', async ({ glass }) => {
  await glass.open();
  await glass.tell(offering({ endsInMs: 3_000 }));
  expect(await glass.text()).toContain('BKXR');
  await glass.page.clock.runFor(4_000);
  const text = await glass.text();
  expect(text).not.toContain('BKXR');
  expect(text).toContain('Not assigned yet');
});

for (const [held, size] of Object.entries(SIZES)) {
  test(`a sign that is looked for shows its name large, and its count stays, ${held}`, async ({ glass }) => {
    await glass.page.setViewportSize(size);
    await glass.open();
    const names = ['Passage', 'Passage, left of the lift', 'Untergeschoss Lebensmittelabteilung, Kasse 12'];
    for (const [index, name] of names.entries()) {
      const sign = { name, fingerprint: FINGERPRINT, settings: null };
      await glass.tell({ ...following(aSnapshot()), sign, identify: true });
      const sheet = await glass.page.locator('identify-sheet').boundingBox();
      const count = await glass.page.getByTestId('count').boundingBox();
      expect((count?.y ?? 0) + (count?.height ?? 0)).toBeLessThanOrEqual((sheet?.y ?? 0) + size.height / 20);
      const boxes = (await textBoxes(glass.page)).filter(({ text }) => text === name);
      expect(boxes.length).toBeGreaterThan(0);
      expect.soft(faultsOf(boxes, size), name).toEqual([]);
      if (process.env.VITRINE_PICTURES) {
        await glass.page.screenshot({
          path: `${process.env.VITRINE_PICTURES}/identify-${held}-${index}.png`,
        });
      }
    }
    await glass.tell({ ...following(aSnapshot()), identify: false });
    await expect(glass.page.locator('identify-sheet')).toHaveCount(0);
  });
}
