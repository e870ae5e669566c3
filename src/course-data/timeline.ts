// A timeline. The file's name is its id: content/timelines/ancestry.yaml is `ancestry`.
import { z } from 'astro/zod';
import { partialDate } from './partial-date.ts';

const event = z.strictObject({
  /** The date, as precisely as the source gives it. */
  date: partialDate,
  /** The event, as one sentence without a full stop. */
  what: z.string().min(1),
  /** The id of the source. */
  source: z.string().min(1),
});

export const timelineSchema = z.strictObject({
  title: z.string().min(1),
  /** Sorted from the earliest to the latest. */
  events: z
    .array(event)
    .min(1)
    .transform((events) => events.toSorted((a, b) => a.date.localeCompare(b.date))),
});
