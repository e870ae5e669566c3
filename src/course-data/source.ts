// A cited source. The file's name is its id: content/sources/clone2.yaml is `clone2`.
import { z } from 'astro/zod';
import { partialDate, printDate } from './partial-date.ts';

export const sourceSchema = z.strictObject({
  title: z.string().min(1).describe('The full title, as the source itself gives it.'),
  short: z
    .string()
    .min(1)
    .max(48)
    .describe('The text of a citation: “clone(2)” or “Agache et al. 2020”.'),
  authors: z.array(z.string().min(1)).min(1).optional().describe('The authors’ full names.'),
  date: partialDate.optional().describe('The date of publication or of the last change.'),
  where: z.string().min(1).optional().describe('The journal, conference, publisher or site.'),
  url: z
    .url({ protocol: /^https$/, error: 'Write an address that begins with https://' })
    .optional()
    .describe('Its address, which begins with https://; omitted only for printed sources.'),
});

export type Source = z.infer<typeof sourceSchema>;

/** The accessible name of a citation: the shown text, then the full title. */
export function citationName({ short, title }: Source): string {
  return title.startsWith(short) ? title : `${short}: ${title}`;
}

/** Authors, publisher and date, for the bibliography: "Michael Kerrisk, Linux man-pages, 27 August 2021". */
export function describeOrigin({ authors, date, where }: Source): string {
  const parts = [authors?.join(', '), where, date && printDate(date)];
  return parts.filter(Boolean).join(', ');
}
