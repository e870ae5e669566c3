import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { followPending } from './pending-snapshots.ts';

const url = '/base/machine/big/snapshot.json?x';

test('the dev server answers with the progress that its parent sends, and no longer once it is made', () => {
  const sent: unknown[] = [];
  const parent = Object.assign(new EventEmitter(), { send: (what: unknown) => sent.push(what) });
  const answer = followPending(parent);
  expect(sent).toEqual([{ wants: 'pendingSnapshots' }]);
  expect(answer(url)).toBeUndefined();
  parent.emit('message', { pendingSnapshots: { big: { done: 1, of: 2 } } });
  expect(answer(url)?.body).toBe('{"pendingSnapshot":{"done":1,"of":2}}');
  expect(answer('/base/machine/course/snapshot.json')).toBeUndefined();
  parent.emit('message', 'of another kind');
  expect(answer(url)?.status).toBe(503);
  parent.emit('message', { pendingSnapshots: {} });
  expect(answer(url)).toBeUndefined();
});

test('a dev server that was started in another way has nothing pending', () => {
  const parent = new EventEmitter();
  expect(followPending(parent)(url)).toBeUndefined();
  expect(parent.listenerCount('message')).toBe(0);
});
