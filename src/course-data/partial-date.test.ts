import { expect, test } from 'vitest';
import { partialDate, printDate } from './partial-date.ts';

test.each([
  [1979, '1979', '1979'],
  ['2008-01', '2008-01', 'January 2008'],
  [new Date('2013-03-20'), '2013-03-20', '20 March 2013'],
])('%s keeps its precision', (written, date, printed) => {
  expect(partialDate.parse(written)).toBe(date);
  expect(printDate(date)).toBe(printed);
});

test.each(['March 2013', '2013-13', '2013-1', '13', '2013-03-20T10:00'])(
  '%s is rejected',
  (date) => {
    expect(partialDate.safeParse(date).error?.message).toContain('YYYY-MM-DD');
  },
);
