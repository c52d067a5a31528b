import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** Lets this process's own calls, `fetch` included, trust a private authority besides the public ones. Gives the way back. */
export function trustAuthority(caPem: string): () => void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, caPem]);
  return () => setDefaultCACertificates(before);
}
