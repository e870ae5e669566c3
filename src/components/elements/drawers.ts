/** The drawers of a page: the terminal and the inspector. */

const OPENED = 'drawer-opened';

/** Announces that a drawer is about to open, so that another one in the same place closes. */
export function announceDrawer(drawer: HTMLElement): void {
  drawer.dispatchEvent(new Event(OPENED, { bubbles: true }));
}

/** Calls the listener when another drawer opens. */
export function onOtherDrawer(drawer: HTMLElement, listener: () => void): void {
  document.addEventListener(OPENED, ({ target }) => {
    if (target !== drawer) listener();
  });
}

/** Where the inspector is beside the page, the terminal has room below it. */
export const hasRoomBeside = matchMedia('(min-width: 72rem) and (min-height: 30rem)');

/** Gives the focus back to an element. If it is hidden now, a control of its cell or task or the drawer's button gets it. */
export function focusAgain(before: Element | null, drawerButton: string): void {
  const cell = before?.closest('.cell');
  const targets = [before, ...(cell?.querySelectorAll('.run, .check, .start, .stop') ?? [])];
  const button = document.querySelector(drawerButton);
  const target = [...targets, button].find(
    (each) => each !== document.body && each?.checkVisibility(),
  );
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
}
