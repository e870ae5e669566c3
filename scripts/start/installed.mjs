// Recognises whether node_modules matches the lockfile, whoever installed it.
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeOfNpm } from './node-range.mjs';

const stampOf = (root) => join(root, 'node_modules', '.installed-from');
const lockfile = (root) => join(root, 'package-lock.json');
// npm writes it as the last step of an installation.
const record = (root) => join(root, 'node_modules', '.package-lock.json');

/** Whether the packages are installed, by this bootstrap or by a plain `npm ci`. */
export function isInstalled(root) {
  try {
    const wanted = JSON.parse(readFileSync(lockfile(root), 'utf8')).packages;
    const found = JSON.parse(readFileSync(record(root), 'utf8')).packages;
    return matches(wanted, found, thisPlatform()) || readStamp(root) === describe(root);
  } catch {
    // One of the files is missing, or was not written to its end.
    return false;
  }
}

/** Notes that npm has installed all it can on this platform with this Node. */
export function writeStamp(root) {
  const file = stampOf(root);
  writeFileSync(`${file}.new`, describe(root));
  renameSync(`${file}.new`, file);
}

/** Deletes the note of an installation: npm is about to change it, or has left it unfinished. */
export function forget(root) {
  for (const file of [stampOf(root), record(root)]) rmSync(file, { force: true });
}

/**
 * Whether each package of the lockfile for this platform is installed in its version, and no other one.
 * npm leaves out what the platform or its Node cannot run. Packages that only those need have no platform.
 */
export function matches(wanted, found, platform) {
  const isRight = ([path, entry]) => {
    const have = found[path];
    if (have) return have.version === entry.version && have.integrity === entry.integrity;
    const isNative = entry.os || entry.cpu;
    return path === '' || (entry.optional && !(isNative && isFor(entry, platform)));
  };
  return Object.entries(wanted).every(isRight) && Object.keys(found).every((path) => wanted[path]);
}

function isFor({ os, cpu, libc }, platform) {
  const allows = (list, value) => list === undefined || [list].flat().includes(value);
  return allows(os, platform.os) && allows(cpu, platform.cpu) && allows(libc, platform.libc);
}

function thisPlatform() {
  const { platform: os, arch: cpu } = process;
  if (os !== 'linux') return { os, cpu };
  process.report.excludeNetwork = true;
  const { glibcVersionRuntime } = process.report.getReport().header;
  return { os, cpu, libc: glibcVersionRuntime ? 'glibc' : 'musl' };
}

function describe(root) {
  const hash = createHash('sha256');
  for (const file of [lockfile(root), record(root)]) hash.update(readFileSync(file));
  return `${hash.digest('hex')} ${nodeOfNpm()} ${process.platform} ${process.arch}\n`;
}

function readStamp(root) {
  return readFileSync(stampOf(root), 'utf8');
}
