/** The worker's entry: wiring only. */
import { browserFiles } from '../image/browser-files.ts';
import { LocalMachine } from '../local-machine.ts';
import type { MachineSettings, PageMessage, WorkerMessage } from './protocol.ts';
import { serveMachine } from './worker-host.ts';

/** The parts of a worker's global scope that are used here; the DOM's types describe a window. */
interface WorkerScope {
  postMessage(message: WorkerMessage): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<PageMessage>) => void): void;
  addEventListener(type: 'messageerror', listener: () => void): void;
  addEventListener(
    type: 'unhandledrejection',
    listener: (event: PromiseRejectionEvent) => void,
  ): void;
}
const scope = globalThis as unknown as WorkerScope;

function create(settings: MachineSettings): LocalMachine {
  const { machineUrl, image, engineUrl, engineVersion, prefetch } = settings;
  return new LocalMachine({
    image,
    files: browserFiles({ machine: machineUrl, engine: engineUrl }),
    engineVersion,
    prefetch,
    now: Date.now,
    entropy: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  });
}

const serve = serveMachine(create, (message) => scope.postMessage(message));
scope.addEventListener('message', ({ data }) => serve(data));

/** Ends the worker with an error that the page receives. */
function fail(reason: unknown): void {
  setTimeout(() => {
    throw reason;
  });
}
scope.addEventListener('messageerror', () => fail(new Error('A message could not be read.')));
// v86 reports errors of its start, such as too little memory, in no other way.
scope.addEventListener('unhandledrejection', ({ reason }) => fail(reason));
