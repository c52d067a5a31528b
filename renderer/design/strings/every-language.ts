import { arabic } from './arabic.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { japanese } from './japanese.ts';
import { spanish } from './spanish.ts';
import { learn } from './strings-for.ts';

/** For a page that has them all at hand. */
export function learnEveryLanguage(): void {
  learn('es', spanish);
  learn('fr', french);
  learn('de', german);
  learn('ja', japanese);
  learn('ar', arabic);
}
