/**
 * A line of output as an author writes it: text, in which `...` stands for any text and a matcher
 * for something of its kind. A backslash before one of them makes it plain text.
 */

/** What each matcher takes. All are bounded, so that no line can make them slow. */
const matchers = {
  /** Digits, perhaps with a minus before them and a decimal part after. */
  '<number>': String.raw`-?\d{1,40}(?:\.\d{1,40})?`,
  /** Hexadecimal digits, at most 128, perhaps with 0x before them. */
  '<hex>': '(?:0[xX])?[0-9a-fA-F]{1,128}',
  /** A number as a process has: no sign, no 0 in front, at most seven digits. */
  '<pid>': String.raw`[1-9]\d{0,6}`,
  /** Numbers with their units of time (`12 ms`, `0m0.012s`), or a clock (`00:00:07.5`). */
  '<duration>': String.raw`(?:\d{1,12}(?:\.\d{1,12})? ?(?:ns|us|µs|ms|min|s|m|h|d)){1,6}|\d{1,4}(?::[0-5]\d){1,2}(?:\.\d{1,12})?`,
} as const;

export type Matcher = keyof typeof matchers;

/** Stands for any text of a line, or alone for any lines. */
export const ANY = '...';

export type Token =
  { kind: 'text'; text: string } | { kind: 'any' } | { kind: 'matcher'; name: Matcher };

/** One of the above with the backslashes before it. */
const ITEM = /(\\*)(\.\.\.|<(?:number|hex|pid|duration)>)/g;

const isMatcher = (item: string): item is Matcher => item in matchers;

/** The parts of a line. Two backslashes before `...` or a matcher stand for one. */
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

/** The text that is read as exactly this line of output. */
export function escapeLine(line: string): string {
  return line.replace(ITEM, (_, slashes: string, item: string) => `${slashes}${slashes}\\${item}`);
}

/** A token as a reader should see it. */
export function showToken(token: Token): string {
  if (token.kind === 'text') return token.text;
  return token.kind === 'any' ? ANY : token.name;
}

/** A line as a reader should see it: without the backslashes that are for authors. */
export function showLine(line: string): string {
  return tokenize(line).map(showToken).join('');
}

/** Whether anything of the line may vary. */
export function varies(line: string): boolean {
  return tokenize(line).some(({ kind }) => kind !== 'text');
}

/** Where a part of a line may begin: at each of these places, or anywhere from one on. */
interface Places {
  at: ReadonlySet<number>;
  anywhereFrom: number | undefined;
}

function* startsOf({ at, anywhereFrom }: Places, length: number): Iterable<number> {
  if (anywhereFrom === undefined) return yield* at;
  for (let start = anywhereFrom; start <= length; start++) yield start;
}

function smallest(numbers: Iterable<number>): number {
  let least = Infinity;
  for (const number of numbers) least = Math.min(least, number);
  return least;
}

/** Where the rest may begin after a piece of text. */
function afterText(text: string, places: Places, line: string): Set<number> {
  const ends = new Set<number>();
  if (places.anywhereFrom === undefined) {
    for (const start of places.at) if (line.startsWith(text, start)) ends.add(start + text.length);
    return ends;
  }
  let found = line.indexOf(text, places.anywhereFrom);
  for (; found >= 0; found = line.indexOf(text, found + 1)) ends.add(found + text.length);
  return ends;
}

/** Where the rest may begin after what a matcher takes, which is always as much as it can. */
function afterMatcher(name: Matcher, places: Places, line: string): Set<number> {
  const pattern = new RegExp(matchers[name], 'y');
  const ends = new Set<number>();
  for (const start of startsOf(places, line.length)) {
    pattern.lastIndex = start;
    if (pattern.test(line)) ends.add(pattern.lastIndex);
  }
  return ends;
}

/** Makes the test whether a line of output is as the author wrote it. */
export function lineTest(expected: string): (actual: string) => boolean {
  return testFor(tokenize(expected));
}

/** Makes the test whether a line holds, somewhere, what the author wrote. */
export function partTest(expected: string): (actual: string) => boolean {
  return testFor([{ kind: 'any' }, ...tokenize(expected), { kind: 'any' }]);
}

/**
 * The time of a test grows with the length of the line times the number of tokens, never faster,
 * since it follows all places at once.
 */
function testFor(tokens: readonly Token[]): (actual: string) => boolean {
  const [first] = tokens;
  if (!first) return (actual) => actual === '';
  if (tokens.length === 1 && first.kind === 'text') return (actual) => actual === first.text;
  return (actual) => {
    let places: Places = { at: new Set([0]), anywhereFrom: undefined };
    for (const token of tokens) {
      if (token.kind === 'any') {
        places = { at: new Set(), anywhereFrom: places.anywhereFrom ?? smallest(places.at) };
        continue;
      }
      const at =
        token.kind === 'text'
          ? afterText(token.text, places, actual)
          : afterMatcher(token.name, places, actual);
      if (!at.size) return false;
      places = { at, anywhereFrom: undefined };
    }
    return places.anywhereFrom !== undefined || places.at.has(actual.length);
  };
}
