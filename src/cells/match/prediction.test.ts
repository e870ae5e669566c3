import { expect, test } from 'vitest';
import { isWhatPrints, rightChoice } from './prediction.ts';

test.each([
  [['1'], ' 1 ', true],
  [['1'], '2', false],
  [['a  b', '', 'c'], 'a b c', true],
  [['a', 'b'], 'a\nb', true],
  [['NSpid:\t<pid>\t1'], 'NSpid: 71 1', true],
  [['NSpid:\t<pid>\t1'], 'NSpid: 1', false],
  [['pid ...'], 'pid of a shell', true],
  [['\\<pid>'], '<pid>', true],
  [['...'], 'anything', false],
  [[], '', false],
])('of the output %j, “%s”: %s', (output, text, expected) => {
  expect(isWhatPrints({ output }, text)).toBe(expected);
});

const choose = (output: string[], ...texts: string[]) =>
  rightChoice({
    output,
    ask: {
      text: 'What?',
      choices: texts.map((text) =>
        text.startsWith('(x) ') ? { text: text.slice(4), right: true } : { text },
      ),
    },
  });

test('the right choice is the one that is printed, or the one that is marked', () => {
  expect(choose(['1'], '2', '`1`')).toBe(1);
  expect(choose(['1'], '(x) number one', '2')).toBe(0);
  expect(choose([], 'nothing', 'a')).toBeUndefined();
  expect(choose(['<number>'], '1', '2')).toBeUndefined();
  expect(rightChoice({ output: ['1'] })).toBeUndefined();
});
