/** Presses Ctrl-C as a person does: a moment after the output, and again until something happens. */

/** Delay before the first Ctrl-C: a step that has just printed is about to start its next process. */
const FIRST_MS = 200;
/**
 * Delay before each further one. A shell that is just forking loses Ctrl-C: the new process does not get
 * it yet, and when that process succeeds, the shell assumes that it handled the signal.
 */
const AGAIN_MS = 1000;
/**
 * Or both processes get it. Then the shell prompts twice and discards input from in between. For this
 * long after the first prompt, nothing is typed.
 */
const SECOND_PROMPT_MS = 150;

/**
 * Calls `press` repeatedly once `asked` is aborted. Returns a function that stops it. If Ctrl-C was pressed,
 * its promise resolves after the shell's last prompt.
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
    if (pressed) await new Promise((resolve) => setTimeout(resolve, SECOND_PROMPT_MS));
  };
}
