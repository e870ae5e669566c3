/**
 * Measures what a reader waits for and prints medians of five. Reports; asserts nothing.
 * Needs a built site (npm run build). usage: npm run bench
 */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { coldBoot } from '../src/machine/cold-boot.ts';
import { LocalMachine } from '../src/machine/local-machine.ts';
import { parseManifest } from '../src/machine/manifest.ts';
import { nodeEffects } from '../src/machine/node-machine.ts';
import { measureInBrowser } from './bench-browser.ts';

const RUNS = 5;
const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const effects = nodeEffects(join(top, 'public/machine'));

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function report(what: string, values: number[], unit = 'ms'): void {
  const digits = unit === 'ms' ? 0 : 2;
  const [middle, least, most] = [median(values), Math.min(...values), Math.max(...values)].map(
    (value) => value.toFixed(digits),
  );
  console.log(`${what.padEnd(46)} ${`${middle} ${unit}`.padStart(12)}   (${least} to ${most})`);
}

async function times(task: () => Promise<unknown>, count = RUNS): Promise<number[]> {
  const measured: number[] = [];
  for (let i = 0; i < count; i++) {
    const begun = performance.now();
    await task();
    measured.push(performance.now() - begun);
  }
  return measured;
}

/** What the server sends for a first Run beside the page itself: text and engine gzipped. */
async function measureBytes(): Promise<void> {
  const assets = join(top, 'dist/_astro');
  let bytes = 0;
  for (const file of await readdir(assets)) {
    const needed = file.endsWith('.wasm') || /^(machine\.worker|page-machine)/.test(file);
    if (needed) bytes += gzipSync(await readFile(join(assets, file))).length;
  }
  console.log(
    `${'engine and worker, gzipped'.padEnd(46)} ${(bytes / 1e6).toFixed(2).padStart(9)} MB`,
  );
  const { bytes: snapshot } = (await effects.files.readJson('snapshot.json')) as { bytes: number };
  const manifest = gzipSync(await readFile(join(top, 'public/machine/manifest.json'))).length;
  const total = (bytes + snapshot + manifest) / 1e6;
  console.log(`${'bytes to the first Run'.padEnd(46)} ${total.toFixed(2).padStart(9)} MB`);
}

const crunBundle = [
  'mkdir -p /tmp/b/rootfs/bin && cd /tmp/b && cp /bin/busybox rootfs/bin/ && ln -s busybox rootfs/bin/true',
  'crun spec && sed -i \'s/"sh"/"true"/; s/"terminal": true/"terminal": false/\' config.json',
];

async function measureInNode(): Promise<void> {
  const machine = new LocalMachine(effects);
  const run = (command: string) => machine.run({ session: 'host', command });
  const each = async (count: number, command: string): Promise<number[]> => {
    const loop = `for i in $(seq ${count}); do ${command}; done`;
    // The engine compiles what runs often; a reset has made it forget.
    for (let i = 0; i < 5; i++) await run(loop);
    return (await times(() => run(loop))).map((ms) => ms / count);
  };
  const starts: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const fresh = new LocalMachine(effects);
    starts.push(...(await times(() => fresh.start(), 1)));
    await fresh.dispose();
  }
  report('start: inflate, restore, first answer (Node)', starts);
  await machine.start();
  await machine.reset();
  report('reset', await times(() => machine.reset()));
  await run('echo');
  report('echo', await times(() => run('echo hello')));
  report('fork, exec and exit of a static program', await each(20, '/bin/busybox true'));
  report(
    'fork, exec and exit of a dynamic program',
    await each(20, '/usr/bin/setpriv --version > /dev/null'),
  );
  report(
    'unshare of six namespaces',
    await each(
      5,
      'unshare --fork --mount --uts --ipc --net --pid --user --mount-proc --map-root-user true',
    ),
  );
  for (const command of crunBundle) await run(command);
  report('crun run', await each(3, 'crun run bench'));
  await machine.dispose();
}

async function measureColdBoot(): Promise<void> {
  const manifest = parseManifest(await effects.files.readJson('manifest.json'));
  const boots = await times(async () => {
    const { engine } = await coldBoot(manifest, effects);
    await engine.destroy();
  });
  report('cold boot to the agent', boots);
}

console.log(`Node ${process.version}, ${process.platform} ${process.arch}, medians of ${RUNS}\n`);
await measureBytes();
const browser = await measureInBrowser(RUNS);
report('click to first output, nothing cached', browser.cold);
report('click to first output, files cached', browser.cached);
report('click to first output, machine running', browser.warm);
report('long tasks over 50 ms while a page runs', browser.longTasks, 'tasks');
report('longest task of the page', browser.longest);
await measureInNode();
await measureColdBoot();
process.exit(0);
