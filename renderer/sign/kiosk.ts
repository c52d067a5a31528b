import type { VitrineBridge } from '../../main/bridge.ts';
import { learnEveryLanguage } from '../design/strings/every-language.ts';
import { createFeed } from './feed-source.ts';
import { signSettings } from './sign-settings.ts';
import './boards/every-board.ts';
import './sign-app.ts';

declare global {
  interface Window {
    readonly vitrine: VitrineBridge;
  }
}

learnEveryLanguage();
const settings = signSettings(location.search, navigator.languages);
const feed = createFeed({ kind: 'starting', problem: null });

document.documentElement.lang = settings.strings.language;
const app = document.createElement('sign-app');
app.feed = feed;
app.settings = settings;
app.answer = window.vitrine.answer;
// Two frames on: the first is about to be painted, the second only comes once it was.
app.addEventListener('drawn', ({ detail }) => {
  requestAnimationFrame(() => requestAnimationFrame(() => window.vitrine.painted(detail)));
});
document.body.append(app);

window.vitrine.onFeed(feed.tell);
