/** Shows in the dialog of the search that the search did not load, for instance after a deploy has removed its files. */
import { withBase } from '../../with-base.ts';
import { onPress } from './on-press.ts';
import { required } from './required.ts';

const { body } = document;
const dialog = required<HTMLDialogElement>(body, 'site-search dialog');
const message = required<HTMLElement>(body, '.search-failure');
const reload = required<HTMLButtonElement>(message, 'button');

function show(): void {
  required<HTMLElement>(dialog, '#starlight__search').hidden = true;
  message.hidden = false;
  if (dialog.open) reload.focus();
}

/** Loads the same files as the search does, which reports a failure only in the console. */
async function load(): Promise<void> {
  const script = withBase('/pagefind/pagefind.js', import.meta.env.BASE_URL);
  const index = (await import(/* @vite-ignore */ script)) as { filters(): Promise<unknown> };
  await index.filters();
}

// The dev server has no search.
if (!import.meta.env.DEV) {
  required(dialog, '.search-container').prepend(message);
  onPress(reload, () => location.reload());
  // Starlight's import of the search's form has failed. A page has no other dynamic import.
  addEventListener('vite:preloadError', show);
  const opening = new MutationObserver(() => dialog.open && void load().catch(show));
  opening.observe(dialog, { attributeFilter: ['open'] });
}
