// A date with the known precision: 1979, 1979-01 or 1979-01-31.
import { z } from 'astro/zod';

const form = /^(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;

/** YYYY, YYYY-MM or YYYY-MM-DD, converted to a string. */
export const partialDate = z
  .preprocess(
    asWritten,
    z
      .string()
      .regex(form, 'Write the date as YYYY, YYYY-MM or YYYY-MM-DD, as precisely as it is known'),
  )
  .meta({ title: 'date' });

/** "1979", "January 1979" or "31 January 1979". */
export function printDate(date: string): string {
  const [year = '', month, day] = date.split('-');
  if (!month) return year;
  const names: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'long', timeZone: 'UTC' };
  if (day) names.day = 'numeric';
  return new Intl.DateTimeFormat('en-GB', names).format(
    new Date(`${year}-${month}-${day ?? '01'}`),
  );
}

// YAML reads 1979 as a number and 1979-01-31 as a timestamp.
function asWritten(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return value;
}
