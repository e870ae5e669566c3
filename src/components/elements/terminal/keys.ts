/** What a key does in the terminal, apart from what it types. */

/** The parts of a KeyboardEvent that matter here. */
export type Key = Pick<
  KeyboardEvent,
  'type' | 'key' | 'code' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'
>;

/**
 * `type`: the terminal gets the key. `copy`: the selection is copied. `browser`: the browser gets it, to paste or to
 * move the focus.
 */
export type KeyAction = 'type' | 'copy' | 'browser';

/** Ctrl+` opens and closes the terminal; the key left of 1, whatever the layout prints on it. */
export function isToggle({ key, code, ctrlKey, shiftKey, altKey, metaKey }: Key): boolean {
  return ctrlKey && !shiftKey && !altKey && !metaKey && (code === 'Backquote' || key === '`');
}

export class TerminalKeys {
  /** Whether Escape was the last key: Tab then leaves the terminal. */
  #isEscaped = false;

  /** `hasSelection`: whether text of the terminal is selected. */
  actionOf(event: Key, hasSelection: boolean): KeyAction {
    if (isToggle(event)) return 'browser';
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
