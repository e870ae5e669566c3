/**
 * Makes the snapshot from which every machine starts: boots the base image in Node, saves the state
 * beside the image, and records what cells read of the disk. Does nothing when the one that is there
 * was made from the same inputs.
 * usage: node scripts/machine/snapshot.ts [--level N]   (zstd level; 19 unless given, 10 is quick)
 */
import { createHash } from 'node:crypto';
import { access, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { constants, zstdCompressSync } from 'node:zlib';
import type { Channel } from '../../src/machine/agent/channel.ts';
import { coldBoot, MEMORY_BYTES } from '../../src/machine/cold-boot.ts';
import { parseManifest, parseSnapshotEntry } from '../../src/machine/image/manifest.ts';
import type { SnapshotEntry } from '../../src/machine/image/manifest.ts';
import { withOutput } from '../../src/machine/step-output.ts';
import { installedEngineVersion, nodeEffects } from '../../src/machine/node-machine.ts';
import { hashTree, isCode } from '../../src/hash-tree.ts';
import { machineFolder, top } from '../../src/paths.ts';

const { values } = parseArgs({ options: { level: { type: 'string', default: '19' } } });
const level = Number(values.level);
const folder = machineFolder;

/** Sources that decide what is in the snapshot. */
const sources = ['scripts/machine/snapshot.ts', 'src/machine'];

/**
 * What lies in the page cache of the snapshot: only what the first command of a reader needs. More
 * would have to be fetched by everybody; the rest comes from the disk, in the order recorded below.
 */
const prepare = [
  // Else the kernel reads more of each file than is used.
  'echo 16 > /sys/block/sda/queue/read_ahead_kb; sync; echo 3 > /proc/sys/vm/drop_caches',
  'uname --kernel-name --kernel-release --machine',
  'echo 128 > /sys/block/sda/queue/read_ahead_kb',
  // A second after it was mounted, ext4 reads from the scratch disk once more. In a reader's first
  // seconds that would be an interrupt that no command has caused.
  'sleep 2',
];

/** Run after the snapshot was taken. The parts that this reads are fetched ahead, in the same order. */
const recorded = [
  'ps -o pid,comm -p 1; ls /proc/1/ns; cat /proc/version; hostname; id; date; dmesg > /dev/null',
  'unshare --fork --pid --mount-proc bash -i -c "ps -ef; kill -0 1"; true',
  'unshare --uts --mount --ipc --net --user --map-root-user true; nsenter --help | head -1',
  'lsns; free -m; findmnt > /dev/null; sh -c true; grep NSpid /proc/self/status; sleep 0.1 & wait',
  'ip -brief link; crun --version > /dev/null',
];

async function inputKey(): Promise<string> {
  const hash = createHash('sha256').update(`${installedEngineVersion()}\n`);
  hash.update(await readFile(join(folder, 'manifest.json')));
  return hash.update(await hashTree(top, sources, isCode)).digest('hex');
}

async function isCurrent(key: string): Promise<boolean> {
  try {
    const text = await readFile(join(folder, 'snapshot.json'), 'utf8');
    const entry = parseSnapshotEntry(JSON.parse(text));
    await access(join(folder, entry.file));
    return entry.key === key && entry.level >= level;
  } catch {
    return false; // none, or one of another format
  }
}

async function runAll(channel: Channel, commands: readonly string[]): Promise<void> {
  const session = channel.session('prepare');
  for (const command of commands) {
    const { status, output } = await withOutput((onOutput) => session.run(command, onOutput));
    if (status !== 0) throw new Error(`The command "${command}" ended with ${status}:\n${output}`);
  }
  await session.run('exit');
}

async function makeSnapshot(key: string): Promise<SnapshotEntry> {
  const manifest = parseManifest(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
  console.log(`snapshot: booting ${manifest.kernel.version}`);
  const { engine, channel, partsRead } = await coldBoot(manifest, nodeEffects(folder));
  await runAll(channel, prepare);
  // The sessions of the reader stand at their prompts already.
  await channel.session('host').run('true');
  await channel.settle();
  await channel.ping();
  await engine.pause();
  const sessions = channel.describe();
  const state = await engine.save();
  console.log('snapshot: recording what cells read of the disk');
  partsRead.clear();
  await engine.run();
  await runAll(channel, recorded);
  console.log(`snapshot: packing ${(state.length / 1e6).toFixed(1)} MB`);
  const packed = zstdCompressSync(state, {
    params: {
      [constants.ZSTD_c_compressionLevel]: level,
      [constants.ZSTD_c_windowLog]: 23,
    },
  });
  const sha256 = createHash('sha256').update(packed).digest('hex');
  const entry: SnapshotEntry = {
    format: 1,
    file: `snapshot-${sha256.slice(0, 8)}.bin`,
    bytes: packed.length,
    sha256,
    inflatedBytes: state.length,
    engine: installedEngineVersion(),
    memoryBytes: MEMORY_BYTES,
    key,
    level,
    sessions,
    prefetch: [...partsRead],
  };
  for (const old of await readdir(folder)) {
    if (old.startsWith('snapshot')) await rm(join(folder, old));
  }
  await writeFile(join(folder, entry.file), packed);
  await writeFile(join(folder, 'snapshot.json'), `${JSON.stringify(entry, undefined, 2)}\n`);
  return entry;
}

const key = await inputKey();
if (await isCurrent(key)) {
  console.log('snapshot: up to date');
} else {
  const entry = await makeSnapshot(key);
  console.log(`snapshot: ${entry.file}, ${(entry.bytes / 1e6).toFixed(1)} MB`);
}
process.exit(0);
