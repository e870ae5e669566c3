import { expect, test } from 'vitest';
import { EchoFilter } from './echo-filter.ts';

function filter(lines: string[], ...texts: string[]): string {
  const echo = new EchoFilter();
  for (const line of lines) echo.expect(line);
  return texts.map((text) => echo.filter(text)).join('') + echo.end();
}

test('removes the echo of each line, however the text is split', () => {
  expect(filter(['ls'], 'ls\r\na\r\n')).toBe('a\r\n');
  expect(filter(['ls'], 'l', 's\r', '\na\r\n')).toBe('a\r\n');
  expect(filter(['one', 'two'], 'one\r\ntwo\r\nout')).toBe('out');
});

test('removes the requests of a line editor to the terminal', () => {
  expect(filter(['ls'], '\u001b[6nl\u001b[Js\r\na')).toBe('a');
  expect(filter(['ls'], '\u001b[', '6nls\r\na')).toBe('a');
});

test('accepts the line ends of two terminals', () => {
  expect(filter(['ls'], 'ls\r\r\na\r\r\n')).toBe('a\r\n');
  expect(filter(['ls'], 'ls\r', '\r\na')).toBe('a');
});

test('keeps output that only begins like an echo', () => {
  expect(filter(['ls'], 'lx\r\n')).toBe('lx\r\n');
  expect(filter([], 'ls\r\n')).toBe('ls\r\n');
});
