// The programs of an image that are built from Debian's sources with patches.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { top } from '../paths.ts';

export interface ChangedProgram {
  /** The name of Debian's source package. */
  name: string;
  /** The reasons for the changes, as the patch gives them: paragraphs. */
  changes: string[];
}

/**
 * Finds them in the recipes of these layers: first those that guest/programs builds, then those that a layer builds
 * itself, each in alphabetical order. `guest` is the folder with the recipes.
 */
export function changedPrograms(
  layers: readonly string[],
  guest = join(top, 'guest'),
): ChangedProgram[] {
  const built = layers.flatMap((layer) => linesOf(join(guest, 'layers', layer, 'built')));
  const recipes = [...new Set(built)].toSorted().map((name) => ({
    name,
    patches: [join(guest, 'programs/recipes', `${name}.patch`)].filter(existsSync),
  }));
  const own = layers.flatMap((layer) => {
    const folder = join(guest, 'layers', layer, 'patches');
    return namesIn(folder).map((name) => ({
      name,
      patches: namesIn(join(folder, name)).map((patch) => join(folder, name, patch)),
    }));
  });
  return [...recipes, ...own]
    .filter(({ patches }) => patches.length > 0)
    .map(({ name, patches }) => ({ name, changes: patches.flatMap(reasonsOf) }));
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).toSorted() : [];
}

function linesOf(file: string): string[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').replace(/#.*/g, '').split('\n');
  return lines.map((line) => line.trim()).filter(Boolean);
}

/** The text above the first changed file of a patch. */
function reasonsOf(patch: string): string[] {
  const [text = ''] = readFileSync(patch, 'utf8').split(/^--- /m);
  const paragraphs = text.split(/\n{2,}/).map((each) => each.replaceAll('\n', ' ').trim());
  return paragraphs.filter(Boolean);
}
