// The elements in the head of a page that describe its card.
import { withBase } from './with-base.ts';

export const cardSize = { width: 1200, height: 630 };

/** The meta elements for a page's card. None without the site's address, since that of a picture has to be absolute. */
export function cardTags(
  page: string,
  title: string,
  { siteUrl, basePath }: { siteUrl: string | undefined; basePath: string },
) {
  if (!siteUrl) return [];
  const properties = {
    'og:image': siteUrl + withBase(`/cards/${page}.png`, basePath),
    'og:image:type': 'image/png',
    'og:image:width': String(cardSize.width),
    'og:image:height': String(cardSize.height),
    'og:image:alt': `${title}. Beside it two dashed boxes, the containers, on one line, the kernel.`,
  };
  return Object.entries(properties).map(([property, content]) => ({
    tag: 'meta' as const,
    attrs: { property, content },
  }));
}
