// The cells of each page that can run, each with the hash of its text. The marks of the reader's progress count them.
import type { APIRoute } from 'astro';
import { coursePages } from '../course-data/course-pages.ts';
import { cellText } from '../course-data/verified-cells.ts';

export const GET: APIRoute = () => {
  const pages = coursePages().map(({ address, cells }) => {
    const texts = cells.flatMap((cell) =>
      cell.skip === undefined ? [[cell.id, cellText(cell)]] : [],
    );
    return [address, Object.fromEntries(texts) as unknown];
  });
  return Response.json(Object.fromEntries(pages));
};
