// The facts in a chapter's frontmatter, which its page shows below the title.
import { z } from 'astro/zod';
import { describeIssue } from './describe-issue.ts';

/** The fields that every page in content/chapters has, and no other page. */
export const chapterFields = z.object({
  /** What the reader can do afterwards: 2 to 4 half sentences, each beginning with a verb. */
  outcomes: z
    .array(z.string().min(1))
    .min(2, 'Write 2 to 4 outcomes')
    .max(4, 'Write 2 to 4 outcomes'),
  /** The prerequisites, as half a sentence: "a shell and the idea of a process". */
  needs: z.string().min(1),
  /** Reading time in minutes, including the cells: a whole number. */
  minutes: z.int().min(1).max(180),
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
