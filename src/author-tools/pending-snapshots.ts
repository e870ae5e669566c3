// Answers requests for snapshots that scripts/site/dev.ts, which has started this dev server, is still making.
import {
  answerPending,
  imageOfPath,
  isPending,
  type PendingAnswer,
  type PendingSnapshot,
} from '../machine/image/pending-snapshot.ts';

/** The channel to the process that has started this one, if it wants one: Node's `process`. */
export interface ParentChannel {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  send?(message: unknown): unknown;
}

/** Follows the parent's messages. Returns a function that gives the answer for an address, if its snapshot is pending. */
export function followPending(
  parent: ParentChannel,
): (url: string | undefined) => PendingAnswer | undefined {
  let all: Record<string, PendingSnapshot> = {};
  if (parent.send) {
    parent.on('message', (message) => {
      const found = (message as { pendingSnapshots?: object } | null)?.pendingSnapshots;
      const entries = found ? Object.entries(found) : [];
      if (found) all = Object.fromEntries(entries.filter(([, pending]) => isPending(pending)));
    });
    // A server that Astro has started anew has missed the earlier messages.
    parent.send({ wants: 'pendingSnapshots' });
  }
  return (url = '') => {
    const image = imageOfPath(url.replace(/\?.*/, ''));
    const pending = image === undefined ? undefined : all[image];
    return pending && answerPending(pending);
  };
}
