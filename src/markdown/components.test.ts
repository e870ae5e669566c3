import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { markdownToHtml, mdxToJs } from 'satteri';
import { expect, test } from 'vitest';
import { components, courseComponents } from './components.ts';

const options = {
  fileURL: pathToFileURL('content/chapters/x.mdx'),
  mdastPlugins: [components()],
};

async function build(text: string): Promise<string> {
  const { code } = await mdxToJs(text, options);
  return code;
}

const importOf = (name: string) =>
  new RegExp(`import ${name} from ['"]/src/components/mdx/${name}\\.astro['"]`, 'g');

test('a page gets the imports of the components that it uses, each once', async () => {
  const code = await build(
    '# T\n\nA <Cite id="a" /> <Cite id="b" />.\n\n<Quiz question="q">\n\nIt <Term id="t">is</Term>.\n\n</Quiz>\n',
  );
  for (const name of ['Cite', 'Quiz', 'Term']) expect(code.match(importOf(name))).toHaveLength(1);
  expect(code).not.toContain('Timeline');
});

test('a page’s own imports are not repeated', async () => {
  const code = await build(`import Cite from './Own.astro';\n\n<Cite />\n`);
  expect(code).not.toMatch(importOf('Cite'));
});

test('HTML elements and fragments need no import', async () => {
  expect(await build('<details>a</details>\n\n<Fragment>b</Fragment>\n')).not.toContain('.astro');
});

test('an unknown component ends the build with its position and the nearest name', async () => {
  await expect(build('# T\n\nText <Trem id="a">b</Trem>.\n')).rejects
    .toThrowErrorMatchingInlineSnapshot(`
    [UnknownComponent: content/chapters/x.mdx:3:6  UnknownComponent
    There is no component <Trem>.
    Did you mean <Term>? The components are AtWork, Bibliography, CellResults, Cite, Command, ComparisonSummary, ComparisonTable, Detour, EvidenceMatrix, Glossary, InsideOutside, MachineParts, MemoryGauge, Misconception, Output, Progress, Quiz, Stacks, Switches, Term, Terminal, ThrottlingStrip, Timeline, When.]
  `);
});

test('Markdown pages have no components', () => {
  expect(() => markdownToHtml('<Cite id="a" />', options)).not.toThrow();
});

test('each component exists', () => {
  const files = courseComponents.map((name) => `src/components/mdx/${name}.astro`);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});
