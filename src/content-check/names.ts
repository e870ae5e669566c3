// Names that readers see twice or cannot type: titles of pages, terms, sources, and the addresses of pages.
import { positionAt } from '../author-error.ts';
import type { Mistake } from '../author-error.ts';

/** The fields that no two files may share, by their path. */
const namings: readonly [path: RegExp, field: string, hint: string][] = [
  [/^content\/sources\//, 'short', 'Give one of them another `short`, or remove one of the files.'],
  [/^content\/sources\//, 'url', 'Cite the first one instead, and remove this file.'],
  [/^content\/terms\//, 'term', 'Give one of them another `term`, or remove one of the files.'],
  [/\.mdx$/, 'title', 'Give one of them another `title`, or remove one of the files.'],
];

/** The mistakes in the addresses of pages, and the names that two files share. */
export function nameMistakes(files: readonly string[], read: (file: string) => string): Mistake[] {
  const known = new Map<string, string>();
  return files.flatMap((file) => [
    ...addressMistakes(file),
    ...doubleNames(file, read(file), known),
  ]);
}

function addressMistakes(file: string): Mistake[] {
  if (!file.endsWith('.mdx') || /^content\/[a-z0-9/-]+\.mdx$/.test(file)) return [];
  return [
    {
      name: 'BadFileName',
      title: 'A page has an address that is hard to type',
      message:
        'The name of this file becomes the address of the page, and contains characters that are hard to type.',
      hint: 'Rename it, using only lower-case letters, digits and hyphens.',
      position: { file, line: 1, column: 1 },
    },
  ];
}

/** `known` maps each name found so far to its place. */
function doubleNames(file: string, source: string, known: Map<string, string>): Mistake[] {
  const fields = namings.filter(([path]) => path.test(file));
  return fields.flatMap(([, field, hint]) => {
    const found = new RegExp(`^${field}: *(.+?)\\s*$`, 'm').exec(source);
    if (!found) return []; // the check of the fields reports that
    const name = (found[1] ?? '').replace(/^(["'])(.*)\1$/, '$2');
    const key = `${field} ${name.toLowerCase()}`;
    const position = positionAt(file, source, found.index);
    const first = known.get(key);
    if (!first) {
      known.set(key, `${file}:${position.line}`);
      return [];
    }
    const message = `${first} has the same \`${field}\`, “${name}”. Readers cannot tell the two apart.`;
    return [{ name: 'DoubleName', title: 'Two files have the same name', message, hint, position }];
  });
}
