/** Ctrl-C, as one presses it: after a look at the output, and again while nothing happens. */

/** A step that has just printed is about to start its next process. */
const FIRST_MS = 200;
/**
 * A shell that forks at this very moment loses Ctrl-C: it is not yet for the new process, and the
 * shell takes it for handled when that process ends well.
 */
const AGAIN_MS = 1000;
/**
 * Or both get it. Then the shell prompts twice, and throws away what was typed in between. So long
 * after the first prompt nothing is typed.
 */
const SETTLE_MS = 150;

/**
 * Calls `press` from when `asked` is aborted. Returns what ends that; it resolves when a shell that
 * Ctrl-C was pressed in has its last prompt.
 */
export function pressInterrupt(press: () => void, asked?: AbortSignal): () => Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pressed = false;
  const again = (): void => {
    press();
    pressed = true;
    timer = setTimeout(again, AGAIN_MS);
  };
  const begin = (): void => {
    timer = setTimeout(again, FIRST_MS);
  };
  asked?.addEventListener('abort', begin);
  if (asked?.aborted) begin();
  return async () => {
    asked?.removeEventListener('abort', begin);
    clearTimeout(timer);
    if (pressed) await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  };
}
