import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { drawingKey, removeUnusedDrawings, renderDiagram } from './render-diagram.ts';

const fence = { file: 'content/chapters/x.mdx', line: 10, column: 1 };
const drawing = '<svg><path fill="#010101" stroke="rgb(2, 2, 2)" d="M1.23456"/></svg>';
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diagrams-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('replaces sentinel colours with variables', async () => {
  const svg = await renderDiagram('flowchart TB', fence, folder, async () => drawing);
  expect(svg).toBe('<svg><path fill="var(--dg-text)" stroke="var(--dg-line)" d="M1.23"/></svg>\n');
});

test('draws a source once', async () => {
  const draw = vi.fn(async () => drawing);
  const first = await renderDiagram('flowchart TB', fence, folder, draw);
  const second = await renderDiagram('flowchart TB', fence, folder, draw);
  expect(second).toBe(first);
  expect(draw).toHaveBeenCalledTimes(1);
});

test('defines the classes of host and container if the diagram can have classes', async () => {
  const draw = vi.fn(async (_source: string) => drawing);
  await renderDiagram('flowchart TB', fence, folder, draw);
  await renderDiagram('sequenceDiagram', fence, folder, draw);
  const [flowchart, sequence] = draw.mock.calls.map(([source]) => source);
  expect(flowchart).toContain('classDef inside');
  expect(sequence).toBe('sequenceDiagram');
});

test('reports Mermaid’s reason at the line in the page', async () => {
  const draw = () =>
    Promise.reject(new Error('page.evaluate: Error: Parse error on line 3:\na --\n    at x.js:1'));
  await expect(renderDiagram('flowchart TB', fence, folder, draw)).rejects
    .toThrowErrorMatchingInlineSnapshot(`
      [BrokenDiagram: content/chapters/x.mdx:13:1  BrokenDiagram
      Mermaid cannot draw this diagram. Parse error:
      a --
      Correct the diagram at this line; the syntax is described at https://mermaid.js.org/intro/syntax-reference.html]
    `);
});

test('shortens coordinates, and no number in the text', async () => {
  const draw = async () => '<svg><path d="M1.23456,7"/><text>198.51.100.9</text></svg>';
  const svg = await renderDiagram('flowchart TB', fence, folder, draw);
  expect(svg).toContain('M1.23,7');
  expect(svg).toContain('198.51.100.9');
});

test('does not blame the diagram when the browser is missing', async () => {
  const missing = new Error('No Chromium was found');
  const draw = () => Promise.reject(missing);
  await expect(renderDiagram('flowchart TB', fence, folder, draw)).rejects.toBe(missing);
});

test('rejects a colour that would not follow the theme, and keeps no drawing', async () => {
  const red = async () => '<svg><path style="fill: red !important; stroke: none"/></svg>';
  await expect(renderDiagram('flowchart TB', fence, folder, red)).rejects.toThrow(
    /FixedDiagramColour\nThis diagram sets the colour red,/,
  );
  expect(await readdir(folder)).toEqual([]);
});

test('removes unused drawings', async () => {
  await writeFile(join(folder, 'old.svg'), '');
  await writeFile(join(folder, 'used.svg'), '');
  expect(await removeUnusedDrawings(new Set(['used']), folder)).toEqual(['old']);
  expect(await readdir(folder)).toEqual(['used.svg']);
});

test('names a drawing after its source', () => {
  expect(drawingKey('a')).toBe(drawingKey('a'));
  expect(drawingKey('a')).not.toBe(drawingKey('b'));
});
