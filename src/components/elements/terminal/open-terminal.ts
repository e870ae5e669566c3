/** Opens the terminal. */
import { drawerOnDemand } from '../open-drawer.ts';
import { isToggle } from './keys.ts';
import type { SessionRef } from './sessions.ts';

const use = drawerOnDemand(
  'terminal',
  async () => (await import('./course-terminal.ts')).addTerminal(),
  isToggle,
);

/** Opens the terminal with a session of a machine, whose start is left to the caller. Never rejects. */
export function showTerminal(target: SessionRef): Promise<void> {
  return use((terminal) => terminal.show(target));
}

// From <Command>. The reader presses Enter.
document.addEventListener('typed-command', (event) => {
  const { detail, target } = event as CustomEvent<string>;
  void use((terminal) => terminal.showTyped(target as HTMLElement, detail));
});
