/** The fences of a page that are cells, found as CommonMark finds fences. */
import type { Place } from '../../author-error.ts';
import { isCell } from './options.ts';

/** A fence's first line, taken apart. */
export interface Opening {
  indent: string;
  marks: string;
  language: string;
  /** What follows the language. */
  meta: string;
  /** Column of the first character of `meta`, counted from 1. */
  column: number;
}

/** A fence that is a cell. */
export interface Fence extends Opening {
  /** Index of its first line. */
  at: number;
  /** Its text: the lines [from, to) of the page, without its indentation. */
  from: number;
  to: number;
  text: string;
}

/** Takes a fence's first line apart. Undefined when the line does not open a fence. */
export function readOpening(line: string): Opening | undefined {
  const match = /^([ \t]*)(`{3,}|~{3,})([ \t]*)(\S*)(\s*)([^]*)$/.exec(line.trimEnd());
  if (!match) return undefined;
  const [, indent = '', marks = '', before = '', language = '', blank = '', meta = ''] = match;
  // Such a line is a paragraph with code in it.
  if (marks.startsWith('`') && (language + meta).includes('`')) return undefined;
  const column = indent.length + marks.length + before.length + language.length + blank.length + 1;
  return { indent, marks, language, meta, column };
}

/** Finds the cells' fences. Other fences are passed over with what they hold. */
export function findFences(lines: readonly string[]): Fence[] {
  const fences: Fence[] = [];
  for (let at = 0; at < lines.length; at++) {
    const opening = readOpening(lines[at] ?? '');
    if (!opening) continue;
    const { indent, marks, language, meta } = opening;
    let to = at + 1;
    while (to < lines.length && !closesFence(lines[to] ?? '', marks)) to++;
    if (isCell(language, meta)) {
      const text = lines
        .slice(at + 1, to)
        .map((line) => withoutIndent(line, indent.length))
        .join('\n');
      fences.push({ ...opening, at, from: at + 1, to, text });
    }
    at = to;
  }
  return fences;
}

/** Whether a line ends a fence that was opened by these marks. */
export function closesFence(line: string, marks: string): boolean {
  const trimmed = line.trim();
  return trimmed.length >= marks.length && trimmed === (marks[0] ?? '').repeat(trimmed.length);
}

function withoutIndent(line: string, most: number): string {
  const blank = line.length - line.trimStart().length;
  return line.slice(Math.min(blank, most));
}

/** Where a fence's options begin. */
export function placeOfMeta(file: string, { at, column }: Fence): Place {
  return { file, line: at + 1, column };
}

/** The lines of a fence with this meta and text, between marks that the text does not hold. */
export function printFence(meta: string, text: string, indent = ''): string[] {
  const mark = meta.includes('`') ? '~' : '`';
  let length = 3;
  for (const line of text.split('\n')) {
    const run = new RegExp(`^\\s*(${mark}{3,})\\s*$`).exec(line)?.[1] ?? '';
    length = Math.max(length, run.length + 1);
  }
  const marks = mark.repeat(length);
  return [`${marks}sh ${meta}`, ...text.split('\n'), marks].map((line) =>
    line ? indent + line : line,
  );
}
