/** Opens the inspector. */
import type { InspectorPlace } from '../../../cells/cell.ts';
import type { PageMachine } from '../machines.ts';
import { drawerOnDemand } from '../open-drawer.ts';
import { isInspectorToggle } from '../terminal/keys.ts';

const use = drawerOnDemand(
  'inspector',
  async () => (await import('./course-inspector.ts')).addInspector(),
  isInspectorToggle,
);

/** Opens the inspector with a machine and a place in it. Never rejects. */
export function showInInspector(machine: PageMachine, place: InspectorPlace): Promise<void> {
  return use((inspector) => inspector.open(machine, place));
}
