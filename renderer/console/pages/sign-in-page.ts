import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { API_PATHS } from '../../../cloud/contracts/http.ts';
import { type Session, sessionSchema } from '../../../cloud/contracts/person.ts';
import { ApiProblem, ask, problemWords } from '../api/ask.ts';
import { brand } from '../elements/brand.ts';
import { LightElement } from '../elements/light-element.ts';

/** Asks for an access key. Tells `signed-in` with the session. */
@customElement('sign-in-page')
export class SignInPage extends LightElement {
  /** Why it is shown, where that is not plain: the session ended. */
  @property() note = '';
  @state() private problem = '';
  @state() private isAsking = false;

  protected override render(): TemplateResult {
    const { problem, isAsking, note } = this;
    return html`<main class="sign-in" id="content">
      ${brand()}
      <h1 tabindex="-1">Sign in</h1>
      <p class="lede">${note || 'With the access key that was made for you.'}</p>
      <form @submit=${this.#submit} novalidate>
        <label class="lab">
          Access key
          <input class="in" name="key" type="password" autocomplete="current-password" required
            autocapitalize="off" spellcheck="false" aria-invalid=${problem === '' ? 'false' : 'true'}
            aria-describedby=${problem === '' ? nothing : 'sign-in-problem'} />
        </label>
        ${problem === '' ? nothing : html`<p class="wrong" id="sign-in-problem" role="alert">${problem}</p>`}
        <button class="btn go" type="submit" ?disabled=${isAsking}>${isAsking ? 'Signing in' : 'Sign in'}</button>
      </form>
      <p class="tip">
        The first key is printed where the cloud was started the first time. Whoever is an admin makes further ones
        under People and keys.
      </p>
    </main>`;
  }

  protected override firstUpdated(): void {
    this.querySelector('input')?.focus();
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const input = form.elements.namedItem('key') as HTMLInputElement;
    const key = input.value.trim();
    if (key === '') {
      this.problem = 'Type your access key.';
      input.focus();
      return;
    }
    this.isAsking = true;
    this.problem = '';
    try {
      const session = await ask(sessionSchema, API_PATHS.session, { method: 'POST', body: { key } });
      input.value = '';
      this.dispatchEvent(new CustomEvent<Session>('signed-in', { detail: session }));
    } catch (problem) {
      this.problem = wordsFor(problem);
      input.focus();
      input.select();
    } finally {
      this.isAsking = false;
    }
  }
}

function wordsFor(problem: unknown): string {
  if (!(problem instanceof ApiProblem)) return problemWords(problem);
  if (problem.code === 'bad-key')
    return 'This key is not known. Look for a missing letter, or ask who made it.';
  if (problem.code === 'too-many-requests') return 'Too many tries. Wait a minute, then try again.';
  return problem.message;
}

declare global {
  interface HTMLElementTagNameMap {
    'sign-in-page': SignInPage;
  }
}
