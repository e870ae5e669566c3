/**
 * Times shell loops in turns: in our machine, in ours with netfilter's modules, and in the baseline with both compile
 * settings.
 */
import type { MachineEffects } from '../../src/machine/load-machine.ts';
import { LocalMachine } from '../../src/machine/local-machine.ts';
import type { BootedBaseline, CompileSetting } from './baseline.ts';
import { RUNS, say, time } from './figures.ts';
import type { Comparison } from './report.ts';
import { machineShell } from './shell.ts';
import type { Shell } from './shell.ts';

/** A command, and the number of rounds of its shell loop: the same on all machines. */
interface Task {
  what: string;
  command: string;
  rounds: number;
  aim: number;
}

const tasks: readonly Task[] = [
  { what: 'fork, exec and exit of `/bin/true`', command: '/bin/true', rounds: 50, aim: 4 },
  {
    what: '`unshare` of six namespaces, with `/proc`',
    command:
      'unshare --fork --mount --uts --ipc --net --pid --user --mount-proc --map-root-user true',
    rounds: 20,
    aim: 2.8,
  },
  { what: '`crun run`', command: 'crun run bench', rounds: 8, aim: 2.8 },
];

/** A container of /bin/true; the libraries are for the baseline, where it is a dynamic program. */
const bundle = [
  'mkdir -p /tmp/b/rootfs/bin /tmp/b/rootfs/lib/i386-linux-gnu && cd /tmp/b',
  'cp /bin/true rootfs/bin/ && cp /lib/ld-linux.so.2 rootfs/lib/',
  'cp /lib/i386-linux-gnu/libc.so.6 rootfs/lib/i386-linux-gnu/',
  'crun spec && sed -i \'s/"sh"/"true"/; s/"terminal": true/"terminal": false/\' config.json',
];

/**
 * Loads the modules of netfilter as a reader's first rules do. The kernel then has more to set up for each new
 * network namespace.
 */
const netfilter = [
  'nft add table inet bench',
  "nft add chain inet bench in '{ type filter hook input priority 0; }'",
  'nft add rule inet bench in ct state established counter accept',
  'iptables -t nat -A POSTROUTING -s 10.99.0.0/24 -j MASQUERADE',
];

/**
 * The number of turns that each machine takes in a run. With several short turns, other load on the computer slows all
 * machines alike.
 */
const TURNS = 4;
/** Warm-up loops: the engine compiles frequent code, so it gets faster during the first thousand processes. */
const WARM_UPS = 5;

/** Milliseconds per round for each shell. They run their loops in turns, while the others are paused. */
async function timeLoops(
  shells: readonly Shell[],
  { command, rounds }: Pick<Task, 'command' | 'rounds'>,
): Promise<number[][]> {
  const loop = `for i in $(seq ${rounds}); do ${command}; done`;
  const measured: number[][] = [];
  for (let run = 0; run < WARM_UPS + RUNS; run++) {
    const spent = shells.map(() => 0);
    for (let turn = 0; turn < TURNS; turn++) {
      for (const [at, shell] of shells.entries()) {
        await shell.resume();
        spent[at] = (spent[at] ?? 0) + (await time(() => shell.run(loop)));
        await shell.pause();
      }
    }
    measured.push(spent.map((ms) => ms / TURNS / rounds));
  }
  return shells.map((_, at) => measured.slice(WARM_UPS).map((spent) => spent[at] ?? NaN));
}

/** Runs all tasks in our two machines and in the baselines, if there are any. Rejects when a command fails. */
export async function compareLoops(
  effects: MachineEffects,
  baselines: Record<CompileSetting, BootedBaseline> | undefined,
): Promise<Comparison[]> {
  const machines = [new LocalMachine(effects), new LocalMachine(effects)] as const;
  for (const machine of machines) await machine.start();
  const [plainShell, netfilterShell] = [machineShell(machines[0]), machineShell(machines[1])];
  for (const command of netfilter) await netfilterShell.run(command);
  const baselineShells = baselines ? [baselines.stock.shell, baselines.tuned.shell] : [];
  const shells = [plainShell, netfilterShell, ...baselineShells];
  for (const shell of shells) await shell.pause();
  for (const shell of shells) {
    await shell.resume();
    for (const command of bundle) await shell.run(command);
    await shell.pause();
  }
  const comparisons: Comparison[] = [];
  for (const { what, aim, ...task } of tasks) {
    say(what);
    const [ours = [], withNetfilter, baseline, tunedBaseline] = await timeLoops(shells, task);
    comparisons.push({ what, aim, ours, withNetfilter, baseline, tunedBaseline });
  }
  for (const machine of machines) await machine.dispose();
  return comparisons;
}
