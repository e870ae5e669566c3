// Turns the position of a Markdown node into one that authors can find. For Node only.
import type { Position } from './author-error.ts';
import { top } from './paths.ts';

/** The position of a Markdown node, with the file's path relative to the project's top folder. */
export function positionOf(
  fileURL: URL | undefined,
  start: { line: number; column: number } | undefined,
): Position {
  const { line, column } = start ?? { line: 1, column: undefined };
  if (!fileURL) return { file: 'unknown file', line, column };
  const root = `${top.replaceAll('\\', '/')}/`;
  const path = decodeURIComponent(fileURL.pathname);
  const file = path.includes(root) ? path.slice(path.indexOf(root) + root.length) : path;
  return { file, line, column };
}
