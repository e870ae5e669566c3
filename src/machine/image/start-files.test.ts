import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { downloadStart, ENGINE_SHARE } from './start-files.ts';
import type { StartProgress, StartSource } from './start-files.ts';

test('a server sends about a fifth of the bytes of the engine', () => {
  const engine = readFileSync(createRequire(import.meta.url).resolve('v86/build/v86.wasm'));
  const share = gzipSync(engine).length / engine.length;
  expect(Math.abs(share - ENGINE_SHARE)).toBeLessThan(0.02);
});

test('the progress counts the snapshot whole, and of the engine what a server sends', async () => {
  const sha256 = '0'.repeat(64);
  const entry = { file: 'a/snapshot.bin', bytes: 3000, sha256 };
  const engine = { version: '1', bytes: 2000, sha256 };
  const reports: StartProgress[] = [];
  const read = (bytes: number, onProgress?: (loaded: number) => void) => {
    onProgress?.(bytes / 2);
    onProgress?.(bytes);
    return Promise.resolve(new Uint8Array(bytes));
  };
  const files: StartSource['files'] = {
    read: (known, options) => read(known.bytes, options?.onProgress),
    readJson: () => Promise.resolve({ ...entry, engine }),
    readEngine: async (check, options) => read((await check)?.bytes ?? 0, options?.onProgress),
  };
  await downloadStart(
    { files, image: 'a', engineVersion: '1' },
    { signal: new AbortController().signal, onProgress: (value) => reports.push(value) },
  );
  expect(reports.every(({ total }) => total === 3400)).toBe(true);
  const loaded = reports.map((report) => report.loaded);
  expect(loaded).toContain(3200);
  expect(Math.max(...loaded)).toBe(3400);
});
