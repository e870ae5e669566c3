import { expect, test } from 'vitest';
import { join } from 'node:path';
import { top } from '../paths.ts';
import { contentCheck } from './integration.ts';
import { unlistedPage } from './sidebar.ts';

/** What the integration does with the text of a page. */
function transform(file: string, source: string): void {
  let handler: ((source: string, path: string) => void) | undefined;
  const updateConfig = (config: {
    vite: { plugins: { transform: { handler: typeof handler } }[] };
  }) => (handler = config.vite.plugins[0]?.transform.handler);
  const setup = contentCheck().hooks['astro:config:setup'] as (options: object) => void;
  setup({ updateConfig });
  handler?.(source, join(top, file));
}

test('a page is not built before all its mistakes are corrected', () => {
  const build = (text: string) => () =>
    transform('content/index.mdx', `---\ntitle: T\n---\n\n${text}\n`);
  expect(build('[a](/chapters/cgroups/#questions)')).not.toThrow();
  expect(build('A <Cite id="no" />, [b](/no/)')).toThrow(
    /index\.mdx:5:3 {2}UnknownSource[^]*index\.mdx:5:21 {2}BrokenLink/,
  );
});

test('a page that the text of site.config.ts does not name is not listed', () => {
  const config = "sidebar: ['chapters/aa']";
  expect(unlistedPage('content/chapters/aa.mdx', config)).toEqual([]);
  expect(unlistedPage('content/404.mdx', config)).toEqual([]);
  expect(unlistedPage('content/chapters/a.mdx', config)).toMatchObject([{ name: 'PageNotListed' }]);
});
