// Checks the code in a page: its imports, and the names in braces.
import type { MdastNode } from 'satteri';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AuthorError, positionAt } from '../author-error.ts';
import type { Position } from '../author-error.ts';

/** MDX gives these to each page. */
const GIVEN = ['props', 'frontmatter'];

/** Throws an AuthorError if a page imports a file that does not exist. `root` is the folder of the project. */
export function checkImports(
  node: Readonly<MdastNode>,
  { file, line }: Position,
  root: string,
): void {
  if (node.type !== 'mdxjsEsm') return;
  for (const match of node.value.matchAll(/^import\b[^'"]*(['"])(.+?)\1/gm)) {
    const [whole, , from = ''] = match;
    if (isThere(from, file, root)) continue;
    const begin = match.index + whole.length - from.length - 1;
    const inNode = positionAt(file, node.value, begin);
    throw new AuthorError({
      name: 'UnknownImport',
      title: 'A page imports a file that does not exist',
      message: `This page imports "${from}", which does not exist.`,
      hint: 'Correct the path, or remove the import. The components of the course need no import.',
      position: { ...inNode, line: line + inNode.line - 1 },
    });
  }
}

function isThere(from: string, file: string, root: string): boolean {
  if (from.startsWith('.')) return existsSync(join(root, dirname(file), from));
  if (from.startsWith('/')) return existsSync(join(root, from));
  // The build makes modules such as astro:content.
  if (from.includes(':')) return true;
  const [scope = '', name = ''] = from.split('/');
  return existsSync(join(root, 'node_modules', scope, scope.startsWith('@') ? name : ''));
}

/** Throws an AuthorError if braces contain a name that the page's own code does not have. */
export function checkBraces(node: Readonly<MdastNode>, position: Position, ownCode: string): void {
  if (node.type !== 'mdxTextExpression' && node.type !== 'mdxFlowExpression') return;
  const name = /^\s*([A-Za-z_$][\w$]*)\s*$/.exec(node.value)?.[1];
  if (!name || GIVEN.includes(name) || ownCode.split(/[^\w$]+/).includes(name)) return;
  throw new AuthorError({
    name: 'UnknownName',
    title: 'Braces contain an undefined name',
    message: `Braces contain code, but "${name}" is not defined on this page.`,
    hint: `If {${name}} is text, write a backslash before the "{", or put it in \`code\`.`,
    position,
  });
}
