import type { PlanPage, PlanRunner } from './plan-runner.ts';

/** The parts of the page that the runner uses. */
export interface RunnerSurroundings extends PlanPage {
  /** Loads the class that runs plans. */
  loadPlans: () => Promise<typeof PlanRunner>;
  /** Cancels a start of the machine while its files are being downloaded. */
  cancelStart?: () => void;
}
