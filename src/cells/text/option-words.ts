/** Parses the options of a cell or task (`name`, `name=value` or `name="a value"`) with their positions. */
import type { AuthorError, Position } from '../../author-error.ts';
import type { ActivityKind } from '../activity.ts';
import type { OptionName } from '../cell.ts';
import { cellMistake } from './mistakes.ts';
import { nearest } from '../../nearest.ts';

/** All options, in the order in which they are printed. */
export const optionNames = [
  'id',
  'title',
  'after',
  'machine',
  'session',
  'fresh',
  'timeout',
  'interrupt',
  'skip',
  'show',
] as const satisfies readonly OptionName[];

/** An option as written; `value` is undefined if it has none. */
export interface OptionWord {
  value: string | undefined;
  position: Position;
}

/** A name, optionally with "=" and a value; a value that contains spaces is in quotes. */
const WORD = /([^\s="']*)(?:(=)(?:"((?:[^"\\]|\\[^])*)"|([^\s"']*)))?(\S*)/y;
const PLAIN = /^[^\s"'=\\]+$/;

function isName(word: string): word is OptionName {
  return (optionNames as readonly string[]).includes(word);
}

/**
 * Parses the words of `meta`, whose first character is at `position`. Throws an AuthorError for an unknown name, a
 * repeated one, and unbalanced quotes.
 */
export function readWords(
  meta: string,
  position: Position,
  kind: ActivityKind,
): Map<OptionName, OptionWord> {
  const found = new Map<OptionName, OptionWord>();
  for (let at = meta.search(/\S/); at >= 0 && at < meta.length;) {
    WORD.lastIndex = at;
    const [whole = '', name = '', equals, quoted, plain, rest = ''] = WORD.exec(meta) ?? [];
    const here = { ...position, column: (position.column ?? 1) + at };
    if (!isName(name)) {
      checkSpace(whole, here, [...found].at(-1));
      throw unknownOption(name, whole, here, kind);
    }
    if (plain && /^[“”„‘’‚«»]/.test(plain)) {
      const message = `The value of the option "${name}" begins with the typographic quote ${plain[0]}.`;
      throw cellMistake('BadCellOption', here, message, `Write straight quotes: ${name}="value".`);
    }
    if (rest) {
      const message = `The value of the option "${name}" cannot be read.`;
      const hint = `Write ${name}="value", with a backslash before a quote that is part of it.`;
      throw cellMistake('BadCellOption', here, message, hint);
    }
    if (found.has(name)) {
      const message = `The option "${name}" is given twice.`;
      throw cellMistake('BadCellOption', here, message, 'Remove one of the two.');
    }
    const value = quoted?.replace(/\\(["\\])/g, '$1') ?? plain;
    found.set(name, { value: equals ? value : undefined, position: here });
    const next = meta.slice(at + whole.length).search(/\S/);
    at = next < 0 ? -1 : at + whole.length + next;
  }
  return found;
}

type Option = readonly [OptionName, OptionWord];

function unknownOption(
  name: string,
  whole: string,
  position: Position,
  kind: ActivityKind,
): AuthorError {
  const meant = nearest(name, optionNames);
  const all = `The options are ${optionNames.join(', ')}. Put a value that contains spaces in double quotes.`;
  return cellMistake(
    'UnknownCellOption',
    position,
    `A ${kind} has no option "${name || whole}".`,
    meant ? `Did you mean "${meant}"? ${all}` : all,
  );
}

/** Throws if a space separates this word from the "=" or the comma of the one before. */
function checkSpace(whole: string, position: Position, before: Option | undefined): void {
  if (!before) return;
  const [option, { value }] = before;
  if (!whole.startsWith('=') && value !== '' && !value?.endsWith(',')) return;
  const message = `A space separates "${whole}" from the option "${option}".`;
  throw cellMistake('BadCellOption', position, message, `Write ${option}=value without spaces.`);
}

/** Prints one option. */
export function printWord(name: OptionName, value: string | true): string {
  if (value === true) return name;
  return `${name}=${PLAIN.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`;
}
