import { expect, test } from 'vitest';
import { olderCss } from '../../../renderer/sign/browser-older-css.ts';

test.each([
  ['a{translate:calc(-50% * var(--way)) -50%}', 'a{transform: translate(calc(-50% * var(--way)), -50%)}'],
  ['a {\n  translate: none;\n}', 'a {\n  transform: none;\n}'],
  ['a { scale: var(--way) 1; }', 'a { transform: scale(var(--way), 1); }'],
  ['@container (orientation: portrait) {a{color:red}}', '@media (orientation: portrait) {a{color:red}}'],
  [':host(:dir(rtl)) .ltr{left:0}', ":host-context([dir='rtl']) .ltr{left:0}"],
  ['a{transform: translate(1px, 2px); --shift-x: 3px}', 'a{transform: translate(1px, 2px); --shift-x: 3px}'],
])('an older browser reads %s as %s', (css, older) => {
  expect(olderCss(css)).toBe(older);
});
