import { describe, expect, test } from 'vitest';
import type { ListedSign } from '../../../../cloud/contracts/fleet.ts';
import { askedOf, receiptsOf } from '../../../../renderer/console/signs/asked-command.ts';
import { glassPicture, pictureWords } from '../../../../renderer/console/signs/glass-picture.ts';
import { receiptOf, receiptsSummary } from '../../../../renderer/console/signs/receipt.ts';
import { whyChain } from '../../../../renderer/console/signs/why-chain.ts';
import { reportText, whyLead } from '../../../../renderer/console/signs/why-lead.ts';
import {
  aCommand,
  aSign,
  darkSign,
  known,
  MINUTE_MS,
  NOW_MS,
  painted,
  staleSign,
  waitingSign,
} from './known-signs.ts';

const problems = (sign: ListedSign, nowMs = NOW_MS) =>
  whyChain(sign, known, nowMs)
    .filter(({ mark }) => mark === 'problem')
    .map(({ title }) => title);
const step = (sign: ListedSign, title: string) =>
  whyChain(sign, known, NOW_MS).find((each) => each.title === title);

describe('the chain', () => {
  test('of a sign that shows what is true has no problem', () => {
    expect(problems(aSign('Main'))).toEqual([]);
    expect(whyLead(aSign('Main'), known, NOW_MS).where).toBe('Nothing is to be done.');
  });
  test('names the revision on the glass beside the one of the store', () => {
    expect(problems(staleSign('Front'))).toEqual(['Snapshot', 'Painted']);
    expect(step(staleSign('Front'), 'Snapshot')?.lead).toBe('Revision 790. The store is at 812.');
    expect(whyLead(staleSign('Front'), known, NOW_MS)).toEqual({
      answer: 'Its figure is 11 min old, so it asks for staff.',
      where: 'The store counts normally. The fault lies between the cloud and this sign.',
    });
  });
  test('looks for the fault at the doors where the store itself has no live count', () => {
    const { where } = whyLead(staleSign('Front'), known, NOW_MS + 10 * MINUTE_MS);
    expect(where).toBe('Calle Mayor itself cannot be counted now. Look at its doors first.');
  });
  test('shows two devices with one key', () => {
    expect(problems(aSign('Main', { connections: 2 }))).toEqual(['Connection']);
    expect(step(aSign('Main', { connections: 2 }), 'Connection')?.lead).toBe('2 connections with one key');
  });
  test('shows an assignment that the glass has not confirmed', () => {
    expect(problems(aSign('Main', { confirmed: false }))).toEqual(['Assignment']);
  });
  test.for([
    ['unplugged', 'Offline. No power or own cable out', 'look at its own power and cable'],
    ['network', 'Offline. Store cut off', 'Look at the power and the router of the store first'],
    ['program-ended', 'Offline. Program ended', 'Start its PC, or its program, again.'],
    ['silent', 'Offline. Not heard', 'See whether the screen has power and network.'],
  ] as const)('of a sign that is dark says where to look: %s', ([cause, lead, where]) => {
    const dark = darkSign('Passage', { cause });
    expect(step(dark, 'Connection')?.lead).toBe(lead);
    expect(whyLead(dark, known, NOW_MS).where).toContain(where);
  });
  test('of a sign that never reported invents nothing', () => {
    const silent = waitingSign();
    const unheard = { ...silent, report: null, heardAtMs: null };
    expect(step(unheard, 'Painted')?.lead).toBe('Nothing reported');
    expect(step(unheard, 'Connection')?.detail).toBe('It never reported.');
    expect(glassPicture(unheard, known).hatched).toBe(true);
  });
  test('goes into a report that can be sent on, with the problems marked', () => {
    const report = reportText(staleSign('Front'), known, NOW_MS);
    expect(report).toContain('Front, Calle Mayor\n');
    expect(report).toContain('! Snapshot: Revision 790. The store is at 812.');
    expect(report).toContain('- Assignment: Calle Mayor, group madrid');
    expect(report).not.toContain('..');
  });
});

describe('the small picture', () => {
  test('has a figure only where the sign said that it paints one', () => {
    expect(pictureWords(glassPicture(aSign('Main'), known))).toBe('Nearly full, 56 of 60 inside');
    expect(pictureWords(glassPicture(staleSign('Front'), known))).toBe('Ask staff');
    expect(pictureWords(glassPicture(darkSign('Passage'), known))).toBe('Nothing painted');
  });
  test('of a sign that is offline shows no figure that is newer than its glass', () => {
    const { report } = aSign('Rua');
    const older = report && { ...report, painted: painted({ revision: 800 }) };
    const still = aSign('Rua', { state: 'still', report: older });
    expect(glassPicture(still, known)).toMatchObject({ figure: '', hatched: true });
    expect(glassPicture({ ...still, report }, known)).toMatchObject({ figure: '56', hatched: true });
  });
});

describe('a receipt', () => {
  const said = (command: Parameters<typeof aCommand>[0], sign: ListedSign = aSign('Main'), nowMs = NOW_MS) =>
    receiptOf(aCommand(command), sign, nowMs);
  test('follows the command from sent to the glass', () => {
    expect(said({})).toMatchObject({ state: 'sent', words: 'sent 2 s ago' });
    expect(said({ status: 'received' })).toMatchObject({
      state: 'received',
      words: 'received, not yet on the glass',
    });
    expect(said({ status: 'done', statusAtMs: NOW_MS - 1_600 })).toMatchObject({
      state: 'done',
      words: 'on the glass after 0.4 s',
    });
    expect(said({ status: 'failed', why: 'The program did not come back.' }).words).toBe(
      'The program did not come back.',
    );
  });
  test('waits for a sign that is away, until its time is over', () => {
    expect(said({}, darkSign('Passage')).words).toMatch(/^waits for the sign, until \d\d:\d\d$/);
    expect(said({}, darkSign('Passage'), NOW_MS + 16 * MINUTE_MS).state).toBe('failed');
  });
  test('is that of the command that was asked now, not of an older one', () => {
    const before = aSign('Main', { commands: [aCommand({ status: 'done' })] });
    const asked = askedOf(
      'identify',
      [before],
      { results: [{ signId: before.signId, refused: null }] },
      NOW_MS,
    );
    expect(receiptsOf(asked, [before], NOW_MS)[0]?.receipt.state).toBe('sent');
    const after = {
      ...before,
      commands: [aCommand({ commandId: 'c-2', status: 'received' }), ...before.commands],
    };
    expect(receiptsOf(asked, [after], NOW_MS)[0]?.receipt.state).toBe('received');
  });
  test('of a refused wish says why', () => {
    const sign = aSign('Main');
    const asked = askedOf(
      'reload',
      [sign],
      { results: [{ signId: sign.signId, refused: 'not yours' }] },
      NOW_MS,
    );
    const receipts = receiptsOf(asked, [sign], NOW_MS);
    expect(receipts).toMatchObject([{ sign: 'Main', receipt: { state: 'failed', words: 'not yours' } }]);
    expect(receiptsSummary(receipts.map(({ receipt }) => receipt))).toBe(
      '0 of 1 confirmed from the glass. 1 failed.',
    );
  });
});
