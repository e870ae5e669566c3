import { expect, test } from 'vitest';
import { packagesBeyond } from './image-packages.ts';

const entry = (name: string, version = '1') => ({
  ...{ name, version, source: name, sourceVersion: version, licences: [] },
});
const course = [entry('bash'), entry('sed')];

test('an image with all packages of another one has these and its own', () => {
  expect(packagesBeyond([...course, entry('zsh')], course)).toEqual([entry('zsh')]);
  expect(packagesBeyond(course, course)).toEqual([]);
});

test('an image that lacks one of them, or has another version, is listed as a whole', () => {
  expect(packagesBeyond([entry('bash')], course)).toBeUndefined();
  expect(packagesBeyond([entry('bash'), entry('sed', '2')], course)).toBeUndefined();
});
