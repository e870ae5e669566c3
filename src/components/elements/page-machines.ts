/** The machines of this page, and which of them an element belongs to. */
import engineUrl from 'v86/build/v86.wasm?url';
import { version as engineVersion } from 'v86/package.json';
import type { ActivityKind } from '../../cells/activity.ts';
import { DEFAULT_MACHINE, MOST_MACHINES } from '../../cells/cell.ts';
import { DEFAULT_IMAGE } from '../../machine/image/default-image.ts';
import type { WorkerLike } from '../../machine/worker/worker-machine.ts';
import { WorkerMachine } from '../../machine/worker/worker-machine.ts';
import { withBase } from '../../with-base.ts';
import { Machines } from './machines.ts';
import type { ActivityElement, PageMachine } from './machines.ts';

/** The folder with the files of all images. */
const MACHINE_FOLDER = '/machine/';

/** The element of each kind of activity. */
const elementNames: Record<ActivityKind, string> = { cell: 'course-cell' };

/** What the browser says of the device; not all of them say it. */
interface Device {
  /** Gigabytes, rounded. */
  deviceMemory?: number;
  connection?: { saveData?: boolean };
}
const device = navigator as Device;
/** Gigabytes of memory up to which a device has room for one machine only. */
const SMALL = 4;

const absolute = (path: string): string => new URL(path, location.href).href;

function createWorker(): WorkerLike {
  return new Worker(new URL('../../machine/worker/machine.worker.ts', import.meta.url), {
    type: 'module',
  });
}

function create(image: string): WorkerMachine {
  return new WorkerMachine({
    createWorker,
    image,
    machineUrl: absolute(withBase(MACHINE_FOLDER, import.meta.env.BASE_URL)),
    engineUrl: absolute(engineUrl),
    engineVersion,
    // Whoever asks for little data gets what is needed, when it is needed.
    prefetch: !device.connection?.saveData,
  });
}

/** A phone or a tablet ends a page that takes much memory, and all that it holds. */
function room(): number {
  const hasFingersOnly =
    matchMedia('(pointer: coarse)').matches && !matchMedia('(any-pointer: fine)').matches;
  return hasFingersOnly || (device.deviceMemory ?? Infinity) <= SMALL ? 1 : MOST_MACHINES;
}

function find(machine: PageMachine): ActivityElement[] {
  const selector = Object.values(elementNames).join();
  const elements = document.querySelectorAll<HTMLElement & ActivityElement>(selector);
  return [...elements].filter((element) => machineOf(element) === machine);
}

let made: Machines | undefined;

/** The machines of this page; made when the first element asks for its own. */
export function pageMachines(): Machines {
  if (made) return made;
  const machines = new Machines({ create, room, find, now: () => performance.now() });
  // A hidden tab's guest would lag behind and then run to catch up; better that its time stands still.
  document.addEventListener('visibilitychange', () => void machines.setPaused(document.hidden));
  return (made = machines);
}

/** The machine of an element: as the closest element around it says, or itself; otherwise the page's own. */
export function machineOf(element: Element): PageMachine {
  const image = element.closest<HTMLElement>('[data-image]')?.dataset['image'];
  const name = element.closest<HTMLElement>('[data-machine]')?.dataset['machine'];
  return pageMachines().get(image ?? DEFAULT_IMAGE, name ?? DEFAULT_MACHINE);
}
