/** Effects for a machine in Node: files from a folder, and the installed v86. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { MachineError } from './errors.ts';
import { checkFile, parseJson } from './image/files.ts';
import type { FileSource } from './image/files.ts';
import { sha256 } from './image/hash.ts';
import { DEFAULT_IMAGE } from './image/default-image.ts';
import type { MachineEffects } from './load-machine.ts';

const require = createRequire(import.meta.url);

/** Version of the installed v86, from its package.json. */
export function installedEngineVersion(): string {
  return (require('v86/package.json') as { version: string }).version;
}

/** The program of the installed v86. */
export function readInstalledEngine(): Promise<Uint8Array<ArrayBuffer>> {
  return readBytes(require.resolve('v86/build/v86.wasm'));
}

async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const found = await readFile(path).catch((reason: unknown) => {
    throw new MachineError('MissingFile', `${path} cannot be read.`, { cause: reason });
  });
  return new Uint8Array(found);
}

/** The machine's files in a folder. */
export function folderFiles(folder: string): FileSource {
  return {
    async read(entry, { onProgress } = {}) {
      const bytes = await readBytes(join(folder, entry.file));
      await checkFile(entry, bytes, sha256);
      onProgress?.(bytes.length);
      return bytes;
    },
    async readJson(file) {
      return parseJson(file, await readBytes(join(folder, file)));
    },
    readEngine: readInstalledEngine,
  };
}

/** Effects for a LocalMachine in Node, with an image from a folder. */
export function nodeEffects(folder: string, image = DEFAULT_IMAGE): MachineEffects {
  return {
    image,
    files: folderFiles(folder),
    engineVersion: installedEngineVersion(),
    now: Date.now,
    entropy: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  };
}
