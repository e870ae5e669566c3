/**
 * The two kinds of JSON that describe images: images.json, which guest/pack.ts writes, and an image's
 * snapshot.json, which the build of the site writes.
 */
import * as z from 'zod/mini';
import { MachineError } from '../errors.ts';

// zod compiles its checks with eval unless this is set; the pages' policy forbids that.
z.config({ jitless: true });

const count = z.int().check(z.nonnegative());
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
/** A file below the machine's folder, with what it must be. */
const file = z.object({
  file: z.string().check(z.regex(/^\w[\w-]*\/\w[\w.-]*$/)),
  bytes: count,
  sha256,
});
const part = z.pipe(
  z.object({ bytes: count, sha256 }),
  z.transform((entry) => ({ file: partFile(entry.sha256), ...entry })),
);
const disk = z.object({
  partBytes: count,
  /** One behind the other, each in whole parts; null stands for zeros. */
  layers: z.array(z.object({ name: z.string(), parts: z.array(z.nullable(part)) })),
});
const image = z.object({
  /** Hash of the sources in guest/ that it was built from. */
  recipe: z.string(),
  /** Bytes of memory that the guest has. */
  memoryBytes: count,
  /** What the kernel is started with; for the agent it says what to mount. */
  commandLine: z.string(),
  /** Release of the kernel, as uname(1) prints it. */
  version: z.string(),
  kernel: part,
  /** The initramfs, which holds the agent. */
  initrd: part,
  bios: part,
  vgaBios: part,
  /** The engine has room for two. Programs are on the first one. */
  disks: z.array(disk).check(z.maxLength(2)),
});
const images = z.object({ format: z.literal(2), images: z.record(z.string(), z.unknown()) });
const snapshot = z.object({
  ...file.shape,
  format: z.literal(1),
  /** SHA-256 of the state when inflated. */
  state: sha256,
  /** Bytes of the state when inflated. */
  inflatedBytes: count,
  /** Version of v86 that saved it; no other may restore it. */
  engine: z.string(),
  /** The recipe of the image that was booted, as in images.json. */
  recipe: z.string(),
  /** Hash of all that went in. */
  key: z.string(),
  /** Level of zstd that packed it; a quick one does while one writes. */
  level: count,
  /** The sessions that stand open at their prompts. */
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
  /** Parts of the first disk in the order in which a recorded run first read them. */
  prefetch: z.array(count),
});

export type FileEntry = z.infer<typeof file>;
export type DiskEntry = z.infer<typeof disk>;
/** What a machine is made of, and boots from. */
export type ImageEntry = z.infer<typeof image>;
/** The state from which a machine starts; made at build time by booting its image. */
export type SnapshotEntry = z.infer<typeof snapshot>;

/** Where a part is, by its hash: below the machine's folder, for all images together. */
export function partFile(hash: string): string {
  // The name ends in .bin: a server would declare .zst or .gz as an encoding, and browsers undo it.
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

/** Takes an image out of images.json. Throws a MachineError 'BadManifest' that names the field. */
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
