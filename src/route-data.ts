// Starlight reads git dates only for its own content folder; our pages live in content/.
import { defineRouteMiddleware } from '@astrojs/starlight/route-data';
import { pageDates } from './page-dates.ts';

const dates = pageDates('.');

/** Gives each page the date of its last change. The 404 page gets no canonical address. */
export const onRequest = defineRouteMiddleware((context) => {
  const route = context.locals.starlightRoute;
  const filePath = route.entry.filePath;
  if (filePath) route.lastUpdated = dates.get(filePath);
  if (route.entry.id === '404') {
    route.head = route.head.filter(({ attrs }) => attrs?.['rel'] !== 'canonical');
  }
});
