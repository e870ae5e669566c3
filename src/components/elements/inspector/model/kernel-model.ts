/** All that the inspector knows of a machine: its last report, and what the reports before it said. No DOM, no clock. */
import type {
  GroupInfo,
  KernelReport,
  LinkInfo,
  MountInfo,
} from '../../../../machine/agent/kernel-report.ts';
import { namespaceKinds } from '../../../../machine/agent/processes.ts';
import type { ProcessInfo } from '../../../../machine/agent/processes.ts';
import { cpuUse } from './control-groups.ts';
import { completeNamespaces, NamespaceNames, sharersOf } from './namespaces.ts';
import type { Namespace } from './namespaces.ts';
import { StepLog } from './step-log.ts';
import type { RunningStep } from '../../../../cells/run/running-step.ts';
import { isPresent, Tracker } from './tracker.ts';

/** A step that ended more than this many milliseconds before a report is not the origin of what the report shows. */
const LATEST_MS = 5000;

/** All times are in milliseconds, from one clock. */
export class KernelModel {
  readonly names = new NamespaceNames();
  readonly processes = new Tracker<ProcessInfo>(
    ({ pid }) => String(pid),
    (one, other) =>
      one.name === other.name &&
      one.parent === other.parent &&
      namespaceKinds.every((kind) => one.namespaces[kind] === other.namespaces[kind]),
  );
  readonly groups = new Tracker<GroupInfo>(({ path }) => path);
  readonly links = new Tracker<LinkInfo & { namespace: number }>(
    ({ namespace, index }) => `${namespace} ${index}`,
  );
  readonly mounts = new Tracker<MountInfo>(({ id }) => String(id));
  /** The part of one processor that each control group uses, by its path. */
  cpuUse: ReadonlyMap<string, number> = new Map();
  readonly #steps = new StepLog();
  #report: KernelReport | undefined;
  #reportedAt = 0;

  /** The last report. Undefined before the first, and while the machine is off. */
  get report(): KernelReport | undefined {
    return this.#report;
  }

  noteStep(step: RunningStep | undefined, now: number): void {
    this.#steps.note(step, now);
  }

  receive(given: KernelReport, now: number): void {
    const before = new Map(this.#present.map((each) => [each.pid, each.namespaces]));
    const processes = completeNamespaces(given.processes, before);
    const report = { ...given, processes };
    this.names.note(processes);
    const steps = this.#steps.between(Math.max(this.#reportedAt, now - LATEST_MS), now);
    this.processes.update(processes, now, steps);
    // An object that appeared while reports left out its part is not new in the next report that has that part.
    if (report.groups) {
      if (!this.#report?.groups) this.groups.beginAnew();
      this.cpuUse = cpuUse(this.#report?.groups, report.groups, now - this.#reportedAt);
      this.groups.update(report.groups, now, steps);
    }
    if (report.networks) {
      if (!this.#report?.networks) this.links.beginAnew();
      const links = report.networks.flatMap(({ namespace, links }) =>
        links.map((link) => ({ ...link, namespace })),
      );
      this.links.update(links, now, steps);
    }
    if (report.mounts) {
      // Another process has other mounts, which are not new.
      if (report.mounts.pid !== this.#report?.mounts?.pid) this.mounts.beginAnew();
      this.mounts.update(report.mounts.mounts, now, steps);
    }
    this.#report = report;
    this.#reportedAt = now;
  }

  /** The machine has left its state, so what the next report shows is not new. */
  leaveState(): void {
    for (const tracker of this.#trackers) tracker.beginAnew();
  }

  /** The machine is off. */
  forget(): void {
    this.leaveState();
    for (const tracker of this.#trackers) tracker.update([], 0, []);
    this.leaveState();
    this.#report = undefined;
  }

  /** Forgets what has ended long enough ago. Returns whether anything that has ended is still shown. */
  expire(now: number): boolean {
    for (const tracker of this.#trackers) tracker.expire(now);
    return this.#trackers.some(({ hasEnded }) => hasEnded);
  }

  /** The PIDs in a namespace. */
  sharers(namespace: Namespace): ReadonlySet<number> {
    return sharersOf(namespace, this.#present);
  }

  /** The namespace, if any process is in it. */
  find(namespace: Namespace | undefined): Namespace | undefined {
    return namespace && this.sharers(namespace).size ? namespace : undefined;
  }

  get pids(): ReadonlySet<number> {
    return new Set(this.#present.map(({ pid }) => pid));
  }

  get #present(): ProcessInfo[] {
    return this.processes.all.filter(isPresent).map(({ item }) => item);
  }

  get #trackers(): Tracker<unknown>[] {
    return [this.processes, this.groups, this.links, this.mounts] as Tracker<unknown>[];
  }
}
