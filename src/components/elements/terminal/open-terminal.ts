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

/**
 * Opens the terminal with a session of a machine, which starts if it is off, and types a command there. The reader
 * presses Enter. Never rejects.
 */
export function typeInTerminal(target: SessionRef, command: string): Promise<void> {
  return use((terminal) => terminal.showTyped(target, command));
}
