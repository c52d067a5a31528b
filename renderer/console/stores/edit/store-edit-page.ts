import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { API_PATHS } from '../../../../cloud/contracts/http.ts';
import {
  type StoreDescription,
  type StoreKept,
  storeDescriptionSchema,
  storeKeptSchema,
} from '../../../../cloud/contracts/store-description.ts';
import { ApiProblem, ask, problemWords } from '../../api/ask.ts';
import { icon } from '../../elements/icon.ts';
import { LightElement } from '../../elements/light-element.ts';
import { mayAs } from '../../elements/rail.ts';
import type { Live } from '../../live/live.ts';
import '../../signs/ask-first.ts';
import type { AskFirst } from '../../signs/ask-first.ts';
import { navigate } from '../../view/navigate.ts';
import { PATHS } from '../../view/router.ts';
import { madeSensors } from '../made-sensors.ts';
import { readDescription } from '../store-setup.ts';
import { basicsPart, limitsPart, nightPart } from './basics-part.ts';
import { describedDraft } from './described-draft.ts';
import { draftEffects } from './draft-effects.ts';
import { withAt } from './draft-path.ts';
import { fieldWords, NO_PROBLEMS, type Problems, problemsOf } from './draft-problems.ts';
import { editFoot } from './edit-foot.ts';
import { leaveQuestion, removeQuestion, withoutPlace } from './edit-questions.ts';
import type { Form } from './fields.ts';
import { groupsPart } from './groups-part.ts';
import { hoursPart } from './hours-part.ts';
import { keepDraft, takeDraft } from './kept-drafts.ts';
import { doorsPart, zonesPart } from './places-part.ts';
import { draftOf, type StoreDraft } from './store-draft.ts';
import { guardUnsaved, type UnsavedGuard } from './unsaved-guard.ts';

/** All that a store's owner may say of it, with the effect in words before it is saved. */
@customElement('store-edit-page')
export class StoreEditPage extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  @property() storeId = '';
  @state() private saved: StoreDescription | null = null;
  @state() private draft: StoreDraft | null = null;
  @state() private problems: Problems = NO_PROBLEMS;
  @state() private said = '';
  @state() private kept: StoreKept | null = null;
  @state() private isSending = false;
  @query('ask-first') private asker!: AskFirst;
  #guard: UnsavedGuard | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#guard = guardUnsaved({
      isUnsaved: () => this.#isUnsaved(),
      mayLeave: () => this.#mayLeave(),
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#guard?.end();
    if (this.draft !== null && this.#isUnsaved()) keepDraft(this.storeId, this.draft);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('storeId')) void this.#read();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { live, storeId, saved: before, draft, kept } = this;
    if (live === undefined) return nothing;
    const name = before?.name ?? storeId;
    if (kept !== null) return this.#done(name, kept);
    return html`<header class="head">
        <p class="crumb"><a href=${PATHS.overview}>Stores</a>${icon('chevron')}<a href=${PATHS.store(storeId)}>${name}</a>${icon('chevron')}</p>
        <div><h1 tabindex="-1">Edit ${name}</h1><p class="under">Nothing changes before you save.</p></div>
      </header>
      ${
        mayAs(live.person?.role, 'admin')
          ? before === null || draft === null
            ? html`<p class="wait-words" role="status">${this.said || 'Reading the store'}</p>`
            : this.#form(before, draft)
          : html`<p class="empty">Only an admin can change a store. Ask one of them.</p>`
      }
      <ask-first></ask-first>`;
  }

  #form(before: StoreDescription, draft: StoreDraft): TemplateResult {
    const { problems, said, isSending } = this;
    const form: Form = { draft, problems, change: (path, value) => this.#change(path, value) };
    const remove = (kind: 'zones' | 'doors', index: number) => void this.#remove(kind, index);
    const groups = this.live?.overview?.storeGroups.map(({ storeGroupId }) => storeGroupId) ?? [];
    return html`<form class="edit-store" @submit=${this.#submit} novalidate>
      ${basicsPart(form)}${limitsPart(form)}${hoursPart(form)}${nightPart(form)}
      ${zonesPart(form, remove)}${doorsPart(form, remove)}${groupsPart(form, groups)}
      ${editFoot({
        ...{ effects: this.#effects(before, draft), isUnsaved: this.#isUnsaved(), said, isSending },
        wrong: problems.size,
        onDiscard: () => this.#takes(before),
      })}
    </form>`;
  }

  #done(name: string, { createdSensors }: StoreKept): TemplateResult {
    return html`<header class="head"><div>
        <h1 tabindex="-1">${name} is saved</h1>
        <p class="under">${createdSensors.length === 1 ? 'Its new sensor counts' : 'Its new sensors count'} from the first reading on.</p>
      </div></header>
      ${madeSensors(createdSensors)}
      <div class="acts after-acts"><a class="btn go" href=${PATHS.store(this.storeId)}>Go to the store</a></div>`;
  }

  async #read(): Promise<void> {
    const { storeId } = this;
    Object.assign(this, { saved: null, draft: null, kept: null, said: '' });
    try {
      const read = await readDescription(storeId);
      if (storeId !== this.storeId) return;
      this.#takes(read);
      const waiting = takeDraft(storeId);
      if (waiting !== undefined) {
        this.draft = waiting;
        this.said = 'What you had not saved is here again.';
      }
      await this.updateComplete;
      const part = new URLSearchParams(location.search).get('part');
      this.querySelector(`#part-${CSS.escape(part ?? '')}`)?.scrollIntoView();
    } catch (problem) {
      this.said = problemWords(problem);
    }
  }

  #takes(read: StoreDescription): void {
    Object.assign(this, { saved: read, draft: draftOf(read), problems: NO_PROBLEMS, said: '' });
  }

  async #mayLeave(): Promise<boolean> {
    const mayLeave = await this.asker.ask(leaveQuestion);
    if (mayLeave && this.saved !== null) this.#takes(this.saved);
    return mayLeave;
  }

  #change(path: string, value: unknown): void {
    if (this.draft === null) return;
    this.draft = withAt(this.draft, path, value);
    // A field that was wrong is judged again as it is typed in; no other one before it is saved.
    if (this.problems.size === 0) return;
    const problems = this.#problems(this.draft);
    this.problems = new Map(
      [...problems].filter(([field]) => (this.problems.has(field) && field !== path) || field === path),
    );
  }

  async #remove(kind: 'zones' | 'doors', index: number): Promise<void> {
    const { draft } = this;
    if (draft === null) return;
    const question = removeQuestion(draft, kind, index);
    if (question !== null && !(await this.asker.ask(question))) return;
    this.draft = withoutPlace(this.draft ?? draft, kind, index);
    await this.updateComplete;
    this.querySelector<HTMLElement>(`[data-add=${kind}]`)?.focus();
  }

  #described = (draft: StoreDraft) => describedDraft(draft, this.storeId);

  #problems = (draft: StoreDraft): Problems => problemsOf(this.#described(draft));

  #effects(before: StoreDescription, draft: StoreDraft): readonly string[] {
    const after = storeDescriptionSchema.safeParse(this.#described(draft));
    if (!after.success) return [];
    const found = this.live?.overview?.stores.find(
      ({ snapshot }) => snapshot.content.store.id === this.storeId,
    );
    return draftEffects(before, after.data, found?.snapshot.content);
  }

  #isUnsaved(): boolean {
    const { saved: before, draft, kept } = this;
    if (before === null || draft === null || kept !== null) return false;
    return JSON.stringify(draftOf(before)) !== JSON.stringify(draft);
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { draft, storeId, saved: before } = this;
    if (draft === null || before === null) return;
    const problems = this.#problems(draft);
    if (problems.size > 0) return this.#refused(problems, '');
    Object.assign(this, { isSending: true, problems: NO_PROBLEMS, said: '' });
    try {
      const theirs = await readDescription(storeId);
      if (JSON.stringify(theirs) !== JSON.stringify(before)) {
        this.saved = theirs;
        this.said =
          'Somebody else changed this store in the meantime. The effects below are told anew. Save again to overwrite theirs.';
        return;
      }
      const body = this.#described(draft);
      const kept = await ask(storeKeptSchema, API_PATHS.store(storeId), { method: 'PUT', body });
      this.saved = storeDescriptionSchema.parse(body);
      this.draft = draftOf(this.saved);
      await this.live?.refresh();
      if (kept.createdSensors.length === 0) return navigate(PATHS.store(storeId));
      this.kept = kept;
      await this.updateComplete;
      this.querySelector<HTMLElement>('h1')?.focus();
    } catch (problem) {
      const field = problem instanceof ApiProblem ? (problem.field ?? '') : '';
      const words = problemWords(problem);
      this.#refused(field === '' ? NO_PROBLEMS : new Map([[field, fieldWords(field, words)]]), words);
    } finally {
      this.isSending = false;
    }
  };

  /** The focus goes to the first field that is wrong, out of a folded part as well. */
  async #refused(problems: Problems, words: string): Promise<void> {
    this.problems = problems;
    this.said = words;
    await this.updateComplete;
    const [field] = problems.keys();
    if (field === undefined) return;
    const name = CSS.escape(field);
    const wrong = this.querySelector<HTMLElement>(`[name="${name}"], [data-field="${name}"]`);
    if (wrong === null) {
      this.said = words || (problems.get(field) ?? '');
      return;
    }
    for (
      let part = wrong.closest('details');
      part !== null;
      part = part.parentElement?.closest('details') ?? null
    )
      part.open = true;
    wrong.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'store-edit-page': StoreEditPage;
  }
}
