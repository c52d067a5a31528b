/** Loads the certificate library, which wants two functions of the Reflect metadata proposal to be there. */
export async function loadX509(): Promise<typeof import('@peculiar/x509')> {
  // Its injector asks which types a constructor takes. None of its injected classes takes any, so "not known" is
  // the true answer and no polyfill is needed. One that is there already is left alone.
  const none = { value: () => undefined, configurable: true, writable: true };
  if (!('getMetadata' in Reflect)) {
    Object.defineProperties(Reflect, { getMetadata: none, getOwnMetadata: none });
  }
  return import('@peculiar/x509');
}
