import { expect, test } from 'vitest';
import { isReport } from './terminal-report.ts';

test.each([
  '\u001b[?1;2c',
  '\u001b[12;40R',
  '\u001b[0n',
  '\u001b[?2004;1$y',
  '\u001b]11;rgb:fdfd/fcfc/fafa\u0007',
  '\u001b[I',
  '\u001b[1;1R\u001b[0n',
])('%j is a report', (input) => expect(isReport(input)).toBe(true));

test.each(['q', '\r', '\u0003', '\u001b', '\u001b[A', '\u001b[1;1Rls', 'n'])(
  '%j is a person’s input',
  (input) => expect(isReport(input)).toBe(false),
);
