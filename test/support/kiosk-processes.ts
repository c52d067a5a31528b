import { readdirSync, readFileSync } from 'node:fs';

/** The ids of every process under this one, by Linux's own table. */
export function descendantsOf(pid: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = parentOf(Number(name));
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const under = (one: number): readonly number[] =>
    (children.get(one) ?? []).flatMap((child) => [child, ...under(child)]);
  return under(pid);
}

/** Not a zombie: that one has ended, and only its parent has not looked. */
export const isAlive = (pid: number): boolean => !['', 'Z', 'X'].includes(statOf(pid).state);

const parentOf = (pid: number): number | undefined => {
  const { parent } = statOf(pid);
  return parent === '' ? undefined : Number(parent);
};

/** Proc(5): the name stands in brackets and may itself hold brackets and spaces. */
function statOf(pid: number): { readonly state: string; readonly parent: string } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state, parent };
  } catch {
    return { state: '', parent: '' };
  }
}
