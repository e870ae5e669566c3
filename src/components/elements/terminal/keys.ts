/** The keys with a special function in the terminal. */

/** The parts of a KeyboardEvent that matter here. */
export type Key = Pick<
  KeyboardEvent,
  'type' | 'key' | 'code' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'
>;

/**
 * `type`: the terminal gets the key. `copy`: the selection is copied. `browser`: xterm.js ignores the key,
 * and the browser handles it.
 */
export type KeyAction = 'type' | 'copy' | 'browser';

const isBacktick = (
  { key, code, ctrlKey, shiftKey, altKey, metaKey }: Key,
  withShift: boolean,
): boolean =>
  ctrlKey &&
  shiftKey === withShift &&
  !altKey &&
  !metaKey &&
  (code === 'Backquote' || /[`~]/.test(key));

/** Ctrl+` opens and closes the terminal. Accepts the key left of 1 on every layout, and any key that types a backtick. */
export const isToggle = (key: Key): boolean => isBacktick(key, false);

/** With Shift, the same keys open and close the inspector. */
export const isInspectorToggle = (key: Key): boolean => isBacktick(key, true);

export class TerminalKeys {
  /** Whether Escape was the last key: Tab then leaves the terminal. */
  #isEscaped = false;

  /** `hasSelection`: whether text of the terminal is selected. */
  actionOf(event: Key, hasSelection: boolean): KeyAction {
    if (isToggle(event) || isInspectorToggle(event)) return 'browser';
    if (event.type !== 'keydown') return 'type';
    const { key, ctrlKey, shiftKey, altKey, metaKey } = event;
    const leaves = this.#isEscaped && key === 'Tab';
    // Shift alone is pressed on the way to Shift+Tab.
    if (key !== 'Shift') this.#isEscaped = key === 'Escape';
    if (leaves) return 'browser';
    if (!ctrlKey || altKey || metaKey) return 'type';
    const letter = key.toLowerCase();
    if (letter === 'c' && hasSelection) return 'copy';
    // Without a selection, Ctrl-Shift-C must not interrupt.
    return letter === 'v' || (letter === 'c' && shiftKey) ? 'browser' : 'type';
  }
}
