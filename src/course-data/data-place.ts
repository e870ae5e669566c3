// Finds a field of a data file in its text. The YAML parser does not keep the positions of fields.
import type { Position } from '../author-error.ts';

/** The lines of a field with what is below it, and its column; all count from 0. */
interface Block {
  from: number;
  to: number;
  column: number;
}

/** The place of a field, or of the nearest field above it that the file has. */
export function placeOfField(file: string, text: string, path: readonly PropertyKey[]): Position {
  const lines = text.split('\n');
  let block: Block = { from: 0, to: lines.length, column: 0 };
  for (const step of path) {
    const below =
      typeof step === 'number' ? findItem(lines, block, step) : findKey(lines, block, String(step));
    if (!below) break;
    block = below;
  }
  return { file, line: block.from + 1, column: block.column + 1 };
}

function findItem(lines: readonly string[], { from, to }: Block, place: number): Block | undefined {
  const items = matchesIn(lines, from, to, /^ *(?=- )/).filter(isOutermost);
  const item = items[place];
  return item && { from: item.line, to: items[place + 1]?.line ?? to, column: item.column + 2 };
}

function findKey(lines: readonly string[], { from, to }: Block, key: string): Block | undefined {
  const wanted = new RegExp(`(?:^|^.*?[\\s{,])(?=["']?${RegExp.escape(key)}["']?:)`);
  const found = matchesIn(lines, from, to, wanted).find(isOutermost);
  if (!found) return undefined;
  const { line, column } = found;
  const isNext = (text: string, at: number) =>
    at > line && text.trim() !== '' && text.search(/\S/) <= column;
  const end = lines.findIndex(isNext);
  return { from: line, to: end < 0 ? to : Math.min(end, to), column };
}

interface Match {
  line: number;
  column: number;
}

function matchesIn(lines: readonly string[], from: number, to: number, wanted: RegExp): Match[] {
  return lines.slice(from, to).flatMap((text, i) => {
    const match = wanted.exec(text);
    return match ? [{ line: from + i, column: match[0].length }] : [];
  });
}

/** A match further right belongs to another field. */
function isOutermost({ column }: Match, _: number, all: readonly Match[]): boolean {
  return all.every((other) => other.column >= column);
}
