import { expect, test } from 'vitest';
import { group, link, process } from './fake-report.ts';
import { KernelModel } from './kernel-model.ts';
import { describeSteps } from './step-log.ts';

const hosts = [process(1, 0), process(2, 1)];
const report = (...more: ReturnType<typeof process>[]) => ({
  processes: [...hosts, ...more],
  cut: false,
});
const origins = (model: KernelModel) =>
  model.processes.all.map(
    ({ key, origin }) => `${key} ${origin ? describeSteps(origin, (cell) => cell) : '-'}`,
  );

test('a process says in which step it appeared, by the steps of the last seconds', () => {
  const model = new KernelModel();
  model.receive(report(), 0);
  model.noteStep({ cell: 'box', step: 1 }, 100);
  model.noteStep({ cell: 'box', step: 2 }, 1000);
  model.receive(report(process(9, 2)), 6500);
  model.noteStep(undefined, 6600);
  model.receive(report(process(9, 2), process(10, 2)), 30_000);
  expect(origins(model)).toEqual(['1 -', '2 -', '9 in step 2 of “box”', '10 while no cell ran']);
});

test('after a return to another state, what is there is not new', () => {
  const model = new KernelModel();
  model.receive(report(process(9, 2)), 0);
  model.leaveState();
  model.receive(report(process(12, 2)), 10);
  expect(origins(model)).toEqual(['1 -', '2 -', '12 -']);
  model.forget();
  expect(model.report).toBeUndefined();
  expect(model.processes.all).toEqual([]);
});

test('parts that a report leaves out stay unknown', () => {
  const model = new KernelModel();
  model.receive(report(), 0);
  expect(model.report?.groups).toBeUndefined();
  expect(model.groups.all).toEqual([]);
});

test('a part that the report before left out is not new', () => {
  const model = new KernelModel();
  const networks = (...links: ReturnType<typeof link>[]) => [{ namespace: 1, links }];
  model.receive({ ...report(), groups: [group('/')], networks: networks(link(1, 'lo')) }, 0);
  model.receive(report(), 10);
  const both = networks(link(1, 'lo'), link(2, 'eth0'));
  model.receive({ ...report(), groups: [group('/'), group('/box')], networks: both }, 20);
  expect(model.groups.all.map(({ key, origin }) => [key, origin])).toEqual([
    ['/', undefined],
    ['/box', undefined],
  ]);
  expect(model.links.all.map(({ origin }) => origin)).toEqual([undefined, undefined]);
  const more = [group('/'), group('/box'), group('/box/in')];
  model.receive({ ...report(), groups: more, networks: both }, 30);
  expect(model.groups.all.map(({ origin }) => origin)).toEqual([undefined, undefined, []]);
});

test('links of two namespaces with one index are two; mounts of another process are not new', () => {
  const model = new KernelModel();
  const networks = [1, 2].map((namespace) => ({ namespace, links: [link(1, 'lo')] }));
  const mount = { id: 20, parent: 1, root: '/', point: '/', propagation: [], type: 'tmpfs' };
  const mounts = [{ ...mount, source: 'tmpfs', options: 'rw', superOptions: 'rw' }];
  model.receive({ ...report(), networks, mounts: { pid: 1, mounts, cut: false } }, 0);
  expect(model.links.all).toHaveLength(2);
  const others = mounts.map((each) => ({ ...each, id: 31 }));
  model.receive({ ...report(), mounts: { pid: 2, mounts: others, cut: false } }, 5);
  expect(model.mounts.all.map(({ key, origin }) => [key, origin])).toEqual([['31', undefined]]);
});

test('a namespace is followed as long as a process is in it', () => {
  const model = new KernelModel();
  const namespace = { kind: 'net', number: 5 } as const;
  model.receive(report(process(9, 2, { net: 5 })), 0);
  expect(model.find(namespace)).toEqual(namespace);
  expect([...model.sharers(namespace)]).toEqual([9]);
  model.receive(report(), 1);
  expect(model.find(namespace)).toBeUndefined();
});
