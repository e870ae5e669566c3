import { markdownToHtml } from 'satteri';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { diagrams } from './diagrams.ts';

const svg =
  '<svg id="dg-1" role="graphics-document" aria-roledescription="flowchart" style="max-width: 400px;" viewBox="0 0 400 50"></svg>\n';
const source = 'flowchart TB\n  accTitle: Two <hosts>\n  accDescr: One calls\n  a --> b';

async function build(diagram: string, drawing = svg) {
  const { html } = await markdownToHtml(`# Title\n\n\`\`\`mermaid\n${diagram}\n\`\`\`\n`, {
    fileURL: pathToFileURL('content/chapters/x.mdx'),
    mdastPlugins: [diagrams(async () => drawing)],
  });
  return html;
}

test('makes a figure with the drawing, its title and its description', async () => {
  const html = await build(source);
  expect(html).toMatch(/<figure class="diagram not-content" data-diagram="\w{16}">/);
  expect(html).toContain('>Two &lt;hosts&gt;</span>');
  expect(html).toContain('<summary>Diagram as text</summary><p>One calls</p>');
});

test('shows the drawing as an image that keeps a readable width', async () => {
  const html = await build(source);
  expect(html).toContain('role="img"');
  expect(html).not.toContain('aria-roledescription');
  expect(html).toContain('style="min-width: 280px; max-width: 400px;"');
});

test('accepts a description of several lines', async () => {
  const html = await build(source.replace('accDescr: One calls', 'accDescr {\n one\n two\n}'));
  expect(html).toContain('<p>one two</p>');
});

test('leaves other fences to the code highlighter', async () => {
  const { html } = await markdownToHtml('```sh\nls\n```', { mdastPlugins: [diagrams()] });
  expect(html).toContain('<code class="language-sh">ls');
});

test('rejects a diagram without title and description', async () => {
  await expect(build('flowchart TB\n  a --> b')).rejects.toThrowErrorMatchingInlineSnapshot(`
    [UndescribedDiagram: content/chapters/x.mdx:3:1  UndescribedDiagram
    This diagram has no accTitle and accDescr. Readers who cannot see it would get nothing.
    Below the first line of the diagram, write \`accTitle: …\` with a short title and \`accDescr: …\` with what the drawing shows.]
  `);
});

test('rejects a diagram that is too wide for a phone', async () => {
  await expect(build(source, svg.replaceAll('400', '468'))).rejects
    .toThrowErrorMatchingInlineSnapshot(`
    [WideDiagram: content/chapters/x.mdx:3:1  WideDiagram
    This diagram is 468 px wide. A phone can show at most 467 px in readable size.
    Let it grow downwards (\`flowchart TB\`), break long names with \`<br/>\`, or put fewer boxes side by side.]
  `);
});
