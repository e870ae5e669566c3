// The cells and tasks of each page that can run, each with the hash of its text. The marks of the reader's progress count them.
import type { APIRoute } from 'astro';
import type { Activity } from '../cells/activity.ts';
import { coursePages } from '../course-data/course-pages.ts';
import { cellText } from '../course-data/verified-cells.ts';

export const GET: APIRoute = () => {
  const pages = coursePages().map(({ address, cells, tasks }) => [
    address,
    { cells: textsOf(cells), tasks: textsOf(tasks) },
  ]);
  return Response.json(Object.fromEntries(pages));
};

function textsOf(activities: readonly Activity[]): unknown {
  const running = activities.filter(({ skip }) => skip === undefined);
  return Object.fromEntries(running.map((activity) => [activity.id, cellText(activity)]));
}
