// The head of a page, for search engines and for sites that link to it.
import { defineRouteMiddleware } from '@astrojs/starlight/route-data';

/** Gives the home page a single title instead of the same one twice, and removes the hint at a missing image. */
export const onRequest = defineRouteMiddleware((context) => {
  const { entry, head, siteTitle } = context.locals.starlightRoute;
  const card = head.find(({ attrs }) => attrs?.['name'] === 'twitter:card');
  if (card?.attrs) card.attrs['content'] = 'summary';
  const title = head.find(({ tag }) => tag === 'title');
  if (title && entry.data.title === siteTitle) title.content = siteTitle;
});
