/** The one machine of a page and the runner of its cells, shared by the elements. */
import engineUrl from 'v86/build/v86.wasm?url';
import { version as engineVersion } from 'v86/package.json';
import type { PageActivity } from '../../cells/activity.ts';
import { PageRunner } from '../../cells/run/page-runner.ts';
import type { ActivityView } from '../../cells/run/page-runner.ts';
import type { WorkerLike } from '../../machine/worker/worker-machine.ts';
import { withBase } from '../../with-base.ts';
import { WorkerMachine } from '../../machine/worker/worker-machine.ts';

const absolute = (path: string): string => new URL(path, location.href).href;

function createWorker(): WorkerLike {
  return new Worker(new URL('../../machine/worker/machine.worker.ts', import.meta.url), {
    type: 'module',
  });
}

/** Downloads nothing before its first `start`. */
export const machine = new WorkerMachine({
  createWorker,
  machineUrl: absolute(withBase('/machine/', import.meta.env.BASE_URL)),
  engineUrl: absolute(engineUrl),
  engineVersion,
  // Whoever asks for little data gets what is needed, when it is needed.
  prefetch: !(navigator as { connection?: { saveData?: boolean } }).connection?.saveData,
});

/** An element that shows what its activity does. */
export interface ActivityElement extends HTMLElement, ActivityView {
  readonly activity: PageActivity;
}

let made: PageRunner | undefined;

/** The runner of all cells on the page; made when it is first needed, when all of them are there. */
export function runner(): PageRunner {
  if (made) return made;
  const elements = [...document.querySelectorAll<ActivityElement>('course-cell')];
  const views = new Map(elements.map((element) => [element.activity.id, element]));
  made = new PageRunner(
    machine,
    elements.map((element) => element.activity),
    {
      view(id) {
        const view = views.get(id);
        if (!view) throw new Error(`no cell ${id} on this page`);
        return view;
      },
      now: () => performance.now(),
    },
  );
  return made;
}

// A hidden tab's guest would lag behind and then run to catch up; better that its time stands still.
document.addEventListener('visibilitychange', () => {
  const change = document.hidden ? machine.pause() : machine.resume();
  change.catch(() => {
    // The machine has failed meanwhile; its state tells so.
  });
});
