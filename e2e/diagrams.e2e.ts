// The real renderer, for the kinds of diagrams that the chapters use. It needs a browser, so it is tested here.
import { expect, test } from '@playwright/test';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeDiagramBrowser } from '../src/markdown/diagram-browser.ts';
import { renderDiagram } from '../src/markdown/render-diagram.ts';
import { fullUnless } from './tiers.ts';

const fence = { file: 'content/chapters/x.mdx', line: 10, column: 1 };
const words = 'accTitle: T\naccDescr: D\n';
const drawings = {
  flowchart: `flowchart TB\n${words}a:::outside -->|gives| b\nsubgraph g [New]\nb:::inside --> c\nend`,
  sequence: `sequenceDiagram\n${words}autonumber\nactor A\nA->>+B: clone\nNote over A,B: n\nloop l\nB-->>-A: pid\nend`,
  state: `stateDiagram-v2\n${words}[*] --> R: fork\nR:::inside\nstate R {\na --> b\n}\nnote right of R: n`,
  class: `classDiagram\n${words}class A{ +int x\n+run() }\nA <|-- B`,
};
let folder = '';

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diagrams-'));
});
test.afterEach(() => rm(folder, { recursive: true }));
test.afterAll(closeDiagramBrowser);

for (const [kind, source] of Object.entries(drawings)) {
  const tag = fullUnless(kind === 'flowchart');
  test(`a ${kind} diagram is drawn in the page’s colours and kept${tag}`, async () => {
    // The renderer itself rejects a drawing with a colour that has no role.
    const svg = await renderDiagram(source, fence, folder);
    expect(svg).toContain('var(--dg-text)');
    expect(await readdir(folder)).toHaveLength(1);
  });
}

test('a diagram with a mistake names the line in the page @full', async () => {
  const broken = `flowchart TB\n${words}a --> b\nb ]]`;
  await expect(renderDiagram(broken, fence, folder)).rejects.toThrow(
    'content/chapters/x.mdx:15:1  BrokenDiagram',
  );
});

test('a diagram that sets its own colour is rejected @full', async () => {
  const red = `flowchart TB\n${words}a --> b\nstyle a fill:red`;
  await expect(renderDiagram(red, fence, folder)).rejects.toThrow('FixedDiagramColour');
  expect(await readdir(folder)).toEqual([]);
});
