/** The agent's reports of the machine's processes. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LocalMachine } from '../local-machine.ts';
import { nodeEffects } from '../node-machine.ts';
import type { KernelReport } from './kernel-report.ts';
import type { ProcessInfo } from './processes.ts';
import { runWithOutput } from '../step-output.ts';
import { machineFolder } from '../../paths.ts';

/** An i386 ELF program whose second thread has a child process. All three wait. */
function forksInThread(): Uint8Array {
  const [start, headers] = [0x08048000, 52 + 32];
  const code = [
    ...[0xb8, 120, 0, 0, 0], // mov eax, 120 (clone)
    ...[0xbb, 0x00, 0x0f, 0x01, 0x00], // mov ebx, CLONE_VM | _FS | _FILES | _SIGHAND | _THREAD
    ...[0x31, 0xc9, 0x31, 0xd2, 0x31, 0xf6, 0x31, 0xff], // xor ecx, edx, esi, edi: the same stack
    ...[0xcd, 0x80], // int 0x80
    ...[0x85, 0xc0, 0x75, 0x07], // test eax, eax; jnz to the end: the first thread
    ...[0xb8, 2, 0, 0, 0, 0xcd, 0x80], // mov eax, 2 (fork); int 0x80
    ...[0xb8, 29, 0, 0, 0, 0xcd, 0x80, 0xeb, 0xf7], // mov eax, 29 (pause); int 0x80; again
  ];
  const file = new Uint8Array(headers + code.length);
  const view = new DataView(file.buffer);
  file.set([0x7f, 0x45, 0x4c, 0x46, 1, 1, 1]);
  for (const [at, value] of [
    [16, 2], // ET_EXEC
    [18, 3], // EM_386
    [40, 52], // size of this header
    [42, 32], // size of a program header
    [44, 1], // how many of them
  ] as const)
    view.setUint16(at, value, true);
  for (const [at, value] of [
    [20, 1], // version
    [24, start + headers], // entry
    [28, 52], // where the program header is
    [52, 1], // PT_LOAD, of all of the file
    [60, start],
    [68, file.length],
    [72, file.length],
    [76, 5], // readable, executable
    [80, 0x1000], // alignment
  ] as const)
    view.setUint32(at, value, true);
  file.set(code, headers);
  return file;
}

const machine = new LocalMachine(nodeEffects(machineFolder));
const outputOf = async (command: string): Promise<string> =>
  (await runWithOutput(machine, { session: 'host', command })).output.trim();

beforeAll(() => machine.start());
beforeEach(() => machine.reset());
afterAll(() => machine.dispose());

describe('observation', () => {
  let stop = (): void => {};

  /** Waits for a list that matches. */
  function seeAll(is: (list: KernelReport) => boolean): Promise<KernelReport> {
    stop();
    return new Promise((resolve) => {
      stop = machine.observe({ ms: 1 }, (list) => is(list) && resolve(list));
    });
  }

  /** Waits for a list with a process that matches. */
  async function see(is: (process: ProcessInfo) => boolean): Promise<ProcessInfo> {
    const { processes } = await seeAll((list) => list.processes.some(is));
    return processes.find(is) as ProcessInfo;
  }

  test('reports processes with their namespaces, PIDs and groups', async () => {
    const init = await see(({ pid }) => pid === 1);
    expect(init).toMatchObject({ parent: 0, name: 'init', group: '/', pids: [1] });
    const seen = see(({ pids }) => pids.length === 2);
    await outputOf('mkdir /sys/fs/cgroup/box; echo $$ > /sys/fs/cgroup/box/cgroup.procs');
    await outputOf('unshare --pid --uts --fork sleep 1000 & sleep 0.5');
    const inner = await seen;
    expect(inner).toMatchObject({ name: 'sleep', group: '/box' });
    expect(inner.pids).toEqual([inner.pid, 1]);
    const link = await outputOf(`readlink /proc/${inner.pid}/ns/uts`);
    expect(link).toBe(`uts:[${inner.namespaces.uts}]`);
    expect(inner.namespaces.uts).not.toBe(init.namespaces.uts);
    expect(inner.namespaces.net).toBe(init.namespaces.net);
  });

  test('reports children of threads', async () => {
    await machine.putFile('/tmp/threads', forksInThread(), 0o755);
    await outputOf('/tmp/threads & sleep 0.5');
    expect(await outputOf('pgrep -c threads; ls /proc/$!/task | wc -l')).toBe('2\n2');
    const { processes } = await seeAll(() => true);
    const [first, second] = processes.filter(({ name }) => name === 'threads');
    expect(second).toMatchObject({ parent: first?.pid });
  });

  test('reports the first 256 of very many processes, and that there are more', async () => {
    // Subshells start quickly, since they execute no program.
    await outputOf('mkfifo /tmp/pipe; for ((i = 0; i < 260; i++)); do read < /tmp/pipe & done');
    const { processes, cut } = await seeAll(() => true);
    expect(cut).toBe(true);
    expect(processes.length).toBe(256);
    expect(new Set(processes.map(({ pid }) => pid)).size).toBe(256);
    expect(processes[0]?.pid).toBe(1);
    await outputOf('kill $(jobs -p); wait');
    const fewer = await seeAll((list) => !list.cut);
    expect(fewer.processes.length).toBeLessThan(10);
  });

  test('continues after a reset, and ends without listeners', async () => {
    await see(({ pid }) => pid === 1);
    const seen = see(({ name }) => name === 'sleep');
    await machine.reset();
    await outputOf('sleep 1000 &');
    await seen;
    let lists = 0;
    stop();
    machine.observe({ ms: 1 }, () => lists++)();
    await outputOf('sleep 0.1 & sleep 0.3');
    expect(lists).toBe(0);
  });
});
