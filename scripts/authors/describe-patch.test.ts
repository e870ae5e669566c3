import { expect, test } from 'vitest';
import { describePatch } from './describe-patch.ts';

const change = (file: string, line: string) =>
  `diff --git a/${file} b/${file}\n--- a/${file}\n+++ b/${file}\n@@ -1 +1 @@\n-old\n+${line}\n`;

test('reports that there is nothing to change', () => {
  expect(describePatch('', 'x.patch')).toMatch(/^No patch/);
});

test('names the files, explains how to apply the patch, and shows it without drawings', () => {
  const patch =
    change('content/.diagrams/a.svg', '<svg/>') + change('content/chapters/x.mdx', '6.12');
  const text = describePatch(patch, 'x.patch');
  expect(text).toContain('`content/.diagrams/a.svg`, `content/chapters/x.mdx`');
  expect(text).toContain('git apply x.patch');
  expect(text).toContain('````diff\ndiff --git a/content/chapters/x.mdx');
  expect(text).not.toContain('<svg/>');
});

test('a very long patch is truncated', () => {
  const text = describePatch(change('content/x.mdx', 'x'.repeat(100_000)), 'x.patch');
  expect(text.length).toBeLessThan(50_000);
  expect(text).toContain('(The rest is in the file.)');
});
