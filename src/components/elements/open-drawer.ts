/**
 * Opens a drawer: by its button in the header of each page, by its key, and for other parts of the page. All else that
 * belongs to the drawer is loaded at its first use.
 */
import { required } from './required.ts';

interface Drawer {
  readonly hasFocus: boolean;
  /** Shows it and gives it the focus. */
  open(): void;
  /** Hides it and gives the focus back. */
  close(): void;
}

/**
 * `name` is part of the classes in its HTML: of its buttons, and of the message that it could not be loaded. The key opens
 * it or gives it the focus, and closes it when it has the focus. Returns a function that loads it and calls `act`; it
 * never rejects.
 */
export function drawerOnDemand<T extends Drawer>(
  name: string,
  load: () => Promise<T>,
  isKey: (event: KeyboardEvent) => boolean,
): (act: (drawer: T) => void) => Promise<void> {
  const failure = required<HTMLElement>(document.body, `.${name}-failure`);
  let loading: Promise<T> | undefined;
  const use = async (act: (drawer: T) => void): Promise<void> => {
    try {
      act(await (loading ??= load()));
      failure.hidden = true;
    } catch {
      // A failed import fails again until the page is loaded anew.
      failure.hidden = false;
    }
  };
  for (const button of document.querySelectorAll<HTMLElement>(`.open-${name}`)) {
    button.hidden = false;
    button.addEventListener('click', () => void use((drawer) => drawer.open()));
  }
  document.addEventListener('keydown', (event) => {
    // A drawer cannot take the focus while a modal dialog is open.
    if (!isKey(event) || event.repeat || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    void use((drawer) => (drawer.hasFocus ? drawer.close() : drawer.open()));
  });
  required(failure, 'button').addEventListener('click', () => location.reload());
  return use;
}
