// A copy of the project for tests that plant a fault or change a file.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { top } from '../../src/paths.ts';

/** What no test changes, and is too large to be copied. */
const shared = ['public'];
const made = [
  '.astro',
  '.cache',
  '.git',
  'dist',
  'node_modules',
  'playwright-report',
  'test-results',
];

/** A copy of the project. */
export interface Tree {
  folder: string;
  /** Deletes the copy. */
  remove: () => void;
}

/**
 * Copies the project's files, changed ones included, into a folder of their own. It lies inside the project,
 * where its programs find the packages of the project.
 */
export function copyTree(): Tree {
  mkdirSync(join(top, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(top, '.cache/tree-'));
  for (const name of readdirSync(top)) {
    if (made.includes(name)) continue;
    if (shared.includes(name)) symlinkSync(join(top, name), join(folder, name));
    else cpSync(join(top, name), join(folder, name), { recursive: true });
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
