/** Output as printed against output as it came. */

/** What `...` stands for in the author's text. */
const ANY = '...';

// Built from text, since a control character in a literal is nearly always a mistake.
const ESC = '\\u001b';
const BEL = '\\u0007';
/** Operating system commands, control sequences and two-character escapes of ECMA-48. */
const ESCAPE_SEQUENCE = new RegExp(
  `${ESC}\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)|${ESC}\\[[0-?]*[ -/]*[@-~]|${ESC}[@-Z\\\\-_]`,
  'g',
);

/** Terminal output as lines: without escape sequences, overwritten beginnings and trailing blanks. */
export function toLines(output: string): string[] {
  const text = output
    .replace(ESCAPE_SEQUENCE, '')
    .replaceAll('\r\n', '\n')
    .replace(/[^\n]*\r(?!\n)/g, '');
  const lines = text.split('\n').map((line) => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Whether a line is as the author wrote it. */
export function lineMatches(expected: string, actual: string): boolean {
  if (!expected.includes(ANY)) return expected === actual;
  const [first = '', ...rest] = expected.split(ANY);
  if (!actual.startsWith(first)) return false;
  const last = rest.pop() ?? '';
  let at = first.length;
  for (const piece of rest) {
    const found = actual.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return actual.length - last.length >= at && actual.endsWith(last);
}

/** For each expected line the range of actual lines that it covers; undefined when they differ. */
function align(
  expected: readonly string[],
  actual: readonly string[],
): [number, number][] | undefined {
  const ranges: [number, number][] = [];
  let at = 0;
  // Where to go back to when a line does not fit: the last `...` takes one line more.
  let back: { index: number; at: number } | undefined;
  let index = 0;
  while (index < expected.length || at < actual.length) {
    const line = expected[index];
    const candidate = actual[at];
    if (line === ANY) {
      ranges[index] = [at, at];
      back = { index, at };
      index++;
    } else if (line !== undefined && candidate !== undefined && lineMatches(line, candidate)) {
      ranges[index++] = [at, ++at];
    } else if (back && back.at < actual.length) {
      index = back.index;
      ranges[index] = [ranges[index]?.[0] ?? 0, ++back.at];
      at = back.at;
      index++;
    } else {
      return undefined;
    }
  }
  return ranges;
}

/** Whether output is as the author wrote it. */
export function outputMatches(expected: readonly string[], actual: readonly string[]): boolean {
  return align(expected, actual) !== undefined;
}

/**
 * The new text for a step: the author's own where it fits. Where not, the actual lines, in which
 * the author's lines with `...` stay as long as they still match the line that stands there.
 */
export function mergeOutput(expected: readonly string[], actual: readonly string[]): string[] {
  if (outputMatches(expected, actual)) return [...expected];
  const patterns = expected.filter((line) => line !== ANY && line.includes(ANY));
  return actual.map((line) => {
    const kept = patterns.findIndex((pattern) => lineMatches(pattern, line));
    return kept < 0 ? line : (patterns.splice(kept, 1)[0] ?? line);
  });
}
