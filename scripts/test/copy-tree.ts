// Copies the project for tests that plant a fault or change a file.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { top } from '../../src/paths.ts';

/** Folders that no test changes and that are too large to copy. */
const shared = ['node_modules', 'public'];
const left = ['.astro', '.cache', '.git', 'dist', 'playwright-report', 'test-results'];

/** A copy of the project. */
export interface Tree {
  folder: string;
  /** Deletes the copy. */
  remove: () => void;
}

/**
 * Copies the project's files, including changed ones, into a new folder inside the project, since Astro
 * does not find its packages in folders that are linked from outside.
 */
export function copyTree(): Tree {
  mkdirSync(join(top, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(top, '.cache/tree-'));
  for (const name of readdirSync(top)) {
    if (left.includes(name)) continue;
    if (shared.includes(name)) symlinkSync(join(top, name), join(folder, name), 'junction');
    else cpSync(join(top, name), join(folder, name), { recursive: true });
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
