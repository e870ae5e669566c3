/** Reads what stands after "sh cell" on a fence's first line. */
import type { Place } from '../author-error.ts';
import { sessions } from './cell.ts';
import type { CellOptions, SessionName } from './cell.ts';
import { cellMistake, nearest } from './mistakes.ts';

const names = ['id', 'after', 'session', 'timeout'] as const;
type OptionName = (typeof names)[number];

const DEFAULT_SECONDS = 30;
const ID = /^[a-z][a-z0-9-]*$/;

function isName(word: string): word is OptionName {
  return (names as readonly string[]).includes(word);
}

function isSession(word: string): word is SessionName {
  return (sessions as readonly string[]).includes(word);
}

/** Whether a fence's info string, without the language, makes it a cell. */
export function isCell(
  language: string | null | undefined,
  meta: string | null | undefined,
): boolean {
  return language === 'sh' && /^cell(\s|$)/.test(meta ?? '');
}

/** Splits `a=b c="d e"` into pairs. Throws for a word without a value and for a repeated name. */
function readPairs(meta: string, place: Place): Map<OptionName, string> {
  const found = new Map<OptionName, string>();
  for (const [word] of meta.matchAll(/(?:[^\s"]|"[^"]*")+/g)) {
    const [, name = '', quoted, plain] = /^([^=]*)(?:="([^"]*)"|=([^"]*))?$/.exec(word) ?? [];
    if (!isName(name)) {
      const meant = nearest(name, names);
      throw cellMistake(
        'UnknownCellOption',
        place,
        `A cell has no option "${name || word}".`,
        meant
          ? `Did you mean "${meant}"? The options are ${names.join(', ')}.`
          : `The options are ${names.join(', ')}.`,
      );
    }
    const value = quoted ?? plain;
    if (!value) {
      const hint = `Write ${name}=value, or leave the option out.`;
      throw cellMistake('BadCellOption', place, `The option "${name}" has no value.`, hint);
    }
    if (found.has(name)) {
      const message = `The option "${name}" stands there twice.`;
      throw cellMistake('BadCellOption', place, message, 'Leave one of the two out.');
    }
    found.set(name, value);
  }
  return found;
}

function readId(value: string | undefined, place: Place): string {
  if (value && ID.test(value)) return value;
  throw cellMistake(
    'BadCellId',
    place,
    value ? `"${value}" cannot be a cell's id.` : 'This cell has no id.',
    'Write id= and a name of lower-case letters, digits and hyphens that begins with a letter.',
  );
}

function readSession(value: string | undefined, place: Place): SessionName {
  if (value === undefined) return 'host';
  if (isSession(value)) return value;
  const meant = nearest(value, sessions);
  throw cellMistake(
    'UnknownSession',
    place,
    `There is no session "${value}".`,
    `${meant ? `Did you mean "${meant}"? ` : ''}The sessions are ${sessions.join(', ')}.`,
  );
}

function readTimeout(value: string | undefined, place: Place): number {
  if (value === undefined) return DEFAULT_SECONDS;
  const seconds = Number(value);
  if (Number.isInteger(seconds) && seconds > 0 && seconds <= 600) return seconds;
  const message = `The time-out "${value}" is not a number of seconds.`;
  throw cellMistake('BadCellOption', place, message, 'Write a whole number from 1 to 600.');
}

/** The options of a cell. Throws an AuthorError for the first mistake. */
export function parseOptions(meta: string, place: Place): CellOptions {
  const pairs = readPairs(meta.replace(/^cell\s*/, ''), place);
  return {
    id: readId(pairs.get('id'), place),
    after: pairs.get('after')?.split(',').filter(Boolean) ?? [],
    session: readSession(pairs.get('session'), place),
    timeout: readTimeout(pairs.get('timeout'), place),
  };
}

/** The options as an author writes them, in their fixed order; defaults are left out. */
export function printOptions({ id, after, session, timeout }: CellOptions): string {
  const words = [`id=${id}`];
  if (after.length) words.push(`after=${after.join(',')}`);
  if (session !== 'host') words.push(`session=${session}`);
  if (timeout !== DEFAULT_SECONDS) words.push(`timeout=${timeout}`);
  return words.join(' ');
}
