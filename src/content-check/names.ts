// Names that readers see twice or cannot type: titles of pages, terms, sources, and the addresses of pages.
import { positionAt } from '../author-error.ts';
import type { Mistake } from '../author-error.ts';

/** The field that names what a file holds, by its path. */
const namings: readonly [path: RegExp, field: string][] = [
  [/^content\/sources\//, 'short'],
  [/^content\/terms\//, 'term'],
  [/\.mdx$/, 'title'],
];

/** The mistakes in the names of these files, and in those that they give to what they hold. */
export function nameMistakes(files: readonly string[], read: (file: string) => string): Mistake[] {
  const known = new Map<string, string>();
  return files.flatMap((file) => [
    ...addressMistakes(file),
    ...doubleName(file, read(file), known),
  ]);
}

function addressMistakes(file: string): Mistake[] {
  if (!file.endsWith('.mdx') || /^content\/[a-z0-9/-]+\.mdx$/.test(file)) return [];
  return [
    {
      name: 'BadFileName',
      title: 'A page has an address that is hard to type',
      message: 'The name of this file becomes the address of the page.',
      hint: 'Rename it: lower-case letters, digits and hyphens.',
      position: { file, line: 1, column: 1 },
    },
  ];
}

/** `known` holds the names that were found before, with their places. */
function doubleName(file: string, source: string, known: Map<string, string>): Mistake[] {
  const field = namings.find(([path]) => path.test(file))?.[1];
  if (!field) return [];
  const found = new RegExp(`^${field}: *(.+?)\\s*$`, 'm').exec(source);
  if (!found) return []; // the check of its fields says that it is missing
  const name = (found[1] ?? '').replace(/^(["'])(.*)\1$/, '$2');
  const key = `${field} ${name.toLowerCase()}`;
  const position = positionAt(file, source, found.index);
  const first = known.get(key);
  if (!first) {
    known.set(key, `${file}:${position.line}`);
    return [];
  }
  return [
    {
      name: 'DoubleName',
      title: 'Two files have one name',
      message: `The ${field} “${name}” is also that of ${first}. Readers cannot tell the two apart.`,
      hint: `Give one of them another ${field}, or remove one.`,
      position,
    },
  ];
}
