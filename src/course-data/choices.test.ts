import { expect, test } from 'vitest';
import { readChoices } from './choices.ts';

test('choices are read with their labels', () => {
  expect(readChoices('uts=UTS: the host name | pid=PID')).toEqual([
    { id: 'uts', label: 'UTS: the host name' },
    { id: 'pid', label: 'PID' },
  ]);
});

test('a choice that cannot be read, or that exists twice, is named', () => {
  expect(() => readChoices('uts=UTS|PID')).toThrow('The choice “PID” cannot be read.');
  expect(() => readChoices('')).toThrow('The choice “” cannot be read.');
  expect(() => readChoices('a=A|a=B')).toThrow('Two choices have the id “a”.');
});
