import { html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { type Session, sessionSchema } from '../../cloud/contracts/person.ts';
import { ApiProblem, anyAnswer, ask } from './api/ask.ts';
import { LightElement } from './elements/light-element.ts';
import { GO_TO, pagesOf, rail } from './elements/rail.ts';
import './elements/cut-bar.ts';
import './elements/go-to.ts';
import './elements/keys-help.ts';
import './elements/live-foot.ts';
import { KeysController } from './elements/keys-controller.ts';
import { SecondsController } from './elements/seconds-controller.ts';
import { tabs } from './elements/tabs.ts';
import { createLive } from './live/create-live.ts';
import type { Live } from './live/live.ts';
import { LiveController } from './live/live-controller.ts';
import { openConsoleHub } from './live/open-console-hub.ts';
import { dropMessageDraft } from './messages/kept-message-draft.ts';
import './pages/sign-in-page.ts';
import { pageOf, titleOf } from './pages/pages.ts';
import { isCut } from './view/link.ts';
import { linkedPath, NAVIGATED, navigate } from './view/navigate.ts';
import { pageKeys } from './view/page-keys.ts';
import { routeOf } from './view/router.ts';

type Stage =
  | { readonly kind: 'starting' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'signed-out'; readonly note: string }
  | { readonly kind: 'signed-in'; readonly live: Live; readonly life: AbortController };

const TRY_AGAIN_MS = 3_000;

/** The whole page: who is signed in, where they are, and whether it is live. */
@customElement('console-app')
export class ConsoleApp extends LightElement {
  @state() private stage: Stage = { kind: 'starting' };
  #path = location.pathname;
  #wasCut = false;
  readonly #pageKey = pageKeys();

  constructor() {
    super();
    new LiveController(this, () => (this.stage.kind === 'signed-in' ? this.stage.live : undefined));
    new SecondsController(this, () => this.#lookAtLink());
    new KeysController(this, this.#pressed);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('popstate', this.#wentTo);
    addEventListener(NAVIGATED, this.#wentTo);
    document.addEventListener('click', this.#clicked);
    this.addEventListener(GO_TO, () => void this.querySelector('go-to')?.open());
    this.addEventListener('sign-out', () => void this.#signOut());
    void this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('popstate', this.#wentTo);
    removeEventListener(NAVIGATED, this.#wentTo);
    document.removeEventListener('click', this.#clicked);
    if (this.stage.kind === 'signed-in') this.stage.life.abort();
  }

  protected override render(): TemplateResult {
    const { stage } = this;
    switch (stage.kind) {
      case 'starting':
        return html`<main id="content" class="sign-in"><p class="wait-words">Opening</p></main>`;
      case 'unreachable':
        return html`<main id="content" class="sign-in">
          <h1 tabindex="-1">The cloud cannot be reached</h1>
          <p class="lede" role="status">This page tries again every few seconds. Signs go on by themselves.</p>
        </main>`;
      case 'signed-out':
        return html`<sign-in-page
          .note=${stage.note}
          @signed-in=${({ detail }: CustomEvent<Session>) => this.#signedIn(detail)}
        ></sign-in-page>`;
      case 'signed-in':
        return this.#frame(stage.live);
      default:
        return stage satisfies never;
    }
  }

  protected override updated(): void {
    document.title =
      this.stage.kind === 'signed-in' ? this.#title(this.stage.live) : 'Sign in \u2013 Vitrine';
  }

  #title(live: Live): string {
    return `${titleOf(routeOf(this.#path), live)} \u2013 Vitrine`;
  }

  #frame(live: Live): TemplateResult {
    const route = routeOf(this.#path);
    this.#wasCut = isCut(live, Date.now());
    return html`<a class="skip" href="#content">To the content</a>
      <div class="frame ${this.#wasCut ? 'is-cut' : ''}">
        ${rail(route, live, () => this.#signOut())}
        <main id="content" tabindex="-1">
          <live-foot class="phone-live-place" short .live=${live}></live-foot>
          <cut-bar ?cut=${this.#wasCut} .live=${live}></cut-bar>
          ${live.overview === null ? html`<p class="wait-words" role="status">Reading the stores</p>` : html`<div class="page">${pageOf(route, live)}</div>`}
        </main>
        ${tabs(route, live)}
        <go-to .live=${live}></go-to><keys-help .live=${live}></keys-help>
      </div>`;
  }

  #lookAtLink(): void {
    const { stage } = this;
    if (stage.kind === 'signed-in' && isCut(stage.live, Date.now()) !== this.#wasCut) this.requestUpdate();
  }

  async #start(): Promise<void> {
    try {
      this.#signedIn(await ask(sessionSchema, API_PATHS.session));
    } catch (problem) {
      if (problem instanceof ApiProblem && (problem.status === 401 || problem.status === 403)) {
        this.stage = { kind: 'signed-out', note: '' };
        return;
      }
      this.stage = { kind: 'unreachable' };
      setTimeout(() => void this.#start(), TRY_AGAIN_MS);
    }
  }

  #signedIn({ person }: Session): void {
    const life = new AbortController();
    const onSignedOut = () => this.#signedOut('Your session ended. Sign in again to go on.');
    const live = createLive({
      ...{ person, onSignedOut, signal: life.signal },
      ...{ openHub: openConsoleHub, now: () => Date.now() },
    });
    this.stage = { kind: 'signed-in', live, life };
  }

  #signedOut(note: string): void {
    if (this.stage.kind === 'signed-in') this.stage.life.abort();
    this.stage = { kind: 'signed-out', note };
  }

  async #signOut(): Promise<void> {
    await ask(anyAnswer, API_PATHS.session, { method: 'DELETE' }).catch(() => undefined);
    dropMessageDraft(sessionStorage);
    this.#signedOut('You are signed out.');
  }

  readonly #clicked = (event: MouseEvent): void => {
    const path = linkedPath(event);
    if (path === null) return;
    event.preventDefault();
    if (path !== location.pathname + location.search) navigate(path);
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    const { stage } = this;
    const asked = this.#pageKey(event);
    if (stage.kind !== 'signed-in' || asked === undefined) return;
    if (asked.kind === 'page') {
      const page = pagesOf(stage.live.person).find(({ key }) => key === asked.letter);
      if (page === undefined) return;
      navigate(page.path);
    } else void this.querySelector(asked.kind === 'go-to' ? 'go-to' : 'keys-help')?.open();
    event.preventDefault();
    // What a page itself does with that letter is not meant.
    event.stopImmediatePropagation();
  };

  /** The focus goes to the heading of a new page; a filter that writes itself into the address moves nothing. */
  readonly #wentTo = async (): Promise<void> => {
    const isNewPage = location.pathname !== this.#path;
    this.#path = location.pathname;
    this.requestUpdate();
    if (!isNewPage) return;
    await this.updateComplete;
    scrollTo(0, 0);
    // Pages draw themselves a moment later.
    requestAnimationFrame(() => {
      const heading = this.querySelector<HTMLElement>('#content h1');
      (heading ?? this.querySelector<HTMLElement>('#content'))?.focus();
    });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'console-app': ConsoleApp;
  }
}
