/** Shortens the lines of a difference, since one line can be as long as a whole output. */
import type { DifferingLine } from '../../cells/match/reason.ts';
import { counted } from '../../counted.ts';

/** Maximum number of shown characters. */
const SHOWN = 300;

/** A line around its first difference from its counterpart on the other side. */
export function lineExcerpt(lines: readonly DifferingLine[], index: number): string {
  const text = lines[index]?.text ?? '';
  if (text.length <= SHOWN) return text;
  const from = firstDifference(text, counterpart(lines, index)) - SHOWN / 2;
  const start = Math.max(0, Math.min(from, text.length - SHOWN));
  const end = start + SHOWN;
  const before = start > 0 ? '…' : '';
  const after = end < text.length ? '…' : '';
  const left = counted(text.length - SHOWN, 'character');
  return `${before}${text.slice(start, end)}${after} (${left} left out)`;
}

/** A replaced line stands directly before the line that replaces it. */
function counterpart(lines: readonly DifferingLine[], index: number): string {
  const isPrinted = lines[index]?.side === 'printed';
  const other = lines[index + (isPrinted ? 1 : -1)];
  return other?.side === (isPrinted ? 'live' : 'printed') ? other.text : '';
}

function firstDifference(text: string, other: string): number {
  let at = 0;
  while (at < text.length && text[at] === other[at]) at++;
  return at;
}
