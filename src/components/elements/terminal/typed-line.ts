/**
 * A line of text that is sent to the terminal as a whole. Phones correct, complete and compose what is typed, which
 * a terminal that sends each key would see several times. It also serves screen readers.
 */
import { required } from '../required.ts';

/** What the keys below the line type, see console_codes(4) and ascii(7). */
const keys: Record<string, string> = {
  'ctrl-c': '\u0003',
  'ctrl-d': '\u0004',
  tab: '\t',
  escape: '\u001b',
  up: '\u001b[A',
  down: '\u001b[B',
  none: '',
};

/** `type` gets the text. The form's HTML is in TerminalButton.astro. */
export function listenToLine(
  form: HTMLFormElement,
  type: (data: string) => void,
  { signal }: { signal: AbortSignal },
): void {
  const input = required<HTMLInputElement>(form, 'input');
  /** Takes the text, so that it is sent once. */
  const take = (): string => {
    const text = input.value;
    input.value = '';
    return text;
  };
  form.addEventListener(
    'submit',
    (event) => {
      event.preventDefault();
      type(`${take()}\r`);
    },
    { signal },
  );
  for (const button of form.querySelectorAll<HTMLElement>('[data-key]')) {
    const key = keys[button.dataset['key'] ?? ''] ?? '';
    // What was typed so far belongs before the key, as in “ls /e” and Tab.
    button.addEventListener('click', () => type(take() + key), { signal });
  }
}
