/** The pointer has to be on a button for this number of milliseconds: one that passes over it means nothing. */
const REST_MS = 150;
/**
 * Milliseconds after which a reader has turned away. A finger leaves a button before the browser reports the press, and
 * the pointer may come back, or go to the next button.
 */
const LEAVE_MS = 300;

/**
 * Calls `begin` when a reader may be about to press a button: the pointer rests on it, a finger or the pointer goes
 * down on it, or it gets the focus. Calls the function that `begin` returned once the reader has turned away.
 */
export function onIntent(
  button: EventTarget,
  begin: () => () => void,
  options?: AddEventListenerOptions,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let end: (() => void) | undefined;
  const signs = new Set<string>();
  const wait = (ms: number, act: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(act, ms);
  };
  const start = (): void => {
    clearTimeout(timer);
    // A button that was hidden has not reported that the pointer left it.
    const before = end;
    end = begin();
    before?.();
  };
  const stop = (): void => {
    end?.();
    end = undefined;
  };
  const on = (type: string, sign: string, act?: () => void): void =>
    button.addEventListener(
      type,
      () => {
        if (act) {
          signs.add(sign);
          return act();
        }
        signs.delete(sign);
        clearTimeout(timer);
        if (!signs.size) wait(LEAVE_MS, stop);
      },
      options,
    );
  on('pointerenter', 'pointer', () => wait(REST_MS, start));
  on('pointerdown', 'pointer', start);
  on('pointerleave', 'pointer');
  on('pointercancel', 'pointer');
  on('focusin', 'focus', start);
  on('focusout', 'focus');
}
