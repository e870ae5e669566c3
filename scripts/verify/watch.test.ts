import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseChapter } from '../../src/cells/text/chapter.ts';
import { concernedCells, watchFiles } from './watch.ts';

const fence = (meta: string, command = 'true'): string =>
  `\`\`\`sh cell ${meta}\n$ ${command}\n\`\`\`\n`;

test('a change affects changed cells, new cells, and those that run after them', () => {
  const before = fence('id=a') + fence('id=b after=a') + fence('id=c') + fence('id=d');
  const now = `Prose.\n${before.replace('id=d', 'id=e')}`.replace('$ true', '$ false');
  expect(concernedCells(parseChapter('x', before), parseChapter('x', now))).toEqual([
    'a',
    'b',
    'e',
  ]);
  expect(concernedCells(parseChapter('x', before), parseChapter('x', `Prose.\n${before}`))).toEqual(
    [],
  );
});

test('a saved or replaced file is reported, and an abort ends the watch', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'watch-'));
  const [page, other] = [join(folder, 'page.mdx'), join(folder, 'other.mdx')];
  for (const file of [page, other]) writeFileSync(file, 'first');
  const stop = new AbortController();
  let told: (file: string) => void = () => {};
  const next = () => new Promise<string>((resolve) => (told = resolve));
  const watching = watchFiles([page], async (file) => told(file), stop.signal);
  let change = next();
  writeFileSync(other, 'second');
  writeFileSync(page, 'second');
  expect(await change).toBe(page);
  change = next();
  writeFileSync(`${page}~`, 'third');
  renameSync(`${page}~`, page);
  expect(await change).toBe(page);
  stop.abort();
  await watching;
  rmSync(folder, { recursive: true });
});
