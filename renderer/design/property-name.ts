/** `ink2` is `--ink-2` in a stylesheet. */
export const propertyName = (role: string): `--${string}` =>
  `--${role.replace(/[A-Z0-9]/g, (part) => `-${part.toLowerCase()}`)}`;
