// The head of a page, for browsers, search engines and sites that link to it.
import headingFont from '@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff2?url';
import { defineRouteMiddleware } from '@astrojs/starlight/route-data';
import { cardTags } from './card-tags.ts';
import { basePath, siteUrl } from './site.ts';
import { IMAGE_META } from './with-base.ts';

/** Preloads the typeface of headings, gives the home page one title instead of two, and names the page's card and image. */
export const onRequest = defineRouteMiddleware((context) => {
  const { entry, head, siteTitle } = context.locals.starlightRoute;
  const card = head.find(({ attrs }) => attrs?.['name'] === 'twitter:card');
  if (card?.attrs && !siteUrl) card.attrs['content'] = 'summary';
  const title = head.find(({ tag }) => tag === 'title');
  if (title && entry.data.title === siteTitle) title.content = siteTitle;
  const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', href: headingFont };
  head.push({ tag: 'link', attrs: { ...attrs, crossorigin: '' } });
  const { image } = entry.data;
  if (image) head.push({ tag: 'meta', attrs: { name: IMAGE_META, content: image } });
  head.push(...cardTags(entry.id, entry.data.title, { siteUrl, basePath }));
});
