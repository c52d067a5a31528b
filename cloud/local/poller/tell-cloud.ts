import { AGE_HEADER, API_PATHS } from '../../contracts/http.ts';
import { type CameraAnswer, reasonOf } from './ask-camera.ts';

/** `retryAfterMs`: how long the cloud wants to be left alone. */
export type Told =
  | { readonly kind: 'committed' }
  | { readonly kind: 'failed'; readonly why: string; readonly retryAfterMs: number };

type TellOptions = {
  readonly cloudUrl: string;
  readonly sensorId: string;
  readonly ingestKey: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

/** An answer of a camera, and how long it waits by now. */
export type AgedAnswer = CameraAnswer & { readonly ageMs: number };

/** Hands the answer on as it came. Never rejects. */
export async function tellCloud(
  { body, contentType, ageMs }: AgedAnswer,
  options: TellOptions,
): Promise<Told> {
  const { cloudUrl, sensorId, ingestKey, timeoutMs, signal } = options;
  try {
    const response = await fetch(`${cloudUrl}${API_PATHS.ingest(sensorId)}`, {
      method: 'POST',
      headers: {
        'x-api-key': ingestKey,
        [AGE_HEADER]: String(Math.max(0, Math.round(ageMs))),
        ...(contentType === null ? {} : { 'content-type': contentType }),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    await response.body?.cancel();
    if (response.ok) return { kind: 'committed' };
    const retryAfterMs = Number(response.headers.get('retry-after') ?? 0) * 1_000;
    return {
      kind: 'failed',
      why: `it answers with HTTP ${response.status}`,
      retryAfterMs: retryAfterMs || 0,
    };
  } catch (error) {
    return { kind: 'failed', why: reasonOf(error), retryAfterMs: 0 };
  }
}
