/** Loads the marks of the reader's progress: once the page is idle if there is progress, or at the first outcome. */
import { OUTCOME } from '../outcome-event.ts';
import { progressKey } from '../../../with-base.ts';

const load = () => import('./show-progress.ts');

/** The marks are an addition. The page is complete if they do not load. */
function ignore(): void {}

function isStored(): boolean {
  try {
    return Boolean(localStorage.getItem(progressKey(import.meta.env.BASE_URL)));
  } catch {
    return false;
  }
}

// Safari has no requestIdleCallback.
if (isStored()) (globalThis.requestIdleCallback ?? setTimeout)(() => void load().catch(ignore));
document.addEventListener(OUTCOME, (event) => {
  load().then(({ noteOutcome }) => noteOutcome(event), ignore);
});
