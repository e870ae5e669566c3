/** The YAML text of a task, and the places of its parts in the page. */
import { isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Position } from '../../author-error.ts';
import { throwMistakes } from '../../author-error.ts';
import { cellMistake } from './mistakes.ts';

export type Path = readonly PropertyKey[];

/** Where the text begins in its page: the line above it, and the characters before each of its lines. */
interface TextPlace {
  position: Position;
  indent: number;
}

export interface TaskSource {
  data: unknown;
  /** The place of a field, or of the nearest field above it. */
  placeOf: (path: Path) => Position;
  /** Each text below this path with the place of what is at an offset of the file's text in it. */
  texts: (path: Path) => { text: string; placeOf: (part: string) => Position }[];
}

/** Reads the YAML of a task. Throws an AuthorError for all its mistakes. */
export function readTaskSource(text: string, { position, indent }: TextPlace): TaskSource {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const at = (offset: number): Position => {
    const { line, col } = counter.linePos(offset);
    return { ...position, line: position.line + line, column: indent + col };
  };
  throwMistakes(
    document.errors.map(({ message, pos: [begin] }) => {
      const [reason = ''] = message.split(/ at line \d+|:\n/, 1);
      const hint =
        'Put quotes around a value that contains ": " or " #", or that begins with a quote, a bracket, "{", "@" or "&". Indent with spaces.';
      return cellMistake('BadTask', at(begin), `This is not valid YAML: ${reason}.`, hint).mistake;
    }),
  );
  const placeOf = (path: Path): Position => {
    for (let length = path.length; length > 0; length--) {
      const part = path.slice(0, length);
      const node = document.getIn(part, true);
      if (isNode(node) && node.range) return at(node.range[0]);
    }
    return { ...position, line: position.line + 1, column: indent + 1 };
  };
  const texts: TaskSource['texts'] = (path) => {
    const found: ReturnType<TaskSource['texts']> = [];
    const node = document.getIn(path, true);
    if (!isNode(node)) return found;
    const add = ({ value, range }: { value: unknown; range?: [number, number, number] | null }) => {
      if (typeof value !== 'string' || !range) return;
      const [begin, end] = range;
      const find = (part: string) => Math.max(0, text.slice(begin, end).indexOf(part));
      found.push({ text: value, placeOf: (part) => at(begin + find(part)) });
    };
    if (isScalar(node)) add(node);
    else visit(node, { Scalar: (key, scalar) => (key === 'key' ? undefined : add(scalar)) });
    return found;
  };
  return { data: document.toJS() as unknown, placeOf, texts };
}
