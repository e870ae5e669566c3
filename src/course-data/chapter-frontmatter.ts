// The facts in a chapter's frontmatter, which its page shows below the title.
import { z } from 'astro/zod';
import { describeIssue } from './describe-issue.ts';

/** The fields that every page in content/chapters has, and no other page. */
export const chapterFields = z.object({
  outcomes: z
    .array(z.string().min(1))
    .min(2, 'Write 2 to 4 outcomes')
    .max(4, 'Write 2 to 4 outcomes')
    .describe('The abilities of the reader afterwards: phrases, each beginning with a verb.'),
  needs: z
    .string()
    .min(1)
    .describe('The prerequisites, as a phrase: “a shell and the idea of a process”.'),
  minutes: z
    .int()
    .min(1, 'Write a number from 1 to 180')
    .max(180, 'Write a number from 1 to 180')
    .describe('Reading time in minutes, including the cells.'),
});

/** The complaints about these fields of a page, one `field: reason` each. */
export function checkChapterFields(page: string, frontmatter: object): string[] {
  if (!page.startsWith('chapters/')) {
    return Object.keys(chapterFields.shape)
      .filter((field) => field in frontmatter)
      .map((field) => `${field}: Only pages in content/chapters have this field`);
  }
  const { error } = chapterFields.safeParse(frontmatter);
  return (error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${describeIssue(issue)}`);
}
