import { expect, test } from 'vitest';
import { citationName, describeOrigin, sourceSchema } from './source.ts';

const source = {
  title: 'Firecracker: Lightweight Virtualization',
  short: 'Agache et al. 2020',
  authors: ['A. Agache', 'M. Brooker'],
  date: '2020-02',
  where: 'NSDI',
  url: 'https://example.org/',
};

test('a citation’s name begins with the shown text and contains the full title', () => {
  expect(citationName(source)).toBe('Agache et al. 2020: Firecracker: Lightweight Virtualization');
  expect(citationName({ title: 'clone(2)', short: 'clone(2)' })).toBe('clone(2)');
});

test('names authors, publisher and date if they are known', () => {
  expect(describeOrigin(source)).toBe('A. Agache, M. Brooker, NSDI, February 2020');
  expect(describeOrigin({ title: 'T', short: 'T' })).toBe('');
});

test('a printed source needs no address, and all addresses need https', () => {
  expect(sourceSchema.safeParse({ title: 'T', short: 'T' }).success).toBe(true);
  const { error } = sourceSchema.safeParse({ ...source, url: 'http://example.org/' });
  expect(error?.issues[0]?.message).toBe('Write an address that begins with https://');
});

test('an unknown field is rejected', () => {
  expect(sourceSchema.safeParse({ ...source, year: 2020 }).error?.message).toContain('year');
});
