// The programs of an image that are built from Debian's sources with patches.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { top } from '../paths.ts';

export interface ChangedProgram {
  /** The name of Debian's source package. */
  name: string;
  /** The reasons for the changes, as the patch gives them: paragraphs. */
  changes: string[];
}

/** Finds them in the recipes of these layers, in alphabetical order. `guest` is the folder with the recipes. */
export function changedPrograms(
  layers: readonly string[],
  guest = join(top, 'guest'),
): ChangedProgram[] {
  const built = layers.flatMap((layer) => linesOf(join(guest, 'layers', layer, 'built')));
  return [...new Set(built)].toSorted().flatMap((name) => {
    const patch = join(guest, 'programs/recipes', `${name}.patch`);
    return existsSync(patch) ? [{ name, changes: reasonsOf(readFileSync(patch, 'utf8')) }] : [];
  });
}

function linesOf(file: string): string[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').replace(/#.*/g, '').split('\n');
  return lines.map((line) => line.trim()).filter(Boolean);
}

/** The text above the first changed file of a patch. */
function reasonsOf(patch: string): string[] {
  const [text = ''] = patch.split(/^--- /m);
  const paragraphs = text.split(/\n{2,}/).map((each) => each.replaceAll('\n', ' ').trim());
  return paragraphs.filter(Boolean);
}
