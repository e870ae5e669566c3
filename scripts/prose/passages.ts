/** Finds the prose in a file: text of pages, strings of data files, comments and messages in code. */
import { basename } from 'node:path';
import { markdownToMdast, mdxToMdast } from 'satteri';
import type { MdastNode } from 'satteri';
import { isScalar, parseAllDocuments, visit } from 'yaml';
import { nodesIn } from '../../src/cells/text/tree.ts';

/** A paragraph, heading, table cell, label or comment, as one line of text. */
export interface Passage {
  text: string;
  /** For each piece of the text: where it begins in the text, and on which line of the file, from 1. */
  lines: { from: number; line: number }[];
}

/** The passages of a file, by the ending of its name. */
export function passagesOf(name: string, source: string): Passage[] {
  if (name.endsWith('.mdx')) return pagePassages(mdxToMdast(source));
  if (name.endsWith('.md')) return pagePassages(markdownToMdast(source));
  if (name.endsWith('.yaml')) return yamlPassages(source, 1);
  if (/\.[ch]$/.test(name)) return codePassages(source, slashComments);
  if (/\.sh$/.test(name) || !basename(name).includes('.'))
    return codePassages(source, hashComments);
  // The strings of a test are examples.
  return codePassages(
    source,
    /\.(?:test|e2e)\.ts$/.test(name) ? slashComments : `${slashComments}|${strings}`,
  );
}

/** The line of the file on which the character at `index` of a passage stands. */
export function lineOf({ lines }: Passage, index: number): number {
  return lines.findLast(({ from }) => from <= index)?.line ?? 1;
}

function pagePassages(root: Readonly<MdastNode>): Passage[] {
  const found: Passage[] = [];
  for (const node of nodesIn(root)) {
    const line = node.position?.start.line ?? 1;
    if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') {
      found.push(joined(node));
    } else if (node.type === 'mdxJsxFlowElement') {
      for (const each of node.attributes) {
        if (each.type === 'mdxJsxAttribute' && typeof each.value === 'string') {
          found.push(single(each.value, line));
        }
      }
    } else if (node.type === 'yaml') {
      found.push(...yamlPassages(node.value, line + 1));
    } else if (node.type === 'code') {
      found.push(...fencePassages(node.lang ?? '', node.meta ?? '', node.value, line));
    }
  }
  return found;
}

// The title and the questions of a cell, and all texts of a task.
function fencePassages(lang: string, meta: string, value: string, line: number): Passage[] {
  if (lang === 'yaml' && /^task\b/.test(meta)) return yamlPassages(value, line + 1);
  if (lang !== 'sh' || !/^cell\b/.test(meta)) return [];
  const title = /title="([^"]*)"/.exec(meta)?.[1];
  const questions = value.split('\n').flatMap((text, number) => {
    const question = /^(?:\?|\( \)|\(x\)) (.*)/.exec(text)?.[1];
    return question === undefined ? [] : [single(question, line + 1 + number)];
  });
  return [...(title === undefined ? [] : [single(title, line)]), ...questions];
}

function joined(block: Readonly<MdastNode>): Passage {
  let text = '';
  const lines: Passage['lines'] = [];
  for (const node of shownIn(block)) {
    if (node.type !== 'text' && node.type !== 'inlineCode') continue;
    const start = node.position?.start.line ?? 1;
    // Code stands for a noun.
    const parts = node.type === 'inlineCode' ? ['`code`'] : node.value.split('\n');
    for (const [number, part] of parts.entries()) {
      if (number > 0) text += ' ';
      lines.push({ from: text.length, line: start + number });
      text += part;
    }
  }
  return { text, lines };
}

// Without what is struck out: sentences that an author quotes as wrong.
function* shownIn(node: Readonly<MdastNode>): Generator<Readonly<MdastNode>> {
  if (node.type === 'delete') return;
  yield node;
  if ('children' in node) for (const child of node.children) yield* shownIn(child);
}

function single(text: string, line: number): Passage {
  return { text: text.replaceAll(/\s+/g, ' ').trim(), lines: [{ from: 0, line }] };
}

function yamlPassages(source: string, firstLine: number): Passage[] {
  const found: Passage[] = [];
  for (const document of parseAllDocuments(source)) {
    if (!('contents' in document)) continue;
    visit(document, {
      Scalar(key, node) {
        if (key === 'key' || !isScalar<unknown>(node) || typeof node.value !== 'string') return;
        if (!node.value.includes(' ')) return;
        const line = source.slice(0, node.range?.[0] ?? 0).split('\n').length;
        found.push(single(node.value, firstLine + line - 1));
      },
    });
  }
  return found;
}

const slashComments = String.raw`\/\*[^]*?\*\/|(?:^[ \t]*\/\/.*\n?)+`;
// On a line of its own, or after code. A "#!" at the start of a script is none.
const hashComments = String.raw`(?:^[ \t]*#(?!!).*\n?)+|(?<=[ \t])# .*`;
const strings = String.raw`'(?:[^'\\\n]|\\.)* (?:[^'\\\n]|\\.)*'|` + '`[^`\\\\]* [^`\\\\]*`';

// Consecutive lines of comments are one passage.
function codePassages(source: string, pattern: string): Passage[] {
  const found: Passage[] = [];
  for (const match of source.matchAll(new RegExp(pattern, 'gm'))) {
    const first = source.slice(0, match.index).split('\n').length;
    let text = '';
    const lines: Passage['lines'] = [];
    for (const [number, part] of match[0].split('\n').entries()) {
      lines.push({ from: text.length, line: first + number });
      text += `${part.replace(/^\s*(?:\/\*\*?|\*\/?|\/\/|#)\s?/, '').replace(/\s*\*\/$/, '')} `;
    }
    found.push({ text: text.replace(/^['`]|['`] $/g, ''), lines });
  }
  return found;
}
