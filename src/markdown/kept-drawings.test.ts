// The committed drawings: none missing, none unused, all in the page's colours.
import { glob, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mdxToJs } from 'satteri';
import { expect, test } from 'vitest';
import { findFixedColours } from './diagram-colours.ts';
import { drawingKey, drawingsFolder } from './render-diagram.ts';

const drawings = await readdir(drawingsFolder);

test('each diagram of the course has a drawing, and each drawing a diagram', async () => {
  const keys = new Set<string>();
  for await (const page of glob('content/**/*.mdx')) {
    await mdxToJs(await readFile(page, 'utf8'), {
      features: { frontmatter: true },
      mdastPlugins: [
        {
          name: 'keys',
          code: (node) => {
            if (node.lang === 'mermaid') keys.add(drawingKey(node.value));
          },
        },
      ],
    });
  }
  const expected = [...keys].map((key) => `${key}.svg`).sort();
  expect(drawings.sort(), 'run `npm run build` and commit content/.diagrams').toEqual(expected);
});

test.each(drawings)('%s has no colour that would not follow the theme', async (drawing) => {
  const svg = await readFile(join(drawingsFolder, drawing), 'utf8');
  expect(findFixedColours(svg)).toEqual([]);
});
