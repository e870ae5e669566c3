/** Reads a page as MDX, with the parser that builds it. */
import { mdxToMdast } from 'satteri';
import type { MdastNode } from 'satteri';
import type { Position } from '../../author-error.ts';
import { cellMistake } from './mistakes.ts';

/** The tree of a page, with positions. Throws an AuthorError if the page is not valid MDX. */
export function readTree(file: string, source: string): MdastNode {
  return parsing(file, () => mdxToMdast(source));
}

/** Calls a parser of MDX. Throws an AuthorError with the place and reason of its error. */
export function parsing<T>(file: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw explain(file, (error as Error).message);
  }
}

/** A node and all nodes below it, in the order of the text. */
export function* nodesIn(node: Readonly<MdastNode>): Generator<Readonly<MdastNode>> {
  yield node;
  if ('children' in node) for (const child of node.children) yield* nodesIn(child);
}

/** The parser's message: `3:5: Reason (note: …) (rule)`. */
function explain(file: string, printed: string) {
  const [, line = '1', column = '1', text = printed] = /^(\d+):(\d+): ([^]*)$/.exec(printed) ?? [];
  const found: Position = { file, line: Number(line), column: Number(column) };
  const reason = text.replace(/(?: \((?:note: [^]*|[a-z][\w-]*:[\w-]+)\))+$/, '');
  for (const [pattern, mistake] of known) {
    const match = pattern.exec(reason);
    if (!match) continue;
    const { message, hint, at } = mistake(match);
    return cellMistake('BadMarkdown', { ...found, ...at }, message, hint);
  }
  const hint = 'In text, write a backslash before "<" and "{", or put them in `code`.';
  return cellMistake('BadMarkdown', found, `${reason}.`, hint);
}

interface Explained {
  message: string;
  hint: string;
  /** A better position than the parser's: that of the tag which is open. */
  at?: { line: number; column: number };
}

const known: [RegExp, (match: RegExpExecArray) => Explained][] = [
  [
    /^Expected a closing tag for `<(\S*)>` \((\d+):(\d+)/,
    ([, name, line, column]) => ({
      message: `The tag <${name}> is not closed.`,
      hint: `Write </${name}> at its end, or <${name} … /> if it is empty.`,
      at: { line: Number(line), column: Number(column) },
    }),
  ],
  [
    /^Unexpected closing tag `(\S+)`, expected corresponding closing tag for `<(\S*)>` \((\d+)/,
    ([, closing, name, line]) => ({
      message: `Found ${closing}, but <${name}> on line ${line} is still open.`,
      hint: `Write </${name}> first, or correct one of the two names.`,
    }),
  ],
  [
    /^Unexpected closing tag `(\S+)`/,
    ([, closing]) => ({
      message: `${closing} has no opening tag.`,
      hint: 'Remove it, or write its opening tag.',
    }),
  ],
  [
    /^Unexpected character after `<`/,
    () => ({
      message: 'This "<" begins a tag, but the tag cannot be read.',
      hint: 'If it is text, write a backslash before it, or put it in `code`. If it is a tag, put each value in quotes: <Cite id="clone2" />.',
    }),
  ],
  [
    /^Unexpected character `!`/,
    () => ({ message: 'A page cannot contain an HTML comment.', hint: 'Write {/* … */} instead.' }),
  ],
  [
    /^Could not parse esm with oxc: ([^]*)/,
    ([, reason]) => ({
      message: `A paragraph that begins with "import" or "export" is code. This code cannot be read: ${reason}.`,
      hint: 'Correct the code. If it is text, begin it with another word.',
    }),
  ],
  [
    /^Could not parse expression with oxc: ([^]*)/,
    ([, reason]) => ({
      message: `The code in these braces cannot be read: ${reason}.`,
      hint: 'Correct the code. If it is text, write a backslash before the "{", or put it in `code`.',
    }),
  ],
  [
    /expected a corresponding closing brace for `\{`/,
    () => ({
      message: 'This "{" begins an expression, but no "}" ends it.',
      hint: 'Write a backslash before it, or put it in `code`.',
    }),
  ],
];
