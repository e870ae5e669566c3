/** The agent's reports of control groups, networks and mounts, and that they disturb nothing. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { LocalMachine } from '../local-machine.ts';
import { nodeEffects } from '../node-machine.ts';
import type { GroupInfo, KernelReport, KernelRequest } from './kernel-report.ts';
import { runWithOutput } from '../step-output.ts';
import { machineFolder } from '../../paths.ts';

const machine = new LocalMachine(nodeEffects(machineFolder));
const outputOf = async (command: string): Promise<string> =>
  (await runWithOutput(machine, { session: 'host', command })).output.trim();

let stop = (): void => {};

beforeAll(() => machine.start());
beforeEach(() => machine.reset());
afterEach(() => stop());
afterAll(() => machine.dispose());

/** Observes from now on, and waits for a report that matches. */
function see(
  request: Omit<KernelRequest, 'ms'>,
  is: (report: KernelReport) => boolean = () => true,
): Promise<KernelReport> {
  stop();
  return new Promise((resolve) => {
    stop = machine.observe({ ms: 1, ...request }, (report) => is(report) && resolve(report));
  });
}

const groupOf = (report: KernelReport, path: string): GroupInfo | undefined =>
  report.groups?.find((group) => group.path === path);

test('groups come with their limits and counts, also without processes', async () => {
  await outputOf('cd /sys/fs/cgroup; mkdir -p box/inner "a\tb\\\\" ice');
  await outputOf('echo 8M > box/memory.max; echo 6M > box/memory.high; echo 9 > box/pids.max');
  await outputOf('echo "20000 50000" > box/cpu.max; echo 70 > box/cpu.weight');
  await outputOf('echo 1 > ice/cgroup.freeze; sleep 1000 & echo $! > box/cgroup.procs');
  const report = await see({ groups: true }, (seen) => groupOf(seen, '/ice')?.frozen === true);
  expect(report.groupsCut).toBe(false);
  expect(groupOf(report, '/box')).toMatchObject({
    processes: 1,
    frozen: false,
    memory: { max: 8 << 20, high: 6 << 20, oomKills: 0 },
    cpu: { quota: 20_000, period: 50_000, weight: 70 },
    pids: { current: 1, max: 9 },
  });
  expect(groupOf(report, '/a\tb\\')).toMatchObject({ processes: 0, memory: { current: 0 } });
  expect(groupOf(report, '/a\tb\\')?.memory).not.toHaveProperty('max');
  expect(groupOf(report, '/box/inner')).toMatchObject({ processes: 0, pids: {} });
  const usage = Number(await outputOf('grep -oP "usage_usec \\K.*" cpu.stat'));
  const root = groupOf(await see({ groups: true }), '/');
  expect(root?.cpu.usage).toBeGreaterThanOrEqual(usage);
  expect(root?.pressure).toHaveProperty('memory');
});

test('a group counts the processes that the kernel has killed for its memory', async () => {
  await outputOf('mkdir /sys/fs/cgroup/box; echo 4M > /sys/fs/cgroup/box/memory.max');
  await outputOf('sh -c "echo \\$\\$ > /sys/fs/cgroup/box/cgroup.procs; tail /dev/zero"');
  const report = await see({ groups: true });
  expect(groupOf(report, '/box')?.memory.oomKills).toBe(1);
  expect(groupOf(report, '/box')?.processes).toBe(0);
});

test('of very many and very deep groups, those nearest to the root come', async () => {
  await outputOf(
    'cd /sys/fs/cgroup; n=$(printf "%0200d"); for i in $(seq 40); do mkdir $n; cd $n; done',
  );
  const deep = await see({ groups: true });
  expect(deep.groupsCut).toBe(true);
  expect(deep.groups?.length).toBeGreaterThan(5);
  await outputOf('cd /sys/fs/cgroup; seq 1000 | xargs mkdir');
  const many = await see({ groups: true });
  expect(many.groupsCut).toBe(true);
  expect(many.groups).toHaveLength(256);
  expect(many.groups?.[0]?.path).toBe('/');
});

test('links come with their kinds, ends, bridges and addresses, in each network', async () => {
  await outputOf('unshare --net sleep 1000 & sleep 0.3; ip link add br0 type bridge');
  await outputOf('ip link add v0 type veth peer name v1 netns $!; ip link set v0 master br0 up');
  await outputOf('ip addr add 10.0.0.1/24 dev br0; ip addr add 10.0.0.9/32 dev br0');
  await outputOf(
    'nsenter --net --target $! ip addr add fd00::2/64 dev v1; ip link add d0 type dummy',
  );
  await outputOf('ip link add link d0 name d0.5 type vlan id 5; ip link set br0 up');
  const report = await see({ networks: true });
  const number = (of: string): Promise<string> => outputOf(`readlink /proc/${of}/ns/net`);
  const [first, second, ...more] = report.networks ?? [];
  expect(more).toEqual([]);
  expect(`net:[${first?.namespace}]`).toBe(await number('1'));
  expect(`net:[${second?.namespace}]`).toBe(await number('$!'));
  const link = (name: string) => [...(first?.links ?? [])].find((each) => each.name === name);
  const inner = second?.links.find(({ name }) => name === 'v1');
  expect(link('lo')).toMatchObject({ index: 1, isUp: true });
  expect(link('br0')).toMatchObject({ kind: 'bridge', isUp: true });
  expect(link('br0')?.addresses).toEqual(expect.arrayContaining(['10.0.0.1/24', '10.0.0.9/32']));
  expect(link('v0')).toMatchObject({
    kind: 'veth',
    peer: inner?.index,
    master: link('br0')?.index,
  });
  expect(inner).toMatchObject({ kind: 'veth', isUp: false, peer: link('v0')?.index });
  expect(inner).not.toHaveProperty('master');
  expect(inner?.addresses).toEqual(['fd00::2/64']);
  expect(link('d0')).toMatchObject({ kind: 'dummy', isUp: false });
  expect(link('d0.5')).toMatchObject({ kind: 'vlan' });
});

test('the mounts are those of the chosen process, none after its end', async () => {
  await outputOf('mkdir "/tmp/a b"; unshare --mount sleep 1000 & sleep 0.3');
  await outputOf('nsenter --mount --target $! mount -t tmpfs -o size=8k,nosuid "x y" "/tmp/a b"');
  const pid = Number(await outputOf('echo $!'));
  const { mounts } = await see({ mountsOf: pid });
  expect(mounts).toMatchObject({ pid, cut: false });
  expect(mounts?.mounts.at(-1)).toMatchObject({ point: '/tmp/a b', type: 'tmpfs', source: 'x y' });
  expect(mounts?.mounts.at(-1)?.options).toContain('nosuid');
  const own = await see({ mountsOf: 1 });
  expect(own.mounts?.mounts.some(({ point }) => point === '/tmp/a b')).toBe(false);
  await outputOf(`kill ${pid}; wait`);
  expect((await see({ mountsOf: pid })).mounts).toEqual({ pid, mounts: [], cut: false });
});

test('a network ends with its last process while it is observed', async () => {
  await outputOf('unshare --net sleep 1000 & sleep 0.3; ip link add v0 type veth peer v1 netns $!');
  await see({ networks: true }, ({ networks }) => networks?.[1]?.links.length === 2);
  expect(await outputOf('ip -o link show v0 | wc -l')).toBe('1');
  const gone = see({ networks: true }, ({ networks }) => networks?.length === 1);
  await outputOf(
    'kill $!; wait; for i in $(seq 200); do ip link show v0 || break; sleep 0.02; done',
  );
  expect(await outputOf('ip -o link show v0 | wc -l')).toMatch(/0$/);
  expect((await gone).networks?.[0]?.links.map(({ name }) => name)).not.toContain('v0');
});

test('readers see the same with an observer and without one', async () => {
  const all = { groups: true, networks: true, mountsOf: 1 };
  /** Everything that commands print of the objects that the agent looks at, after `look`. */
  const print = async (look: () => Promise<unknown>): Promise<string> => {
    await machine.reset();
    await outputOf(
      'unshare --net sleep 1000 & unshare --net sleep 1000 & sleep 0.3; mkdir /sys/fs/cgroup/g',
    );
    await outputOf(
      'set -- $(pgrep sleep); ip link add br0 type bridge; ip link set br0 address 02:00:00:00:00:09',
    );
    for (const end of [1, 2]) {
      const peer = `peer name e0 address 02:00:00:00:01:0${end} netns $${end}`;
      await outputOf(`ip link add v${end} address 02:00:00:00:00:0${end} type veth ${peer}`);
    }
    await outputOf('nsenter --net --target $1 ip link set e0 netns $2 name e9');
    await look();
    return [
      await outputOf(
        'ip -d link; ip netns list-id; for i in $1 $2; do nsenter --net --target $i ip -d link; done',
      ),
      await outputOf(
        'lsns --noheadings --output TYPE | sort | uniq -c; cut -d " " -f 1 /proc/modules; ls /proc/1/fd',
      ),
      await outputOf(
        'grep -E "^(Cap|NS)" /proc/1/status; readlink /proc/1/ns/*; chrt -p 1; cat /proc/self/mountinfo',
      ),
    ].join('\n');
  };
  const alone = await print(() => outputOf('sleep 0.3'));
  const observed = await print(async () => {
    await see(all, ({ networks }) => networks?.length === 3);
    let reports = 0;
    await see(all, () => ++reports === 3);
  });
  expect(observed).toBe(alone);
  expect(alone).toContain('link-netnsid');
});

test('a reader can unmount the groups while they are observed', async () => {
  await see({ groups: true });
  expect(await outputOf('umount /sys/fs/cgroup && ls /sys/fs/cgroup')).toBe('');
  await outputOf(
    'mount -t cgroup2 -o nsdelegate,memory_recursiveprot cgroup2 /mnt; mkdir /mnt/later',
  );
  const report = await see({ groups: true });
  expect(groupOf(report, '/later')).toBeDefined();
});

test('reading leaves access times as they are', async () => {
  await outputOf('mkdir -p /sys/fs/cgroup/g/inner');
  const files = '/sys/fs/cgroup/g /sys/fs/cgroup/g/memory.max /proc/1/stat /proc/1/mountinfo';
  const times = (): Promise<string> => outputOf(`stat -c "%x %n" ${files}`);
  const before = await times();
  let reports = 0;
  await see({ groups: true, mountsOf: 1 }, () => ++reports === 3);
  expect(await times()).toBe(before);
  await outputOf('ls /sys/fs/cgroup/g');
  expect(await times()).not.toBe(before);
});
