/**
 * A text field whose line is sent to the terminal as a whole. On-screen keyboards correct, complete and compose text. A
 * terminal that sends each key would receive some of it several times. The field also serves screen readers.
 */
import { required } from '../required.ts';

/** The characters that each key button sends, see console_codes(4) and ascii(7). */
const keys: Record<string, string> = {
  'ctrl-c': '\u0003',
  'ctrl-d': '\u0004',
  tab: '\t',
  escape: '\u001b',
  up: '\u001b[A',
  down: '\u001b[B',
  none: '',
};

/** `type` gets the text. The form's HTML is in TerminalTemplate.astro. */
export function attachLineInput(
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
    // The text in the field is sent before the key, for example “ls /e” before Tab.
    button.addEventListener('click', () => type(take() + key), { signal });
  }
}
