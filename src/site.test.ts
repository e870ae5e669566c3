import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { config } from '../site.config.ts';
import { readAddresses } from './site.ts';

const own = {
  origin: 'https://ann.github.io/',
  base: '/course/',
  repository: 'https://github.com/ann/course/',
};

test('the addresses are those of the file, without a slash at the end', () => {
  expect(readAddresses(own, {})).toEqual({
    siteUrl: 'https://ann.github.io',
    basePath: '/course',
    repositoryUrl: 'https://github.com/ann/course',
  });
});

test('a host overrides each of them', () => {
  const host = {
    SITE_URL: 'https://course.dev',
    BASE_PATH: '',
    REPOSITORY_URL: 'https://git.dev/course',
  };
  expect(readAddresses(own, host)).toEqual({
    siteUrl: 'https://course.dev',
    basePath: '',
    repositoryUrl: 'https://git.dev/course',
  });
});

test('what nobody names is unknown, and not an address that leads nowhere', () => {
  expect(readAddresses({ origin: '', base: '', repository: '' }, {})).toEqual({
    siteUrl: undefined,
    basePath: '',
    repositoryUrl: undefined,
  });
});

test('the licences name the holder', () => {
  for (const file of ['LICENSE', 'LICENSE-content']) {
    expect(readFileSync(file, 'utf8'), file).toMatch(
      new RegExp(`^Copyright \\(c\\) \\d{4} ${config.holder}$`, 'm'),
    );
  }
});
