import { html, nothing, type TemplateResult } from 'lit';
import type { TransferAnswer, TransferChange } from '../../../cloud/contracts/transfer.ts';
import { numberWords } from '../view/words.ts';
import { changesIn, summaryWords, WHAT_WORDS } from './transfer-words.ts';

const MAX_SHOWN = 500;

/** What a check or an import said: bad rows first, then what changes. */
export function transferResult(answer: TransferAnswer): TemplateResult {
  const changes = changesIn(answer);
  return html`<p class="transfer-sum">${summaryWords(answer)}</p>
    ${answer.problems.length === 0 ? nothing : problemTable(answer.problems)}
    ${changes.length === 0 ? nothing : changeTable(answer, changes)}`;
}

const problemTable = (
  problems: TransferAnswer['problems'],
): TemplateResult => html`<table class="transfer-table">
    <caption>Rows to put right</caption>
    <thead><tr><th scope="col">Row</th><th scope="col">Column</th><th scope="col">Has</th><th scope="col">Expected</th></tr></thead>
    <tbody>${problems
      .slice(0, MAX_SHOWN)
      .map(
        ({ row, column, value, expected }) =>
          html`<tr><th scope="row">${row}</th><td>${column === '' ? 'the row' : column}</td><td>${value ?? ''}</td><td>${expected}</td></tr>`,
      )}</tbody>
  </table>${more(problems.length)}`;

const changeTable = (
  { dryRun }: TransferAnswer,
  changes: readonly TransferChange[],
): TemplateResult => html`<table class="transfer-table">
    <caption>${dryRun ? 'What would change' : 'What has changed'}</caption>
    <thead><tr><th scope="col">Row</th><th scope="col">Change</th><th scope="col">Of</th></tr></thead>
    <tbody>${changes
      .slice(0, MAX_SHOWN)
      .map(
        ({ row, what, subject }) =>
          html`<tr><th scope="row">${row}</th><td>${WHAT_WORDS[what]}</td><td>${subject}</td></tr>`,
      )}</tbody>
  </table>${more(changes.length)}`;

const more = (count: number) =>
  count > MAX_SHOWN ? html`<p class="q">And ${numberWords(count - MAX_SHOWN)} more.</p>` : nothing;
