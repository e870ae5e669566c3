import { markdownToHtml, mdxToJs } from 'satteri';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { Activity } from '../cells/activity.ts';
import { parseChapter, replaceActivities } from '../cells/text/chapter.ts';
import { cells } from './cells.ts';

const options = {
  fileURL: pathToFileURL('content/chapters/x.mdx'),
  mdastPlugins: [cells()],
};

async function build(text: string): Promise<string> {
  const { code } = await mdxToJs(text, options);
  return code;
}

const fence = (meta: string): string => `\`\`\`sh cell ${meta}\n$ echo 1\n1\n\`\`\`\n`;

test('a cell becomes a component that carries its steps, and the page gets one machine', async () => {
  const code = await build(`# T\n\n${fence('id=a')}\n${fence('id=b after=a')}`);
  expect(code).toMatch(/from ['"]\/src\/components\/parts\/Cell\.astro['"]/);
  expect(code.match(/CourseMachine, \{/g)).toHaveLength(1);
  expect(code).toContain(
    JSON.stringify(
      '{"kind":"cell","id":"b","after":["a"],"machine":"main","session":"host","timeout":30,',
    ).slice(1, -1),
  );
});

test('options are parsed as typed, without Markdown’s unescaping', async () => {
  const code = await build(`# T\n\n${fence(String.raw`id=a skip="no \"net\" &amp; \<pid>"`)}`);
  expect(code).toContain(String.raw`\"skip\":\"no \\\"net\\\" &amp; \\\\<pid>\"`);
});

test('each machine that cells name gets a bar', async () => {
  const code = await build(`${fence('id=a')}\n${fence('id=b machine=peer')}`);
  expect(code).toContain('CourseMachine, { names: "main,peer" }');
});

test('a page without cells gets no machine', async () => {
  expect(await build('# T\n\n```sh\nls\n```\n')).not.toContain('CourseMachine');
});

test.each([
  ['an unknown option', `${fence('id=a')}\n${fence('id=b ater=a')}`, '8:17', 'mean "after"?'],
  ['a duplicate id', `${fence('id=a')}\n${fence('id=a')}`, '8:12', 'The first is on line 3.'],
  ['an unknown session', fence('id=a session=hots'), '3:17', 'Did you mean "host"?'],
  [
    'an option in a list',
    `- ü\n\n  ${fence('id=a fres').replaceAll('\n', '\n  ')}`,
    '5:19',
    '"fresh"?',
  ],
  ['output before a command', '```sh cell id=a\nhello\n```\n', '4:1', 'Begin the line with "$ "'],
])('%s ends the build with its position and the next step', async (_, text, where, hint) => {
  const building = build(`# T\n\n${text}`);
  await expect(building).rejects.toThrow(`content/chapters/x.mdx:${where}  `);
  await expect(building).rejects.toThrow(hint);
});

test('a cell in a page that is not MDX is rejected', () => {
  expect(() => markdownToHtml(fence('id=a'), options)).toThrow('ends in .mdx');
});

test.each(['> ', '- ', '> - '])('a cell after "%s" is the one that is verified', async (mark) => {
  const indent = mark.replace('-', ' ');
  const text = `# T\n\n${mark}${fence('id=a').trimEnd().replaceAll('\n', `\n${indent}`)}\n`;
  expect(await build(text)).toContain('CourseCell');
  const [cell] = parseChapter('x.mdx', text);
  expect(cell?.steps).toMatchObject([{ command: 'echo 1', output: ['1'] }]);
  const accepted = cell && { ...cell, steps: [{ ...cell.steps[0], output: ['2', '', '```'] }] };
  const replaced = replaceActivities(text, [accepted as Activity]);
  expect(replaced).toContain(`\n\n${mark}\`\`\`\`sh cell id=a\n${indent}$ echo 1\n${indent}2\n`);
  expect(parseChapter('x.mdx', replaced)[0]?.steps[0]?.output).toEqual(['2', '', '```']);
});
