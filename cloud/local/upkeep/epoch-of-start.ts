import { existsSync } from 'node:fs';
import type { PlatformDatabase } from '../open-data-folder.ts';
import { beginProductEpoch, productEpoch } from '../state/product-epoch.ts';

/**
 * What the app is told of its epoch at this start. A database that is not there yet will be born: should there have been
 * one before it, signs have seen its epoch, and this clock may be behind that. On a server nobody here sees a birth.
 */
export function epochOfStart(
  database: PlatformDatabase,
  productFile: string | undefined,
  nowMs: number,
): number | undefined {
  const isBorn = productFile !== undefined && !existsSync(productFile);
  return isBorn ? beginProductEpoch(database, nowMs) : productEpoch(database);
}
