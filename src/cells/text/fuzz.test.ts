/** Properties of the parser, the printer and the comparison, for arbitrary texts and cells. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { AuthorError } from '../../author-error.ts';
import { sessions } from '../cell.ts';
import type { CellOptions, Question, Step } from '../cell.ts';
import { formatChapter, parseChapter, printActivity, replaceActivities } from './chapter.ts';
import { outputMatches } from '../match/compare.ts';
import { toLines } from '../match/lines.ts';
import { difference, mergeOutput } from '../match/difference.ts';
import { printedChoices } from '../match/prediction.ts';
import { escapeLine, lineTest, showLine } from '../match/pattern.ts';

const lineMatches = (expected: string, actual: string): boolean => lineTest(expected)(actual);

// The same cases each time, so that a failure points to the change and not to chance.
const seed = Number(process.env['FUZZ_SEED'] ?? 20261124);
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 1000);
console.log(`fuzz: FUZZ_SEED=${seed} FUZZ_RUNS=${numRuns}`);
fc.configureGlobal({ seed, numRuns });
// These tests take several seconds on a busy computer.
vi.setConfig({ testTimeout: 60_000 });

/** Pieces with a meaning in a page or an output, mixed with other characters. */
const syntax = [
  ...['```', '````', '~~~', '```sh cell ', 'sh', 'cell', '  ', '\t', '\n', '\r', '\r\n', '\\', '"'],
  ...[
    '$',
    '$ ',
    '$#',
    '$# ',
    '> ',
    '>',
    '[1]',
    '[0]',
    '[256]',
    '...',
    '....',
    '? ',
    '( ) ',
    '(x) ',
    'id=a',
    'id=',
    '=',
  ],
  ...['after=', 'after=a,b', 'fresh', 'skip="a b"', 'interrupt=', 'timeout=5', 'session=inside'],
  ...[
    '<pid>',
    '<number>',
    '<hex>',
    '<duration>',
    '<pi',
    '7',
    '0x1f',
    '12 ms',
    '1:02',
    'b',
    "'",
    '`',
  ],
  ...['\u2028', '\u00a0', 'ä', '\u001b[1m', '\u0007', '-', '.'],
];
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...syntax) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
);
const words = (maxLength = 30) => fc.array(piece, { maxLength }).map((parts) => parts.join(''));
/** A line of terminal output, without trailing blanks and without its newline. */
const line = words(8).map((text) => text.replace(/[\n\r]/g, ' ').trimEnd());

const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/);
const value = words(5)
  .map((text) => text.replace(/[\n\r]/g, ' '))
  .filter((text) => text.trim() !== '');
const options: fc.Arbitrary<CellOptions> = fc
  .record(
    {
      id,
      title: value.map((text) => text.replace(/\s+/g, ' ').trim()),
      after: fc.constant<string[]>([]),
      machine: fc.oneof(fc.constant('main'), id),
      session: fc.constantFrom(...sessions),
      timeout: fc.integer({ min: 1, max: 600 }),
      fresh: fc.constant(true as const),
      interrupt: value,
      skip: value,
    },
    { requiredKeys: ['id', 'after', 'machine', 'session', 'timeout'] },
  )
  .map((record) => ({ ...record }));
const command = fc
  .array(line, { minLength: 1, maxLength: 3 })
  .filter(([first = '']) => first.trim() !== '')
  .map((lines) => lines.join('\n'));
const inOneLine = value.map((text) => text.trim());
const choices = fc
  .uniqueArray(inOneLine, { minLength: 2, maxLength: 4 })
  .map(([first = '', ...others]) => [
    { text: first, right: true as const },
    ...others.map((text) => ({ text })),
  ]);
const ask = fc.oneof(
  fc.record({ text: inOneLine }),
  fc.record({ text: inOneLine, choices }),
) satisfies fc.Arbitrary<Question>;
/** The mark contradicts no printed choice, and the step is not hidden. */
const isAskable = (each: Step): boolean => {
  const [printed = 0, ...others] = printedChoices(each);
  return !each.ask || (!each.hidden && (printed === 0 || others.length > 0));
};
const step: fc.Arbitrary<Step> = fc
  .record(
    {
      command,
      output: fc.array(line, { maxLength: 4 }),
      status: fc.integer({ min: 0, max: 255 }),
      line: fc.constant(0),
      hidden: fc.constant(true as const),
      ask,
    },
    { requiredKeys: ['command', 'output', 'status', 'line'] },
  )
  .map((record) => ({ ...record }))
  .filter(isAskable);
const cell = fc
  .record({ options, steps: fc.array(step, { minLength: 1, maxLength: 3 }) })
  .filter(({ options: { skip }, steps }) => skip === undefined || steps.every((each) => !each.ask));
const nowhere = { kind: 'cell' as const, position: { file: 'x', line: 1 }, columns: {} };

/** The parsed text, without positions; undefined for an author's mistake. */
function parsed(text: string): unknown {
  try {
    return parseChapter('x', text).map(
      ({ position: _position, columns: _columns, steps, ...rest }) => ({
        ...rest,
        steps: steps.map((each) => ({ ...each, line: 0 })),
      }),
    );
  } catch (error) {
    if (error instanceof AuthorError) return undefined;
    throw error;
  }
}

test('any text parses, or is a mistake with a position', () => {
  fc.assert(
    fc.property(words(60), (text) => {
      try {
        parseChapter('x', text);
      } catch (error) {
        expect(error).toBeInstanceOf(AuthorError);
        expect((error as Error).message).toMatch(/^x:[1-9]\d*:[1-9]\d* {2}[A-Z]\w+\n/);
      }
    }),
  );
});

test('any text within a fence parses, or is a mistake with a position', () => {
  fc.assert(
    fc.property(words(), words(), (meta, text) => {
      parsed(`\`\`\`sh cell id=a ${meta}\n$ ${text}\n\`\`\`\n`);
    }),
  );
});

test('printed activities parse to the same activities', () => {
  fc.assert(
    fc.property(cell, fc.constantFrom('', '  '), ({ options, steps }, indent) => {
      const text = printActivity({ ...options, steps, ...nowhere })
        .split('\n')
        .map((each) => each && indent + each)
        .join('\n');
      expect(parsed(`Text\n\n${text}\n\nText`)).toEqual([{ kind: 'cell', ...options, steps }]);
    }),
  );
});

test('the formatter keeps the meaning and is idempotent', () => {
  // With these, a text is rarely valid MDX.
  const prose = words().map((text) => text.replace(/[<{]/g, ''));
  const page = fc.array(
    fc.oneof(
      prose,
      cell.map(({ options, steps }) => printActivity({ ...options, steps, ...nowhere })),
    ),
  );
  fc.assert(
    fc.property(page, (parts) => {
      const text = parts.join('\n');
      const before = parsed(text);
      if (before === undefined) return;
      const formatted = formatChapter('x', text).text;
      expect(parsed(formatted)).toEqual(before);
      expect(formatChapter('x', formatted)).toEqual({ text: formatted, unformatted: [] });
    }),
  );
});

test('outputs that are written into a page parse back', () => {
  fc.assert(
    fc.property(cell, fc.array(line, { maxLength: 4 }), ({ options, steps }, output) => {
      const text = printActivity({ ...options, steps, ...nowhere });
      const changed = steps.map((each) => ({ ...each, output: output.map(escapeLine) }));
      fc.pre(changed.every(isAskable));
      const replaced = replaceActivities(text, [{ ...options, steps: changed, ...nowhere }]);
      expect(parsed(replaced)).toEqual([{ kind: 'cell', ...options, steps: changed }]);
    }),
  );
});

test('an escaped line matches only itself', () => {
  fc.assert(
    fc.property(line, line, (text, other) => {
      expect(showLine(escapeLine(text))).toBe(text);
      expect(lineMatches(escapeLine(text), text)).toBe(true);
      expect(lineMatches(escapeLine(text), other)).toBe(text === other);
    }),
  );
});

/** `...` as a regular expression: exponential, but obviously correct. */
function matchesSlowly(expected: readonly string[], actual: readonly string[]): boolean {
  const [first, ...rest] = expected;
  if (first === undefined) return actual.length === 0;
  if (first !== '...') return first === actual[0] && matchesSlowly(rest, actual.slice(1));
  return [...actual, ''].some((_, i) => matchesSlowly(rest, actual.slice(i)));
}

const few = fc.array(fc.constantFrom('a', 'b', '...'), { maxLength: 7 });
const letters = fc.array(fc.constantFrom('a', 'b'), { maxLength: 7 });

test('lines and characters match by definition', () => {
  fc.assert(
    fc.property(few, letters, (expected, actual) => {
      const matches = matchesSlowly(expected, actual);
      expect(outputMatches(expected, actual)).toBe(matches);
      expect(lineMatches(expected.join(''), actual.join(''))).toBe(matches);
    }),
  );
});

test('a difference contains all lines in order, and a merge matches the live output', () => {
  fc.assert(
    fc.property(
      fc.oneof(few, fc.array(line)),
      fc.oneof(letters, fc.array(line)),
      (printed, came) => {
        const changes = difference(printed, came);
        expect(
          changes.flatMap((change) => ('expected' in change ? [change.expected] : [])),
        ).toEqual(printed);
        expect(
          changes.flatMap((change) => (change.kind === 'removed' ? [] : change.actual)),
        ).toEqual(came);
        expect(changes.every(({ kind }) => kind === 'kept')).toBe(outputMatches(printed, came));
        expect(outputMatches(mergeOutput(printed, came), came)).toBe(true);
      },
    ),
  );
});

test('terminal output of any kind becomes lines', () => {
  fc.assert(
    fc.property(words(60), (text) => {
      for (const each of toLines(text)) expect(each).not.toMatch(/[\n\r]/);
    }),
  );
});

// The time of a comparison is at most proportional to the product of both sizes. If it were exponential, or
// backtracked for each earlier `...`, none of these would end.
test.each([
  ['many ... in a line', () => lineMatches('a...'.repeat(2000) + 'b', 'a'.repeat(2000))],
  ['many matchers in a line', () => lineMatches('...<hex>'.repeat(40) + '!', 'f'.repeat(4000))],
  ['a long line', () => lineMatches('...<duration>...<number>...x', '1'.repeat(1 << 18))],
  [
    'many ... between lines',
    () =>
      outputMatches(
        [...new Array<string[]>(2000).fill(['a', '...']).flat(), 'b'],
        new Array<string>(4000).fill('a'),
      ),
  ],
  [
    'lines with a long common prefix',
    () =>
      outputMatches(
        ['...', ...new Array<string>(400).fill('a...a'), 'b'],
        new Array<string>(800).fill('aa'),
      ),
  ],
])('is not slow: %s', (_, compare) => {
  expect(compare()).toBe(false);
});
