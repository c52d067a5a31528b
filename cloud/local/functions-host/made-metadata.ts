/** Metadata of a trigger by the names that a function knows, each made when somebody first reads it. */
export type MadeMetadata = Readonly<Record<string, () => unknown>>;

/** To the metadata that the library has made of a request; there is none of it for HTTP and timers. */
export function addMade(context: { readonly triggerMetadata?: object }, made: MadeMetadata): void {
  if (context.triggerMetadata === undefined) return;
  for (const [name, make] of Object.entries(made)) defineMade(context.triggerMetadata, name, make);
}

/** From then on it is like any other property. */
function defineMade(target: object, name: string, make: () => unknown): void {
  const become = (value: unknown) =>
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  Object.defineProperty(target, name, {
    enumerable: true,
    configurable: true,
    get() {
      const value = make();
      become(value);
      return value;
    },
    set: become,
  });
}
