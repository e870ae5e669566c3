// The build draws each diagram once and keeps the drawing in a committed folder. A later build needs a browser
// only if a diagram has changed.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Position } from '../author-error.ts';
import { drawDiagram } from './diagram-browser.ts';
import { colourByRole, findFixedColours } from './diagram-colours.ts';
import { explainBrokenDiagram, explainFixedColours } from './diagram-source.ts';
import { classDefinitions, mermaidConfig, roles } from './diagram-theme.ts';

/** The folder of the drawings. */
export const drawingsFolder = 'content/.diagrams';

// Increase it whenever a change of this renderer changes drawings.
const rendererVersion = 2;
const mermaidVersion: string = createRequire(import.meta.url)('mermaid/package.json').version;

/** Draws a source in sentinel colours; tests pass their own. */
export type Draw = (source: string, id: string) => Promise<string>;

/** The name of a diagram's drawing: a hash of everything that affects its appearance. */
export function drawingKey(source: string): string {
  const inputs = [rendererVersion, mermaidVersion, mermaidConfig, roles, classDefinitions, source];
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 16);
}

/** Returns the drawing of a source as SVG. Draws it if the folder does not have it. */
export async function renderDiagram(
  source: string,
  fence: Position,
  folder = drawingsFolder,
  draw: Draw = drawDiagram,
): Promise<string> {
  const key = drawingKey(source);
  const file = join(folder, `${key}.svg`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return kept;

  const svg = await drawByRole(source, `dg-${key}`, fence, draw);
  await mkdir(folder, { recursive: true });
  await writeFile(file, svg);
  return svg;
}

/** Removes the drawings whose keys are not in use and returns their keys. */
export async function removeUnusedDrawings(
  used: ReadonlySet<string>,
  folder = drawingsFolder,
): Promise<string[]> {
  const files = await readdir(folder).catch(() => []);
  const unused = files.map((file) => file.replace('.svg', '')).filter((key) => !used.has(key));
  await Promise.all(unused.map((key) => rm(join(folder, `${key}.svg`))));
  return unused;
}

async function drawByRole(
  source: string,
  id: string,
  fence: Position,
  draw: Draw,
): Promise<string> {
  const drawing = await draw(withClasses(source), id).catch((error: Error) => {
    throw isMermaidComplaint(error) ? explainBrokenDiagram(error, fence) : error;
  });
  const svg = shortenNumbers(colourByRole(drawing));
  const fixed = findFixedColours(svg);
  if (fixed.length > 0) throw explainFixedColours(fixed, fence);
  return `${svg}\n`;
}

// A missing or crashed browser is not a mistake in the diagram.
function isMermaidComplaint(error: Error): boolean {
  return error.message.startsWith('page.evaluate:');
}

// At the end, so that the line numbers in Mermaid's errors are the author's. The empty lines keep the classes out
// of the lines that these errors quote.
function withClasses(source: string): string {
  const takesClasses = /^\s*(?:flowchart|graph|stateDiagram|classDiagram)/m.test(source);
  return takesClasses ? `${source}${'\n'.repeat(24)}${classDefinitions}` : source;
}

// In the tags only: a text may have an address such as 198.51.100.9.
function shortenNumbers(svg: string): string {
  return svg.replace(/<[^>]*>/g, (tag) => tag.replace(/(\d+\.\d{2})\d+/g, '$1'));
}
