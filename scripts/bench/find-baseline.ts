/** Finds the baseline's files, and builds them with guest/baseline/build.sh if needed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from './figures.ts';

/** A kernel and an initramfs, with their versions. */
export interface Baseline {
  /** Release of its kernel. */
  kernel: string;
  /** Its packages with their versions. */
  programs: string;
  vmlinuz: Uint8Array<ArrayBuffer>;
  initrd: Uint8Array<ArrayBuffer>;
}

async function recipeHash(source: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['build.sh', 'init', 'unpack.sh'])
    hash.update(await readFile(join(source, file)));
  return hash.digest('hex');
}

async function read(source: string, built: string): Promise<Baseline | undefined> {
  const file = async (name: string) => new Uint8Array(await readFile(join(built, name)));
  const recipe = await recipeHash(source);
  try {
    const text = await readFile(join(built, 'info.json'), 'utf8');
    const info = JSON.parse(text) as Record<'recipe' | 'kernel' | 'programs', string>;
    if (info.recipe !== recipe) return undefined;
    const { kernel, programs } = info;
    return { kernel, programs, vmlinuz: await file('vmlinuz'), initrd: await file('initrd.cpio') };
  } catch {
    return undefined; // not built yet, or not completely
  }
}

/** Runs a build script, which writes to a folder. Resolves to whether that worked; if not, prints the reason. */
export async function buildHere(script: string, built: string, what: string): Promise<boolean> {
  const system = await readFile('/etc/os-release', 'utf8').catch(() => '');
  if (process.getuid?.() !== 0 || !/^ID=debian$/m.test(system)) {
    say(`${what} is left out: run \`npm run bench\` once as root on Debian 12 to build it.`);
    return false;
  }
  say(`building ${what} (about a minute)`);
  const building = spawn('bash', [script, built], { stdio: 'inherit' });
  const [status] = (await once(building, 'exit')) as [number | null];
  if (status !== 0) say(`${what} is left out: its build failed, for the reason above.`);
  return status === 0;
}

const build = (source: string, built: string): Promise<boolean> =>
  buildHere(join(source, 'build.sh'), built, 'the baseline');

/** The baseline, built first if it is missing or outdated. Undefined if it cannot be built here. */
export async function findBaseline(top: string, make = build): Promise<Baseline | undefined> {
  const source = join(top, 'guest/baseline');
  const built = join(top, '.cache/baseline');
  const found = await read(source, built);
  if (found) return found;
  return (await make(source, built)) ? read(source, built) : undefined;
}
