/** Finds, parses and prints the fences of a page that are activities. */
import type { MdastNode } from 'satteri';
import { collect } from '../../author-error.ts';
import type { Mistake, Position } from '../../author-error.ts';
import { activityKinds } from '../activity.ts';
import type { ActivityKind } from '../activity.ts';
import { cellMistake } from './mistakes.ts';
import { nodesIn } from './tree.ts';

type Code = Extract<MdastNode, { type: 'code' }>;

/** A fence that is an activity. */
export interface Fence {
  kind: ActivityKind;
  /** The text after the language on its first line, as typed. */
  meta: string;
  /** Its content, without the indentation or quotation marks of the enclosing block. */
  text: string;
  /** The beginning of `meta`. */
  position: Position;
  /** The marks that open it. */
  marks: string;
  /** Whether a line closes it. Otherwise Markdown extends it to the end of the enclosing block. */
  isClosed: boolean;
  /** The line in its content with which another fence begins: most likely, this one's end is missing. */
  swallowed?: number | undefined;
  /** The text before its first line and before each further one: indentation or quotation marks. */
  prefix: { first: string; more: string };
  /** Offsets in the page of the fence and of its content. */
  span: { begin: number; end: number; textBegin: number; textEnd: number };
}

/** Finds the fences that are activities, in a page's tree with positions. */
export function fencesIn(root: Readonly<MdastNode>, file: string, source: string): Fence[] {
  return codesIn(root).flatMap((code) => {
    const kind = kindOf(code);
    return kind ? [parseFence(kind, code, file, source)] : [];
  });
}

/** Adds a mistake for each fence that only looks like an activity, and for each other one that is not closed. */
export function checkOtherFences(
  mistakes: Mistake[],
  root: Readonly<MdastNode>,
  file: string,
  source: string,
): void {
  for (const code of codesIn(root)) {
    if (kindOf(code)) continue;
    collect(mistakes, () => checkOtherFence(code, file));
    // Without marks it is code by its indentation.
    const isFence = /^(?:```|~~~)/.test(source.slice(code.position?.start.offset));
    if (isFence)
      collect(mistakes, () => checkClosed('code block', parseFence('cell', code, file, source)));
  }
}

/** Throws for a fence without its end: Markdown takes what follows it as its content. */
export function checkClosed(what: string, { isClosed, swallowed, marks, position }: Fence): void {
  if (isClosed && swallowed === undefined) return;
  const next =
    swallowed === undefined ? '' : `: on line ${swallowed}, another fence begins inside it`;
  const message = `The fence of this ${what} is not closed${next}.`;
  const hint = `End the ${what} with the line "${marks}".`;
  throw cellMistake('BadTranscript', position, message, hint);
}

const SHELLS = new Set(['sh', 'bash', 'zsh', 'shell', 'console', 'shellsession']);

/** Throws for a fence that its author takes for an activity: it would be shown, but neither run nor verified. */
function checkOtherFence({ lang, meta, position }: Readonly<Code>, file: string): void {
  const word = /^\S+/.exec(meta ?? '')?.[0].toLowerCase() ?? '';
  const kind = activityKinds.find((each) => each === word);
  const hasId = SHELLS.has(lang?.toLowerCase() ?? '') && /(?:^|\s)id=/.test(meta ?? '');
  if (!kind && !hasId) return;
  const { line = 1, column = 1 } = position?.start ?? {};
  const what = kind ?? 'cell';
  const message = `This fence looks like a ${what} but is not one, so nothing would run or verify it.`;
  const hint = `Begin it with "${fenceLanguages[what]} ${what} id=…" after the marks, or remove "${what}" and "id=".`;
  throw cellMistake('NotACell', { file, line, column }, message, hint);
}

/** The language of each kind's fence. */
const fenceLanguages: Record<ActivityKind, string> = { cell: 'sh', task: 'yaml' };

/** The kind of activity that a fence's first word after the language names. */
function kindOf({ lang, meta }: Readonly<Code>): ActivityKind | undefined {
  const word = /^\S+/.exec(meta ?? '')?.[0];
  return activityKinds.find((kind) => kind === word && fenceLanguages[kind] === lang);
}

function codesIn(root: Readonly<MdastNode>): Readonly<Code>[] {
  return [...nodesIn(root)].filter((node) => node.type === 'code');
}

function parseFence(
  kind: ActivityKind,
  { position, meta, value }: Readonly<Code>,
  file: string,
  source: string,
): Fence {
  const { start, end } = position ?? { start: { line: 1, column: 1 }, end: {} };
  const [from, to] = [start.offset ?? 0, end.offset ?? source.length];
  const begin = source.lastIndexOf('\n', from - 1) + 1;
  const first = source.slice(begin, from);
  const lineEnd = source.indexOf('\n', from);
  // Only the source has the options as typed; Markdown removes backslashes from them.
  const opening = readOpening(source.slice(from, lineEnd < 0 ? undefined : lineEnd));
  const marks = opening?.marks ?? '```';
  const lastLine = source.lastIndexOf('\n', to - 1) + 1;
  const isClosed = lastLine > from && closesFence(source.slice(lastLine, to), marks);
  const swallowed = value.split('\n').findIndex((line) => opensFence(line, marks));
  return {
    kind,
    meta: opening?.meta ?? meta ?? '',
    text: value,
    position: { file, line: start.line, column: start.column + (opening?.length ?? 0) },
    marks,
    isClosed,
    swallowed: swallowed < 0 ? undefined : start.line + 1 + swallowed,
    prefix: { first, more: first.replace(/[^>\s]/g, ' ') },
    span: {
      begin,
      end: to,
      textBegin: lineEnd < 0 ? to : lineEnd + 1,
      textEnd: isClosed ? lastLine : to,
    },
  };
}

/** Parses a fence's first line from its marks on. `length` is that of the text before `meta`. */
function readOpening(line: string) {
  const match = /^((`{3,}|~{3,})[ \t]*\S*\s*)([^]*)$/.exec(line.trimEnd());
  if (!match) return undefined;
  const [, { length } = '', marks = '', meta = ''] = match;
  return { marks, meta, length };
}

/** Whether a line would open a fence if it were not inside one with these marks. */
export function opensFence(line: string, marks: string): boolean {
  const found = /^(`{3,}(?=[a-z][^`]*$)|~{3,}(?=[a-z]))/.exec(line)?.[0] ?? '';
  return found.startsWith(marks);
}

/** Whether a line closes a fence with these marks. */
export function closesFence(line: string, marks: string): boolean {
  const shown = line.replace(/^[>\s]*/, '').trimEnd();
  return shown.length >= marks.length && shown === (marks[0] ?? '').repeat(shown.length);
}

/** Replaces a fence, or only its content, in the text of a page. */
export function replaceFence(
  source: string,
  { prefix, span }: Fence,
  lines: readonly string[],
  part: 'whole' | 'text',
): string {
  const isWhole = part === 'whole';
  const [begin, end] = isWhole ? [span.begin, span.end] : [span.textBegin, span.textEnd];
  const printed = lines.map((line, i) => {
    const before = isWhole && i === 0 ? prefix.first : prefix.more;
    return line ? before + line : before.trimEnd();
  });
  const text = printed.join('\n') + (isWhole ? '' : '\n');
  return source.slice(0, begin) + text + source.slice(end);
}

/** The lines of a fence with this kind, meta and text, between marks that do not occur in the text. */
export function printFence(kind: ActivityKind, options: string, text: string): string[] {
  const meta = `${kind} ${options}`;
  const mark = meta.includes('`') ? '~' : '`';
  let length = 3;
  for (const line of text.split('\n')) {
    const run = new RegExp(`^\\s*(${mark}{3,})`).exec(line)?.[1] ?? '';
    length = Math.max(length, run.length + 1);
  }
  const marks = mark.repeat(length);
  return [`${marks}${fenceLanguages[kind]} ${meta}`, ...text.split('\n'), marks];
}
