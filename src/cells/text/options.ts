/** Parses the options of a cell or task, after "sh cell" or "yaml task" on a fence's first line. */
import type { ActivityKind } from '../activity.ts';
import type { Position } from '../../author-error.ts';
import { DEFAULT_MACHINE, sessions } from '../cell.ts';
import type { Cell, CellOptions, OptionName, SessionName } from '../cell.ts';
import { cellMistake } from './mistakes.ts';
import { printPlace, readPlace } from './inspector-place.ts';
import { nearest } from '../../nearest.ts';
import { optionNames, printWord, readWords } from './option-words.ts';

const DEFAULT_SECONDS = 30;
/** Maximum length of a title in characters: two lines of a cell's header on a phone. */
const MAX_TITLE = 60;
const ID = /^[a-z][a-z0-9-]*$/;

function isSession(word: string): word is SessionName {
  return (sessions as readonly string[]).includes(word);
}

function readId(value: string | undefined, position: Position, kind: ActivityKind): string {
  if (value && ID.test(value)) return value;
  throw cellMistake(
    'BadCellId',
    position,
    value ? `"${value}" cannot be the id of a ${kind}.` : `This ${kind} has no id.`,
    'Write id= and a name of lower-case letters, digits and hyphens that begins with a letter.',
  );
}

function readTitle(value: string, position: Position): string {
  const title = value.replace(/\s+/g, ' ').trim();
  const { length } = [...title];
  if (length <= MAX_TITLE) return title;
  const message = `This title has ${length} characters, but a header has room for ${MAX_TITLE}.`;
  const hint = 'Shorten it, and write the rest into the text above.';
  throw cellMistake('BadCellOption', position, message, hint);
}

function readMachine(value: string, position: Position): string {
  if (ID.test(value)) return value;
  const message = `"${value}" cannot be the name of a machine.`;
  const hint = 'Write lower-case letters, digits and hyphens, and begin with a letter.';
  throw cellMistake('BadCellOption', position, message, hint);
}

function readSession(value: string, position: Position): SessionName {
  if (isSession(value)) return value;
  const meant = nearest(value, sessions);
  throw cellMistake(
    'UnknownSession',
    position,
    `There is no session "${value}".`,
    `${meant ? `Did you mean "${meant}"? ` : ''}The sessions are ${sessions.join(', ')}.`,
  );
}

function readTimeout(value: string, position: Position): number {
  const seconds = /^\d{1,3}$/.test(value) ? Number(value) : 0;
  if (seconds > 0 && seconds <= 600) return seconds;
  const message = `The time-out "${value}" is not a number of seconds.`;
  throw cellMistake('BadCellOption', position, message, 'Write a whole number from 1 to 600.');
}

function readAfter(value: string, position: Position): string[] {
  const ids = value
    .split(',')
    .map((id) => id.trim())
    .filter(Boolean);
  if (!ids.length) {
    const hint = 'Write after=one,two, or leave the option out.';
    throw cellMistake('BadCellOption', position, 'The option "after" names no cell.', hint);
  }
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice === undefined) return ids;
  const message = `The option "after" names "${twice}" twice.`;
  throw cellMistake('BadCellOption', position, message, 'Remove one of the two.');
}

/** Hints for options that lack their value. */
const needsValue: Partial<Record<OptionName, string>> = {
  interrupt: 'Write interrupt="text", after which Ctrl-C is pressed.',
  title: 'Write title="What it shows" or title="What to do".',
  show: 'Write show=processes, or another view of the inspector.',
  skip: 'Write skip="why it cannot run"; a reader is shown the reason.',
};

/**
 * Parses the options of a cell or task and their columns. `position` is that of the first character of `meta`. Throws an
 * AuthorError for the first mistake.
 */
export function parseOptions(
  meta: string,
  position: Position,
  kind: ActivityKind = 'cell',
): CellOptions & Pick<Cell, 'columns'> {
  const begin = /^\S+\s*/.exec(meta)?.[0].length ?? 0;
  const column = (position.column ?? 1) + begin;
  const words = readWords(meta.slice(begin), { ...position, column }, kind);
  const columns: Cell['columns'] = {};
  for (const [name, word] of words) {
    columns[name] = word.position.column ?? 1;
    if (name === 'fresh' && word.value !== undefined) {
      const message = 'The option "fresh" takes no value.';
      throw cellMistake('BadCellOption', word.position, message, 'Write fresh without a value.');
    }
    if (name === 'fresh' || word.value?.trim()) continue;
    const hint = needsValue[name] ?? `Write ${name}=value, or leave the option out.`;
    throw cellMistake('BadCellOption', word.position, `The option "${name}" has no value.`, hint);
  }
  const read = <T>(
    name: OptionName,
    reader: (value: string, position: Position) => T,
  ): T | undefined => {
    const word = words.get(name);
    return word?.value === undefined ? undefined : reader(word.value, word.position);
  };
  const id = words.get('id');
  const title = read('title', readTitle);
  const interrupt = words.get('interrupt')?.value;
  const skip = words.get('skip')?.value;
  const show = read('show', readPlace);
  return {
    id: readId(id?.value, id?.position ?? position, kind),
    ...(title !== undefined && { title }),
    after: read('after', readAfter) ?? [],
    machine: read('machine', readMachine) ?? DEFAULT_MACHINE,
    session: read('session', readSession) ?? 'host',
    timeout: read('timeout', readTimeout) ?? DEFAULT_SECONDS,
    ...(words.has('fresh') && { fresh: true }),
    ...(interrupt !== undefined && { interrupt }),
    ...(skip !== undefined && { skip }),
    ...(show && { show }),
    columns,
  };
}

/** Prints the options in their fixed order, without defaults. */
export function printOptions(options: CellOptions): string {
  const { after, machine, session, timeout } = options;
  const written: Record<OptionName, string | true | undefined> = {
    id: options.id,
    title: options.title,
    after: after.length ? after.join(',') : undefined,
    machine: machine === DEFAULT_MACHINE ? undefined : machine,
    session: session === 'host' ? undefined : session,
    fresh: options.fresh,
    timeout: timeout === DEFAULT_SECONDS ? undefined : String(timeout),
    interrupt: options.interrupt,
    skip: options.skip,
    show: options.show && printPlace(options.show),
  };
  return optionNames
    .flatMap((name) => {
      const value = written[name];
      return value === undefined ? [] : [printWord(name, value)];
    })
    .join(' ');
}
