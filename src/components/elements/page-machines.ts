/** The machines of this page, and the machine of each element. */
import engineUrl from 'v86/build/v86.wasm?url';
import { version as engineVersion } from 'v86/package.json';
import type { ActivityKind } from '../../cells/activity.ts';
import type { PlanRunner } from '../../cells/run/plan-runner.ts';
import { DEFAULT_MACHINE, MAX_MACHINES } from '../../cells/cell.ts';
import { DEFAULT_IMAGE } from '../../machine/image/default-image.ts';
import { browserFiles, download } from '../../machine/image/browser-files.ts';
import workerUrl from '../../machine/worker/machine.worker.ts?worker&url';
import type { WorkerLike } from '../../machine/worker/worker-machine.ts';
import { WorkerMachine } from '../../machine/worker/worker-machine.ts';
import { IMAGE_META, MACHINE_ADDRESS, withBase } from '../../with-base.ts';
import { Machines } from './machines.ts';
import type { ActivityElement, PageMachine } from './machines.ts';

/** The element of each kind of activity. */
const elementNames: Record<ActivityKind, string> = {
  cell: 'course-cell',
  task: 'course-task',
};

/** The browser's information about the device; not all browsers have it. */
interface Device {
  /** Gigabytes, rounded. */
  deviceMemory?: number;
  connection?: { saveData?: boolean };
}
const device = navigator as Device;
/** A device with up to this many gigabytes of memory has room for only one machine of the default image. */
const SMALL = 4;

const absolute = (path: string): string => new URL(path, location.href).href;

function createWorker(): WorkerLike {
  return new Worker(workerUrl, { type: 'module' });
}

function create(image: string): WorkerMachine {
  const settings = {
    image,
    machineUrl: absolute(withBase(MACHINE_ADDRESS, import.meta.env.BASE_URL)),
    engineUrl: absolute(engineUrl),
    engineVersion,
    // In data-saving mode, parts are fetched only when they are needed.
    prefetch: !device.connection?.saveData,
  };
  return new WorkerMachine({
    createWorker,
    settings,
    files: browserFiles({ machine: settings.machineUrl, engine: settings.engineUrl }),
    // The browser then takes the script from its cache.
    loadWorker: (options) => download(absolute(workerUrl), () => undefined, options),
  });
}

/** Whether this is a phone or a tablet. On these, the browser may end a page that uses a lot of memory. */
function hasFingersOnly(): boolean {
  return matchMedia('(pointer: coarse)').matches && !matchMedia('(any-pointer: fine)').matches;
}

function isSmallDevice(): boolean {
  return hasFingersOnly() || (device.deviceMemory ?? Infinity) <= SMALL;
}

const room = (): number => (isSmallDevice() ? 1 : MAX_MACHINES);

/**
 * Whether a machine with the memory of this many machines of the default image may be too large for this device. A phone
 * or tablet that does not report its memory, such as an iPhone, counts as small.
 */
export function isTooLarge(machines: number): boolean {
  const unknown = hasFingersOnly() ? 0 : Infinity;
  return machines > 1 && (device.deviceMemory ?? unknown) <= SMALL;
}

function find(machine: PageMachine): ActivityElement[] {
  const selector = Object.values(elementNames).join();
  const elements = document.querySelectorAll<HTMLElement & ActivityElement>(selector);
  return [...elements].filter((element) => machineOf(element) === machine);
}

let made: Machines | undefined;

/** Time for which the page was visible, in milliseconds: a hidden page's machine stands still. */
let hiddenAt: number | undefined;
let hiddenMs = 0;
const now = (): number => (hiddenAt ?? performance.now()) - hiddenMs;

function setHidden(hidden: boolean): void {
  if (hidden) hiddenAt ??= performance.now();
  else if (hiddenAt !== undefined) {
    hiddenMs += performance.now() - hiddenAt;
    hiddenAt = undefined;
  }
}

/** The words for a run of the page load as well, so that its start is announced at once. */
async function loadPlans(): Promise<typeof PlanRunner> {
  const words = import('./page-run-words.ts').catch(() => undefined);
  const plans = await import('../../cells/run/plan-runner.ts');
  await words;
  return plans.PlanRunner;
}

/** The machines of this page, made at the first request. */
export function pageMachines(): Machines {
  if (made) return made;
  const machines = new Machines({
    ...{ create, room, find, now, loadPlans },
    mayFetchAhead: () => !device.connection?.saveData,
  });
  // In a hidden tab a guest would fall behind and then catch up at full load, so its time is stopped.
  document.addEventListener('visibilitychange', () => {
    setHidden(document.hidden);
    void machines.setPaused(document.hidden);
  });
  return (made = machines);
}

/** The image of this page. */
function imageOfPage(): string {
  const meta = document.querySelector<HTMLMetaElement>(`meta[name="${IMAGE_META}"]`);
  return meta?.content ?? DEFAULT_IMAGE;
}

/** The machine that the element or its closest ancestor names, otherwise the page's default one. */
export function machineOf(element: Element): PageMachine {
  const name = element.closest<HTMLElement>('[data-machine]')?.dataset['machine'];
  return pageMachines().get(imageOfPage(), name ?? DEFAULT_MACHINE);
}
