import { expect, test, vi } from 'vitest';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { top } from '../paths.ts';
import { contentCheck } from './integration.ts';
import { unlistedPage } from './sidebar.ts';

/** Lets the integration handle the text of a page. */
function transform(file: string, source: string, command: string): void {
  let handler: ((source: string, path: string) => void) | undefined;
  const updateConfig = (config: {
    vite: { plugins: { transform: { handler: typeof handler } }[] };
  }) => (handler = config.vite.plugins[0]?.transform.handler);
  const setup = contentCheck().hooks['astro:config:setup'] as (options: object) => void;
  setup({ command, updateConfig });
  handler?.(source, join(top, file));
}

const build =
  (text: string, command = 'build') =>
  () =>
    transform('content/index.mdx', `---\ntitle: T\n---\n\n${text}\n`, command);

test('a page is not built before all its mistakes are corrected', () => {
  expect(build('[a](/chapters/cgroups/#questions)')).not.toThrow();
  expect(build('A <Cite id="no" />, [b](/no/)', 'dev')).toThrow(
    /index\.mdx:5:3 {2}UnknownSource[^]*index\.mdx:5:21 {2}BrokenLink/,
  );
});

test('a page that quotes a new cell is shown to its author, and not built', () => {
  const text = 'A <Output cell="new" />.\n\n```sh cell id=new\n$ uname\n```';
  expect(build(text, 'dev')).not.toThrow();
  expect(build(text)).toThrow('npm run verify -- --accept content/index.mdx');
});

test('a page that the text of site.config.ts does not name is not listed', () => {
  const config = "sidebar: ['chapters/aa']";
  expect(unlistedPage('content/chapters/aa.mdx', config)).toEqual([]);
  expect(unlistedPage('content/404.mdx', config)).toEqual([]);
  expect(unlistedPage('content/chapters/a.mdx', config)).toMatchObject([{ name: 'PageNotListed' }]);
});

test('a data file is checked when it is saved, and what its loader finds is left to that', () => {
  const saved = "title: T\nevnts: []\nevents: [{ date: '1979', what: w, source: no }]\n";
  const save = (file: string, text: string): unknown[] => {
    const watcher = new EventEmitter();
    const error = vi.fn();
    const setup = contentCheck(() => text).hooks['astro:server:setup'] as (options: object) => void;
    setup({ server: { watcher }, logger: { error } });
    watcher.emit('change', join(top, file));
    return error.mock.calls.flat();
  };
  const valid = saved.replace('evnts: []\n', '');
  const words = expect.stringMatching(/^content\/timelines\/x\.yaml:2:43 {2}UnknownSource\n/);
  expect(save('content/timelines/x.yaml', valid)).toEqual([words]);
  expect(save('content/timelines/x.yaml', saved)).toEqual([]);
  expect(save('docs/x.yaml', valid)).toEqual([]);
  expect(save('content/terms/x.yaml', '\uFEFFterm: x\ndefinition: y\n')).toHaveLength(1);
});
