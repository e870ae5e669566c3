/** Docker Engine as it is in the snapshot of the image "docker". Counts are in guest instructions, see docs/levers.md. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { downloadStart } from '../../../src/machine/image/start-files.ts';
import { loadMachine, readStart } from '../../../src/machine/load-machine.ts';
import type { LoadedMachine } from '../../../src/machine/load-machine.ts';
import { nodeEffects } from '../../../src/machine/node-machine.ts';
import { withOutput } from '../../../src/machine/step-output.ts';
import { machineFolder } from '../../../src/paths.ts';

let machine: LoadedMachine;

beforeAll(async () => {
  const effects = nodeEffects(machineFolder, 'docker');
  const { signal } = new AbortController();
  const files = await downloadStart(effects, { signal, onProgress: () => {} });
  const onFailure = (error: Error): void => machine.channel.fail(error as never);
  machine = await loadMachine(await readStart(files), effects, { signal, onFailure });
  const { engine, channel, start } = machine;
  await engine.restore(start.state);
  channel.adopt(start.sessions);
  await engine.run();
  await channel.greet();
});
afterAll(() => machine.engine.destroy());

/** Runs a command in the guest. Returns its output, and its instructions in millions. */
async function run(command: string): Promise<{ output: string; millions: number }> {
  const { engine, channel } = machine;
  const before = engine.instructions();
  const { status, output } = await withOutput((onOutput) =>
    channel.session('host').run(command, { onOutput }),
  );
  expect(status, output).toBe(0);
  return { output, millions: ((engine.instructions() - before) >>> 0) / 1e6 };
}

test('the engine’s parts run side by side, and no container runs', async () => {
  const { output } = await run('ps -C dockerd,containerd -o ppid=,comm=');
  expect(output.trim().split(/\s+/).toSorted()).toEqual(['1', '1', 'containerd', 'dockerd']);
  expect((await run('docker ps --all --quiet')).output).toBe('');
});

test('two images are present, and share a layer', async () => {
  const { output } = await run(
    'docker inspect --format \'{{join .RootFS.Layers " "}}\' busybox web',
  );
  const [busybox = [], web = []] = output
    .trim()
    .split(/\s*\n/)
    .map((line) => line.split(' '));
  expect(busybox).toHaveLength(1);
  expect(web).toHaveLength(2);
  expect(web[0]).toBe(busybox[0]);
});

test('the first containers take few instructions', async () => {
  const first = await run('docker run --rm --network none busybox echo hello');
  expect(first.output).toBe('hello\n');
  expect(first.millions).toBeLessThan(150); // Debian's binaries and runc: 1070
  expect(first.millions).toBeGreaterThan(50); // otherwise it has not run
});

test.each([
  ['docker ps', 32, 'CONTAINER ID'], // Debian's: 190 for the first
  ['docker run --rm busybox ip -4 -o address', 150, '172.17.0.'], // Debian's: 889
])('a settled `%s` takes few instructions', async (command, most, text) => {
  const runs = [];
  for (let i = 0; i < 4; i++) runs.push(await run(command));
  for (const { output } of runs) expect(output).toContain(text);
  const least = Math.min(...runs.map(({ millions }) => millions));
  expect(least).toBeLessThan(most);
  expect(least).toBeGreaterThan(most / 4);
});

test('the hook that reports a network namespace explains what is wrong', async () => {
  const hook = '/usr/libexec/docker/docker-setkey';
  const { output } = await run(
    `${hook} 2>&1; echo '{}' | ${hook} -exec-root=/run/docker a b 2>&1; echo '{"pid":1}' | ${hook} -exec-root=/nowhere a b 2>&1; true`,
  );
  expect(
    output
      .trim()
      .split('\n')
      .map((line) => line.trim()),
  ).toEqual([
    'docker-setkey: arguments: Invalid argument',
    'docker-setkey: state without a pid: Invalid argument',
    'docker-setkey: /nowhere/libnetwork/b.sock: No such file or directory',
  ]);
});

test('each daemon runs in a cgroup of its own, with which containers get a limit for swap', async () => {
  const { output } = await run(
    'cat /proc/$(pidof containerd)/cgroup /proc/$(pidof dockerd)/cgroup',
  );
  expect(output.trim().split(/\s+/)).toEqual([
    '0::/system.slice/containerd.service',
    '0::/system.slice/docker.service',
  ]);
  // This kernel has no cpusets.
  expect((await run('docker info 2>&1 | grep WARNING')).output.trim()).toBe(
    'WARNING: No cpuset support',
  );
});

test('docker update changes the limits of a container that crun has started', async () => {
  const limits = 'grep . memory.max memory.swap.max pids.max';
  await run('docker run --detach --name limited --memory 32m busybox sleep 1000');
  const { output } = await run(
    `cd /sys/fs/cgroup/docker/$(docker inspect -f '{{.Id}}' limited) && docker update --memory 48m --pids-limit 30 limited && ${limits}; cd`,
  );
  expect(output.trim().split(/\s+/)).toEqual([
    'limited',
    'memory.max:50331648',
    'memory.swap.max:33554432',
    'pids.max:30',
  ]);
  await run('docker rm --force limited');
});

test('there are manual pages, and an index of them and of those of the layer below', async () => {
  expect((await run('man docker-run | cat')).output).toContain(
    'docker-run - Run a command in a new container',
  );
  const { output } = await run('whatis docker-run dockerd runc-list unshare');
  const titles = output.trim().split('\n');
  expect(titles.map((line) => line.replace(/ +- .*/, '').trim())).toEqual([
    'docker-run (1)',
    'unshare (1)',
    'unshare (2)',
    'dockerd (8)',
    'runc-list (8)',
  ]);
});

test('the versions are complete', async () => {
  const format =
    '{{range .Server.Components}}{{.Name}} {{.Version}} {{index .Details "GitCommit"}}\n{{end}}';
  const { output } = await run(`docker version --format '${format}'`);
  expect(output).toContain('containerd 1.6.20~ds1 1.6.20~ds1-1+deb12u3');
});
