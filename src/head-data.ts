// What the head of a page says to search engines and to sites that link to it.
import { defineRouteMiddleware } from '@astrojs/starlight/route-data';

/** Gives the home page one title instead of the same one twice, and no promise of an image that there is not. */
export const onRequest = defineRouteMiddleware((context) => {
  const { entry, head, siteTitle } = context.locals.starlightRoute;
  const card = head.find(({ attrs }) => attrs?.['name'] === 'twitter:card');
  if (card?.attrs) card.attrs['content'] = 'summary';
  const title = head.find(({ tag }) => tag === 'title');
  if (title && entry.data.title === siteTitle) title.content = siteTitle;
});
