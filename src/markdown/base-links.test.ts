import { markdownToHtml } from 'satteri';
import { expect, test } from 'vitest';
import { withBase } from '../with-base.ts';
import { baseLinks } from './base-links.ts';

test('adds the base to root-relative links and images', async () => {
  const { html } = await markdownToHtml('[a](/x/#y) ![i](/i.svg)', {
    hastPlugins: [baseLinks('/course')],
  });
  expect(html).toContain('href="/course/x/#y"');
  expect(html).toContain('src="/course/i.svg"');
});

test.each(['#part', 'https://example.org/', '//example.org/', '/course/x/', '/course', 'x/'])(
  'does not change %s',
  (address) => {
    expect(withBase(address, '/course')).toBe(address);
  },
);

test('adds the base to a path that only begins like it', () => {
  expect(withBase('/courses/', '/course')).toBe('/course/courses/');
});

test('adds nothing on a site at the root of its origin', () => {
  expect(withBase('/x/', '')).toBe('/x/');
  expect(withBase('/x/', '/')).toBe('/x/');
});
