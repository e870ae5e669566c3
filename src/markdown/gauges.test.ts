import { mdxToJs } from 'satteri';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { gauges } from './gauges.ts';

const options = { fileURL: pathToFileURL('content/chapters/x.mdx'), mdastPlugins: [gauges()] };

async function build(attributes: string, option = ''): Promise<string> {
  const cell = `\`\`\`sh cell id=box-outside title="A group" ${option}\n$ mkdir box\n\`\`\`\n`;
  return (await mdxToJs(`Text.\n\n<MemoryGauge ${attributes} />\n\n${cell}`, options)).code;
}

test('a gauge gets the name and the machine of its cell', async () => {
  const code = await build('group="/box/in" cell="box-outside"', 'machine=peer');
  for (const found of ['group: "/box/in"', 'name: "A group"', 'machine: "peer"']) {
    expect(code).toContain(found);
  }
});

test.each([
  [
    'an unknown cell',
    'group="/box" cell="box-outsid"',
    /names the cell "box-outsid", which is not on this page.\nDid you mean "box-outside"\?/,
  ],
  ['a path of the file system', 'group="/sys/fs/cgroup/box" cell="box-outside"', /group="\/box"/],
  ['the root', 'group="/" cell="box-outside"', /group="\/" is not the path of a group below the/],
  ['a relative path', 'group="box" cell="box-outside"', /group="box" is not the path/],
  ['a path with dots', 'group="/a/../box" cell="box-outside"', /is not the path/],
])('%s ends the build with its position and a way out', async (_, attributes, message) => {
  await expect(build(attributes)).rejects.toThrow(message);
  await expect(build(attributes)).rejects.toThrow('x.mdx:3:1');
});

test('a cell that never runs makes no group', async () => {
  await expect(build('group="/box" cell="box-outside"', 'skip="no network"')).rejects.toThrow(
    'The cell "box-outside" is skipped',
  );
});
