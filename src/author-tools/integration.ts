// The dev server's author tools: they write an accepted output into the page's text, show mistakes, and let a page
// wait for a snapshot that is still being made.
import type { AstroIntegration } from 'astro';
import type { AuthorError } from '../author-error.ts';
import { watchMistakes } from '../course-data/mistake-channel.ts';
import { acceptPath } from './acceptance.ts';
import { answerAcceptance } from './endpoint.ts';
import { followPending } from './pending-snapshots.ts';

/** Adds the endpoint to the dev server; a built site has no server. */
export function authorTools(): AstroIntegration {
  return {
    name: 'author-tools',
    hooks: {
      'astro:server:setup': ({ server }) => {
        const show = (error: Error) => server.ws.send({ type: 'error', err: overlayOf(error) });
        const open = watchMistakes(show);
        // For pages that are reloaded or opened later.
        server.ws.on('connection', () => [...open.values()].slice(0, 1).forEach(show));
        const pendingAt = followPending(process);
        server.middlewares.use((request, response, next) => {
          const pending = pendingAt(request.url);
          if (!pending) return next();
          response.writeHead(pending.status, pending.headers).end(pending.body);
        });
        server.middlewares.use((request, response, next) => {
          if (!request.url?.endsWith(acceptPath)) return next();
          answerAcceptance(request, response).catch(next);
        });
      },
    },
  };
}

// In the overlay's own format, since Astro converts only errors of pages.
function overlayOf(error: Error) {
  const { title = error.name, mistake } = error as Partial<AuthorError>;
  const { file = '', line = 1, column = 1 } = mistake?.position ?? {};
  const loc = { file, line, column };
  return { name: error.name, title, message: error.message, stack: error.stack ?? '', loc };
}
