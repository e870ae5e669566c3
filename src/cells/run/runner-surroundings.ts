import type { ActivityView } from './activity-view.ts';
import type { PlanRunner } from './plan-runner.ts';

/** The parts of the page that the runner uses. */
export interface RunnerSurroundings {
  view: (id: string) => ActivityView;
  /** The time in milliseconds. */
  now: () => number;
  /** Loads the class that runs plans. */
  loadPlans: () => Promise<typeof PlanRunner>;
  /** Awaited before the machine starts; rejects with StepInterrupted when the reader declines. */
  admit?: (signal: AbortSignal) => Promise<void>;
  /** Cancels a start of the machine while its files are being downloaded. */
  cancelStart?: () => void;
}
