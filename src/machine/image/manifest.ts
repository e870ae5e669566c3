import type { SessionList } from '../agent/sessions.ts';
import { MachineError } from '../errors.ts';

/** A file below public/machine/, with what it must be. */
export interface FileEntry {
  file: string;
  bytes: number;
  sha256: string;
}

/** A disk in parts of equal length, but for the last; null stands for zeros. */
export interface DiskEntry {
  bytes: number;
  partBytes: number;
  parts: (FileEntry | null)[];
}

/** What the base image consists of; written by guest/pack.ts, read by everybody else. */
export interface Manifest {
  format: 1;
  /** Hash of the sources in guest/ that it was built from. */
  recipe: string;
  kernel: FileEntry & { version: string };
  agent: FileEntry;
  bios: FileEntry;
  vgaBios: FileEntry;
  /** The read-only root file system. */
  root: DiskEntry;
  /** An empty file system that can be written. */
  scratch: DiskEntry;
  packages: PackageEntry[];
}

/** A Debian package in the root, and the source it was built from. */
export interface PackageEntry {
  name: string;
  version: string;
  source: string;
  sourceVersion: string;
  licences: string[];
}

/** The state from which a machine starts; made at build time by booting the base image. */
export interface SnapshotEntry extends FileEntry {
  format: 1;
  /** Bytes of the state when inflated. */
  inflatedBytes: number;
  /** Version of v86 that saved it; no other may restore it. */
  engine: string;
  /** Bytes of memory that the guest has. */
  memoryBytes: number;
  /** Hash of all that went in. */
  key: string;
  /** Level of zstd that packed it; a quick one does while one writes. */
  level: number;
  /** The sessions that stand open at their prompts. */
  sessions: SessionList;
  /** Parts of the root in the order in which a recorded run first read them. */
  prefetch: number[];
}

type Fields = Record<string, unknown>;

function fail(where: string, reason: string): never {
  throw new MachineError('BadManifest', `${where}: ${reason}`);
}

function fields(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return fail(where, 'is not an object');
  }
  return value as Fields;
}

function text(record: Fields, key: string, where: string): string {
  const value = record[key];
  return typeof value === 'string' ? value : fail(where, `${key} is not a text`);
}

function count(record: Fields, key: string, where: string): number {
  const value = record[key];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : fail(where, `${key} is not a count`);
}

function list<T>(value: unknown, where: string, each: (value: unknown, where: string) => T): T[] {
  if (!Array.isArray(value)) return fail(where, 'is not a list');
  return value.map((item, i) => each(item, `${where}[${i}]`));
}

function parseFile(value: unknown, where: string): FileEntry {
  const record = fields(value, where);
  const sha256 = text(record, 'sha256', where);
  const file = text(record, 'file', where);
  if (!/^[0-9a-f]{64}$/.test(sha256)) fail(where, 'sha256 is not a SHA-256');
  if (!/^[\w.-]+$/.test(file)) fail(where, 'file is not a plain name');
  return { file, bytes: count(record, 'bytes', where), sha256 };
}

function parseDisk(value: unknown, where: string): DiskEntry {
  const record = fields(value, where);
  return {
    bytes: count(record, 'bytes', where),
    partBytes: count(record, 'partBytes', where),
    parts: list(record['parts'], `${where}.parts`, (part, at) =>
      part === null ? null : parseFile(part, at),
    ),
  };
}

function parsePackage(value: unknown, where: string): PackageEntry {
  const record = fields(value, where);
  return {
    name: text(record, 'name', where),
    version: text(record, 'version', where),
    source: text(record, 'source', where),
    sourceVersion: text(record, 'sourceVersion', where),
    licences: list(record['licences'], `${where}.licences`, (item, at) =>
      typeof item === 'string' ? item : fail(at, 'is not a text'),
    ),
  };
}

/** Reads manifest.json. Throws a MachineError 'BadManifest' that names the field. */
export function parseManifest(value: unknown): Manifest {
  const record = fields(value, 'manifest');
  if (record['format'] !== 1) fail('manifest', `format is ${String(record['format'])}, not 1`);
  const kernel = fields(record['kernel'], 'manifest.kernel');
  return {
    format: 1,
    recipe: text(record, 'recipe', 'manifest'),
    kernel: {
      ...parseFile(kernel, 'manifest.kernel'),
      version: text(kernel, 'version', 'manifest.kernel'),
    },
    agent: parseFile(record['agent'], 'manifest.agent'),
    bios: parseFile(record['bios'], 'manifest.bios'),
    vgaBios: parseFile(record['vgaBios'], 'manifest.vgaBios'),
    root: parseDisk(record['root'], 'manifest.root'),
    scratch: parseDisk(record['scratch'], 'manifest.scratch'),
    packages: list(record['packages'], 'manifest.packages', parsePackage),
  };
}

/** Reads snapshot.json. Throws a MachineError 'BadManifest' that names the field. */
export function parseSnapshotEntry(value: unknown): SnapshotEntry {
  const where = 'snapshot';
  const record = fields(value, where);
  if (record['format'] !== 1) fail(where, `format is ${String(record['format'])}, not 1`);
  return {
    ...parseFile(record, where),
    format: 1,
    inflatedBytes: count(record, 'inflatedBytes', where),
    engine: text(record, 'engine', where),
    memoryBytes: count(record, 'memoryBytes', where),
    key: text(record, 'key', where),
    level: count(record, 'level', where),
    sessions: list(record['sessions'], `${where}.sessions`, (item, at) => {
      const session = fields(item, at);
      return {
        name: text(session, 'name', at),
        stream: count(session, 'stream', at),
        rows: count(session, 'rows', at),
        columns: count(session, 'columns', at),
        mode: session['mode'] === 'person' ? 'person' : 'steps',
        echoes: session['echoes'] === true,
      };
    }),
    prefetch: list(record['prefetch'], `${where}.prefetch`, (item, at) =>
      count({ part: item }, 'part', at),
    ),
  };
}
