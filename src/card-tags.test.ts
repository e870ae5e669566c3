import { expect, test } from 'vitest';
import { cardTags } from './card-tags.ts';

const tags = (siteUrl: string | undefined, basePath: string) =>
  cardTags('chapters/x', 'X', { siteUrl, basePath }).map(({ attrs }) => attrs);

test('a card has an absolute address below the base of the site', () => {
  const address = (url: string) => ({ property: 'og:image', content: url });
  expect(tags('https://ann.github.io', '/course')).toContainEqual(
    address('https://ann.github.io/course/cards/chapters/x.png'),
  );
  expect(tags('https://course.dev', '')).toContainEqual(
    address('https://course.dev/cards/chapters/x.png'),
  );
});

test('a site without an address promises no card', () => {
  expect(tags(undefined, '/course')).toEqual([]);
});
