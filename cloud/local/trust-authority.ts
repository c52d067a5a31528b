import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** Lets this process's own calls, `fetch` included, trust private authorities besides the public ones. Gives the way back. */
export function trustAuthorities(pems: readonly string[]): () => void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, ...pems]);
  return () => setDefaultCACertificates(before);
}
