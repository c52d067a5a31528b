import type { Decoded, Envelope } from './decoded.ts';

export type JsonAdapter = {
  /** Whether a document looks like this vendor's: for a sensor whose model is `auto`. Never true for another vendor's. */
  readonly recognises: (document: unknown) => boolean;
  /** Never throws. */
  readonly decode: (document: unknown, envelope: Envelope) => Decoded;
};

export type XmlAdapter = {
  /** As for JSON; the document is what the XML parser made of it. */
  readonly recognises: (document: unknown) => boolean;
  /** Never throws. */
  readonly decode: (document: unknown, envelope: Envelope) => Decoded;
};
