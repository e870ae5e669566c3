// The image on which the cells and tasks of a page run.
import { z } from 'astro/zod';
import { nearest } from '../nearest.ts';
import { DEFAULT_IMAGE } from '../machine/image/default-image.ts';
import { imageNames } from '../machine/image/image-names.ts';

/** The field `image` of a page's frontmatter. `names` are those of all images. */
export function imageField(names: readonly string[] = imageNames()) {
  return z.optional(
    z.string().refine((name) => names.includes(name), {
      error: ({ input }) => {
        const meant = nearest(String(input), names);
        const known = `The images are: ${names.join(', ')}`;
        return `There is no image "${String(input)}". ${meant ? `Did you mean "${meant}"? ` : ''}${known}`;
      },
    }),
  );
}

/** The image that a page's frontmatter names, or the default one. */
export function imageOfPage({ image }: Record<string, unknown>): string {
  return typeof image === 'string' ? image : DEFAULT_IMAGE;
}
