/**
 * Opens the terminal: by the button in the header of each page, by Ctrl+`, and for a cell. All else that belongs to
 * it is loaded at its first use.
 */
import { required } from '../required.ts';
import type { CourseTerminal } from './course-terminal.ts';
import { isToggle } from './keys.ts';
import type { SessionRef } from './sessions.ts';

let loading: Promise<CourseTerminal> | undefined;

function load(): Promise<CourseTerminal> {
  loading ??= import('./course-terminal.ts').then(({ addTerminal }) => addTerminal());
  return loading;
}

function showFailure(isFailed: boolean): void {
  required<HTMLElement>(document.body, '.terminal-failure').hidden = !isFailed;
}

/** Opens the terminal with the session that was selected last, at first the machine's own. Never rejects: shows a failure to load. */
function openTerminal(): Promise<void> {
  return use((terminal) => terminal.open());
}

/** Opens the terminal with a session of a machine, whose start is left to the caller. Never rejects. */
export function showTerminal(target: SessionRef): Promise<void> {
  return use((terminal) => terminal.show(target));
}

async function use(act: (terminal: CourseTerminal) => void): Promise<void> {
  try {
    act(await load());
    showFailure(false);
  } catch {
    // A failed import fails again until the page is loaded anew.
    showFailure(true);
  }
}

/** Opens the terminal, or gives it the focus; closes it when it has the focus. */
function toggle(): void {
  void use((terminal) => (terminal.hasFocus ? terminal.close() : terminal.open()));
}

for (const button of document.querySelectorAll<HTMLElement>('.open-terminal')) {
  button.hidden = false;
  button.addEventListener('click', () => void openTerminal());
}
document.addEventListener('keydown', (event) => {
  // The terminal cannot take the focus while a modal dialog is open.
  if (!isToggle(event) || event.repeat || document.querySelector('dialog[open]')) return;
  event.preventDefault();
  toggle();
});
required(document.body, '.terminal-failure button').addEventListener('click', () =>
  location.reload(),
);
