/**
 * The two kinds of JSON file that describe images: images.json, written by guest/pack.ts, from which snapshots
 * are made, and an image's snapshot.json, written by the site's build, from which its machines start.
 */
import * as z from 'zod/mini';
import { MachineError } from '../errors.ts';

// zod compiles its checks with eval unless this is set; the pages' policy forbids that.
z.config({ jitless: true });

const count = z.int().check(z.nonnegative());
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
/** A file below the machine's folder, with its length and hash. */
const file = z.object({
  file: z.string().check(z.regex(/^\w[\w-]*\/\w[\w.-]*$/)),
  bytes: count,
  sha256,
});
const storedPart = z.object({ bytes: count, sha256 });
const part = z.codec(storedPart, file, {
  decode: (entry) => ({ file: partFile(entry.sha256), ...entry }),
  encode: ({ bytes, sha256: hash }) => ({ bytes, sha256: hash }),
});
const layer = z.object({
  name: z.string(),
  /** Inflated length of each of its parts. */
  partBytes: count,
  /** Null stands for a part of zeros. */
  parts: z.array(z.nullable(part)),
});
const disk = z.object({
  /** In their order on the disk, each in whole parts. */
  layers: z.array(layer),
});
const image = z.object({
  /** Hash of the sources in guest/ from which it was built. */
  recipe: z.string(),
  /** The guest's memory in bytes. */
  memoryBytes: count,
  /** The kernel's command line; the agent also reads from it what to mount. */
  commandLine: z.string(),
  /** Release of the kernel, as uname(1) prints it. */
  version: z.string(),
  kernel: part,
  /** The initramfs, which holds the agent. */
  initrd: part,
  bios: part,
  vgaBios: part,
  /** The engine supports two. The first holds the programs. */
  disks: z.array(disk).check(z.maxLength(2)),
});
const images = z.object({ format: z.literal(3), images: z.record(z.string(), z.unknown()) });
const snapshot = z.object({
  ...file.shape,
  format: z.literal(3),
  /** SHA-256 of the inflated state. */
  state: sha256,
  /** Length of the inflated state. */
  inflatedBytes: count,
  /** The v86 that saved it; no other version may restore it. */
  engine: z.object({ version: z.string(), bytes: count, sha256 }),
  /** The image that was booted, so that a page needs no other list. */
  image,
  /** Hash of all inputs from which it was made. */
  key: z.string(),
  /** Its compression level of zstd; the dev server uses a fast one. */
  level: count,
  /** The open sessions, each at its prompt. */
  sessions: z.array(
    z.object({
      name: z.string(),
      stream: count,
      rows: count,
      columns: count,
      mode: z.enum(['person', 'steps']),
      echoes: z.boolean(),
    }),
  ),
  /** Parts of the first disk, in the order in which a recorded run first read them. */
  prefetch: z.array(count),
});

export type FileEntry = z.infer<typeof file>;
export type DiskEntry = z.infer<typeof disk>;
/** The files from which a machine boots, and its settings. */
export type ImageEntry = z.infer<typeof image>;
/** The state from which a machine starts. The site's build makes it by booting the image. */
export type SnapshotEntry = z.infer<typeof snapshot>;

/** The path of a part below the machine's folder. All images share these parts. */
export function partFile(hash: string): string {
  // The name ends in .bin: servers declare .zst or .gz as an encoding, which browsers would decode.
  return `parts/${hash.slice(0, 16)}.bin`;
}

function parse<T>(schema: z.ZodMiniType<T>, value: unknown, where: string): T {
  const { success, data, error } = z.safeParse(schema, value);
  if (success) return data;
  const [issue] = error.issues;
  const at = [where, ...(issue?.path ?? [])].join('.');
  const wanted = issue && 'expected' in issue ? `, expected ${String(issue.expected)}` : '';
  throw new MachineError('BadManifest', `${at}: ${issue?.code ?? 'is not valid'}${wanted}`);
}

/** Reads an image's entry from images.json. Throws a MachineError 'BadManifest' that names the field. */
export function parseImage(value: unknown, name: string): ImageEntry {
  const { images: found } = parse(images, value, 'images.json');
  if (name in found) return parse(image, found[name], `images.json: ${name}`);
  const known = Object.keys(found).join(', ');
  throw new MachineError('BadManifest', `There is no image "${name}"; there are: ${known}.`);
}

/** Reads an image's snapshot.json. Throws a MachineError 'BadManifest' that names the field. */
export function parseSnapshotEntry(value: unknown): SnapshotEntry {
  return parse(snapshot, value, 'snapshot.json');
}

/** Prints the snapshot.json of an image. */
export function printSnapshotEntry(entry: SnapshotEntry): string {
  return `${JSON.stringify(z.encode(snapshot, entry))}\n`;
}
