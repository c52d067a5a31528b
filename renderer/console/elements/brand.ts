import { html, type TemplateResult } from 'lit';

export const brand = (): TemplateResult => html`<p class="brand">
  <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
    <rect x="1.5" y="3" width="21" height="15" rx="3" fill="var(--text)" />
    <path d="m8 8.5 4 4 4-4" fill="none" stroke="var(--surface)" stroke-width="2.4" />
    <path d="M8 21h8" stroke="var(--text)" stroke-width="2" />
  </svg>
  Vitrine
</p>`;
