import { expect, test } from 'vitest';
import { EchoFilter } from './echo-filter.ts';

function filter(lines: string[], ...texts: string[]): string {
  const echo = new EchoFilter();
  for (const line of lines) echo.expect(line);
  return texts.map((text) => echo.take(text)).join('') + echo.end();
}

test('takes out the echo of each line, cut anywhere', () => {
  expect(filter(['ls'], 'ls\r\na\r\n')).toBe('a\r\n');
  expect(filter(['ls'], 'l', 's\r', '\na\r\n')).toBe('a\r\n');
  expect(filter(['one', 'two'], 'one\r\ntwo\r\nout')).toBe('out');
});

test('takes out what a line editor asks the terminal', () => {
  expect(filter(['ls'], '\u001b[6nl\u001b[Js\r\na')).toBe('a');
  expect(filter(['ls'], '\u001b[', '6nls\r\na')).toBe('a');
});

test('knows the line ends of two terminals', () => {
  expect(filter(['ls'], 'ls\r\r\na\r\r\n')).toBe('a\r\n');
  expect(filter(['ls'], 'ls\r', '\r\na')).toBe('a');
});

test('leaves output that only begins like an echo', () => {
  expect(filter(['ls'], 'lx\r\n')).toBe('lx\r\n');
  expect(filter([], 'ls\r\n')).toBe('ls\r\n');
});
