/**
 * A line of output as an author writes it: text, in which `...` matches any text, and a matcher such as
 * `<number>` matches a value of its kind. A backslash before one of them makes it plain text.
 */

/** The expression of each matcher. All have bounded repetition, so that no line can make them slow. */
const matchers = {
  /** Digits with an optional minus sign and an optional decimal part. */
  '<number>': String.raw`-?\d{1,40}(?:\.\d{1,40})?`,
  /** At most 128 hexadecimal digits with an optional 0x. */
  '<hex>': '(?:0[xX])?[0-9a-fA-F]{1,128}',
  /** A process ID: no sign, no leading zero, at most seven digits. */
  '<pid>': String.raw`[1-9]\d{0,6}`,
  /** Numbers with units of time (`12 ms`, `0m0.012s`), or a clock time (`00:00:07.5`). */
  '<duration>': String.raw`(?:\d{1,12}(?:\.\d{1,12})? ?(?:ns|us|µs|ms|min|s|m|h|d)){1,6}|\d{1,4}(?::[0-5]\d){1,2}(?:\.\d{1,12})?`,
} as const;

export type Matcher = keyof typeof matchers;

/** Matches any text within a line, or, on a line of its own, any number of lines. */
export const ANY = '...';

export type Token =
  { kind: 'text'; text: string } | { kind: 'any' } | { kind: 'matcher'; name: Matcher };

/** A `...` or a matcher, with the backslashes before it. */
const ITEM = /(\\*)(\.\.\.|<(?:number|hex|pid|duration)>)/g;

const isMatcher = (item: string): item is Matcher => item in matchers;

/** Splits a line into its parts. Two backslashes before `...` or a matcher stand for one. */
export function tokenize(line: string): Token[] {
  const tokens: Token[] = [];
  let text = '';
  const push = (token: Token): void => {
    if (text) tokens.push({ kind: 'text', text });
    text = '';
    tokens.push(token);
  };
  let at = 0;
  for (const { 0: whole, 1: slashes = '', 2: item = '', index } of line.matchAll(ITEM)) {
    text += line.slice(at, index) + '\\'.repeat(slashes.length / 2);
    at = index + whole.length;
    if (slashes.length % 2) text += item;
    else push(isMatcher(item) ? { kind: 'matcher', name: item } : { kind: 'any' });
  }
  text += line.slice(at);
  if (text) tokens.push({ kind: 'text', text });
  return tokens;
}

/** Escapes a line of output so that it matches only itself. */
export function escapeLine(line: string): string {
  return line.replace(ITEM, (_, slashes: string, item: string) => `${slashes}${slashes}\\${item}`);
}

/** A token as shown to readers. */
export function showToken(token: Token): string {
  if (token.kind === 'text') return token.text;
  return token.kind === 'any' ? ANY : token.name;
}

/** A line as shown to readers, without the authors' backslashes. */
export function showLine(line: string): string {
  return tokenize(line).map(showToken).join('');
}

/** Whether any part of the line may vary. */
export function varies(line: string): boolean {
  return tokenize(line).some(({ kind }) => kind !== 'text');
}

/** The possible beginnings of a part of a line: each of these positions, or any position from one on. */
interface Positions {
  at: ReadonlySet<number>;
  anywhereFrom: number | undefined;
}

function* startsOf({ at, anywhereFrom }: Positions, length: number): Iterable<number> {
  if (anywhereFrom === undefined) return yield* at;
  for (let start = anywhereFrom; start <= length; start++) yield start;
}

function smallest(numbers: Iterable<number>): number {
  let least = Infinity;
  for (const number of numbers) least = Math.min(least, number);
  return least;
}

/** The possible positions after a piece of text. */
function afterText(text: string, positions: Positions, line: string): Set<number> {
  const ends = new Set<number>();
  if (positions.anywhereFrom === undefined) {
    for (const start of positions.at)
      if (line.startsWith(text, start)) ends.add(start + text.length);
    return ends;
  }
  let found = line.indexOf(text, positions.anywhereFrom);
  for (; found >= 0; found = line.indexOf(text, found + 1)) ends.add(found + text.length);
  return ends;
}

/** The possible positions after a matcher, which is always greedy. */
function afterMatcher(name: Matcher, positions: Positions, line: string): Set<number> {
  const pattern = new RegExp(matchers[name], 'y');
  const ends = new Set<number>();
  for (const start of startsOf(positions, line.length)) {
    pattern.lastIndex = start;
    if (pattern.test(line)) ends.add(pattern.lastIndex);
  }
  return ends;
}

/** Returns a function that tests whether a line of output matches the author's line. */
export function lineTest(expected: string): (actual: string) => boolean {
  return testFor(tokenize(expected));
}

/** Returns a function that tests whether some part of a line matches the author's text. */
export function partTest(expected: string): (actual: string) => boolean {
  return testFor([{ kind: 'any' }, ...tokenize(expected), { kind: 'any' }]);
}

/**
 * A test follows all possible positions at once, so its time is at most proportional to the length of the
 * line times the number of tokens.
 */
function testFor(tokens: readonly Token[]): (actual: string) => boolean {
  const [first] = tokens;
  if (!first) return (actual) => actual === '';
  if (tokens.length === 1 && first.kind === 'text') return (actual) => actual === first.text;
  return (actual) => {
    let positions: Positions = { at: new Set([0]), anywhereFrom: undefined };
    for (const token of tokens) {
      if (token.kind === 'any') {
        const anywhereFrom = positions.anywhereFrom ?? smallest(positions.at);
        positions = { at: new Set(), anywhereFrom };
        continue;
      }
      const at =
        token.kind === 'text'
          ? afterText(token.text, positions, actual)
          : afterMatcher(token.name, positions, actual);
      if (!at.size) return false;
      positions = { at, anywhereFrom: undefined };
    }
    return positions.anywhereFrom !== undefined || positions.at.has(actual.length);
  };
}
