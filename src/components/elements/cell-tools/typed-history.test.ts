import { expect, test } from 'vitest';
import { TypedHistory } from './typed-history.ts';

test('arrow keys find earlier commands, and what was being typed', () => {
  const history = new TypedHistory();
  for (const command of ['one', 'two', 'two']) history.add(command);
  expect(history.move('ArrowUp', 'unfin')).toBe('two');
  expect(history.move('ArrowUp', 'two')).toBe('one');
  expect(history.move('ArrowUp', 'one')).toBeUndefined();
  expect(history.move('a', 'one')).toBeUndefined();
  expect(history.move('ArrowDown', 'one')).toBe('two');
  expect(history.move('ArrowDown', 'two')).toBe('unfin');
  expect(history.move('ArrowDown', 'unfin')).toBeUndefined();
});
