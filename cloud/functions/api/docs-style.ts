/** By itself: the page loads nothing. */
export const DOCS_STYLE = `
:root { color-scheme: light dark; --ink: #1c2025; --dim: #59626d; --paper: #fbfbfa; --line: #d9dcdf; --mark: #0b5cad; --box: #f0f1f0; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e7e9eb; --dim: #a3acb6; --paper: #14171a; --line: #343a41; --mark: #7cb8f5; --box: #1d2226; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 68rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
a { color: var(--mark); }
h1 { font-size: 1.9rem; margin: 0 0 .5rem; }
h2 { margin: 3rem 0 .5rem; padding-top: 1rem; border-top: 2px solid var(--line); }
h3 { margin: 2rem 0 .25rem; font-size: 1.05rem; overflow-wrap: anywhere; }
h4 { margin: 1rem 0 .25rem; font-size: .9rem; color: var(--dim); }
code { font: .9em/1.4 ui-monospace, monospace; }
.method { display: inline-block; min-width: 4.5rem; color: var(--mark); font-weight: 700; }
.who { color: var(--dim); margin: .1rem 0; }
nav ul, .codes { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; padding: 0; margin: .5rem 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; background: var(--box); font-size: .9rem; }
th, td { text-align: start; vertical-align: top; padding: .3rem .6rem; border: 1px solid var(--line); }
td:first-child { white-space: nowrap; }
dt { font-weight: 600; margin-top: .75rem; }
dd { margin: 0; }
:target { outline: 2px solid var(--mark); outline-offset: .25rem; }
`;
