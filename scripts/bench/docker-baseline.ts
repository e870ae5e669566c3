/**
 * The system that the image "docker" is compared with: the same kernel, Debian's own packages of Docker Engine with
 * their default runtime and their default settings, and twice the memory. Its snapshot contains the running daemons and
 * the same two images. No container has run in it, and its page cache is empty.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, zstdCompressSync } from 'node:zlib';
import type { DiskEntry } from '../../src/machine/image/manifest.ts';
import { partFile } from '../../src/machine/image/manifest.ts';
import { readImage, readSnapshotEntry } from '../../src/machine/image/read-image.ts';
import type { MachineEffects } from '../../src/machine/load-machine.ts';
import { makeSnapshot } from '../../src/machine/make-snapshot.ts';
import { folderFiles } from '../../src/machine/node-machine.ts';
import { sha256, storeSnapshot } from '../../src/machine/store-snapshot.ts';
import { say } from './figures.ts';
import { buildHere } from './find-baseline.ts';

const MEMORY_BYTES = 320 * 2 ** 20;
const PART_BYTES = 2 ** 20;

/** Puts Debian's programs in place of the image's, and starts the daemons as a reader of Debian's manual would. */
const prepare = [
  'mount -t squashfs /dev/sdb /mnt',
  'for f in bin/docker bin/containerd bin/containerd-shim-runc-v2 sbin/dockerd; do mount --bind /mnt/$f /usr/$f; done',
  'PATH=$PATH:/mnt/sbin; echo /mnt/lib/i386-linux-gnu > /etc/ld.so.conf; ldconfig',
  'rm /etc/docker/daemon.json',
  'setsid containerd > /var/log/containerd.log 2>&1 & until [ -S /run/containerd/containerd.sock ]; do sleep 0.1; done',
  "setsid dockerd > /var/log/dockerd.log 2>&1 & until grep -q 'API listen' /var/log/dockerd.log; do sleep 0.1; done",
  'docker load --quiet --input /usr/share/course/docker-images.tar',
  'sync; echo 3 > /proc/sys/vm/drop_caches',
];

/** Debian's Docker in a machine of its own, and the versions of its packages. */
export interface DockerBaseline {
  effects: MachineEffects;
  programs: string;
}

/** Stores the parts of the disk with Debian's packages in a folder. */
async function storeDisk(disk: Uint8Array, folder: string): Promise<DiskEntry> {
  await mkdir(join(folder, 'parts'), { recursive: true });
  const parts: DiskEntry['layers'][number]['parts'] = [];
  for (let at = 0; at < disk.length; at += PART_BYTES) {
    const part = new Uint8Array(PART_BYTES);
    part.set(disk.subarray(at, at + PART_BYTES));
    const packed = zstdCompressSync(part, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
    const hash = sha256(packed);
    await writeFile(join(folder, partFile(hash)), packed);
    parts.push({ file: partFile(hash), bytes: packed.length, sha256: hash });
  }
  return { layers: [{ name: 'debian', partBytes: PART_BYTES, parts }] };
}

/**
 * Makes the machine with Debian's Docker from the image's machine, unless it exists already. Takes a few minutes.
 * Undefined if the disk with Debian's packages cannot be built here.
 */
export async function findDockerBaseline(
  top: string,
  ours: MachineEffects,
): Promise<DockerBaseline | undefined> {
  const script = join(top, 'guest/baseline/docker.sh');
  const folder = join(top, '.cache/baseline/docker');
  const own = folderFiles(folder);
  const effects: MachineEffects = {
    ...ours,
    hasStockCompiler: true,
    files: {
      ...ours.files,
      readJson: (file, options) => own.readJson(file, options),
      // The kernel and the layers of the first disk are those of the image.
      read: (entry, options) =>
        own.read(entry, options).catch(() => ours.files.read(entry, options)),
    },
  };
  const image = await readImage(ours);
  const scripts = [script, join(top, 'guest/baseline/unpack.sh')].map((path) =>
    readFile(path, 'utf8'),
  );
  const key = createHash('sha256')
    .update(JSON.stringify([image, prepare, ...(await Promise.all(scripts))]))
    .digest('hex');
  const made = await readSnapshotEntry(effects).catch(() => undefined);
  if (made?.key !== key) {
    if (!(await buildHere(script, folder, 'Debian’s Docker'))) return undefined;
    say('making the snapshot of Debian’s Docker (a few minutes)');
    const disk = await storeDisk(await readFile(join(folder, 'docker.sqfs')), folder);
    const changed = {
      ...image,
      memoryBytes: MEMORY_BYTES,
      disks: [...image.disks.slice(0, 1), disk],
    };
    const snapshot = await makeSnapshot(changed, effects, { prepare, recorded: [] });
    await storeSnapshot(folder, ours.image, snapshot, { image: changed, key, level: 1 });
  }
  const programs = await readFile(join(folder, 'docker.txt'), 'utf8');
  return { effects, programs: programs.trim() };
}
