/**
 * A snapshot that this computer is still making. A local server answers a request for its entry with the progress,
 * and a page waits for it. On a published site, all snapshots exist.
 */

/** The finished steps and their total, both 0 while the image waits for its turn; or why its snapshot could not be made. */
export type PendingSnapshot = { done: number; of: number } | { failed: string };

/** Seconds after which a page asks again. */
const AGAIN_S = 2;

/** The image whose snapshot.json has this path on a server. */
export function imageOfPath(path: string): string | undefined {
  return /\/machine\/([\w-]+)\/snapshot\.json$/.exec(path)?.[1];
}

export interface PendingAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The answer of a server to a request for the entry of a snapshot that is not there yet. */
export function answerPending(pending: PendingSnapshot): PendingAnswer {
  const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
  const body = JSON.stringify({ pendingSnapshot: pending });
  if ('failed' in pending) return { status: 500, headers, body };
  return { status: 503, headers: { ...headers, 'Retry-After': `${AGAIN_S}` }, body };
}

/** Reads the body of such an answer; undefined for any other. */
export function readPending(body: unknown): PendingSnapshot | undefined {
  const found = (body as { pendingSnapshot?: unknown } | null)?.pendingSnapshot;
  return isPending(found) ? found : undefined;
}

/** Whether a received value says that a snapshot is pending. */
export function isPending(value: unknown): value is PendingSnapshot {
  const { done, of, failed } = (value ?? {}) as Record<string, unknown>;
  return typeof failed === 'string' || (typeof done === 'number' && typeof of === 'number');
}
