// Starlight reads git dates only for its own content folder; our pages live in content/.
import { defineRouteMiddleware } from '@astrojs/starlight/route-data';
import { spawnSync } from 'node:child_process';
import { parseGitDates } from './git-dates.ts';

const log = spawnSync(
  'git',
  ['log', '--format=t:%ct', '--name-only', '--relative', '--', 'content'],
  { encoding: 'utf8', maxBuffer: 64e6 },
);
const dates = parseGitDates(log.stdout ?? '');

/** Gives each page the date of its last commit. The 404 page gets no canonical address. */
export const onRequest = defineRouteMiddleware((context) => {
  const route = context.locals.starlightRoute;
  const filePath = route.entry.filePath;
  if (filePath) route.lastUpdated = dates.get(filePath);
  if (route.entry.id === '404') {
    route.head = route.head.filter(({ attrs }) => attrs?.['rel'] !== 'canonical');
  }
});
