import { expect, test } from 'vitest';
import { toLines } from './lines.ts';

test('terminal output becomes plain lines', () => {
  expect(toLines('\u001b[1;31mred\u001b[0m \r\n\u001b]0;title\u0007a\r\n\r\n')).toEqual([
    'red',
    'a',
  ]);
  expect(toLines('10 %\r100 %\r\ndone')).toEqual(['100 %', 'done']);
  expect(toLines('')).toEqual([]);
});

test('a long unfinished line is read quickly', () => {
  const line = 'a'.repeat(1 << 20);
  expect(toLines(line)).toEqual([line]);
  expect(toLines(`${'\r'.repeat(1 << 20)}x\r`)).toEqual(['x']);
});

test('two carriage returns before a newline do not overwrite the line', () => {
  expect(toLines('HTTP/1.1 200 OK\r\r\nx\r\n')).toEqual(['HTTP/1.1 200 OK', 'x']);
});

test('control characters are handled as a terminal does', () => {
  expect(toLines('a\u0000b\u0007c\n')).toEqual(['abc']);
  expect(toLines('abc\b\bX\n')).toEqual(['aXc']);
  expect(toLines('\b\ba\tb\u007f\n')).toEqual(['a\tb']);
});
