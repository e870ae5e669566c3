/** The agent's report of the kernel's objects, for drawings. guest/agent/frame.h documents the report's text. */
import type { ProcessInfo } from './processes.ts';

/** A control group. Numbers are undefined where the kernel has no such file, or where the file says "max". */
export interface GroupInfo {
  /** Its path from the root of the hierarchy; "/" is the root. */
  path: string;
  /** Processes in this group itself, without those of groups below it. */
  processes: number;
  frozen: boolean;
  memory: {
    /** Bytes: memory.current, memory.max, memory.high; count: oom_kill of memory.events. */
    current?: number;
    max?: number;
    high?: number;
    oomKills?: number;
  };
  cpu: {
    /** Microseconds: cpu.stat usage_usec, throttled_usec; cpu.max quota and period. Counts: nr_periods, nr_throttled. */
    usage?: number;
    throttled?: number;
    quota?: number;
    period?: number;
    periods?: number;
    throttledPeriods?: number;
    weight?: number;
  };
  pids: { current?: number; max?: number };
  /** Percent of time, "some avg10" of cpu.pressure, memory.pressure and io.pressure. */
  pressure: { cpu?: number; memory?: number; io?: number };
}

export interface LinkInfo {
  index: number;
  name: string;
  isUp: boolean;
  /** As `ip -d link` names it, where the agent can learn it without assigning an nsid: veth, bridge, … */
  kind?: string;
  /** The index of its other end, for a veth. The namespace of that end is not reported; a reader of the report finds it by both indexes. */
  peer?: number;
  /** The index of the bridge that it is a port of. */
  master?: number;
  /** Addresses with prefix lengths, "10.0.0.1/24". */
  addresses: string[];
}

export interface NetworkInfo {
  /** The number of the network namespace, as in /proc/PID/ns/net. */
  namespace: number;
  links: LinkInfo[];
}

/** One line of /proc/PID/mountinfo, see proc(5). */
export interface MountInfo {
  id: number;
  parent: number;
  /** The part of the file system that is mounted. */
  root: string;
  point: string;
  /** "shared:2", "master:1", … */
  propagation: string[];
  type: string;
  source: string;
  /** The options of this mount. */
  options: string;
  /** The options of the file system, which all its mounts share. */
  superOptions: string;
}

/** The kernel's objects at one moment. A part that no observer has asked for is undefined. */
export interface KernelReport {
  processes: ProcessInfo[];
  /** Whether there are more processes than the agent reports; it reports those nearest to process 1. */
  cut: boolean;
  groups?: GroupInfo[];
  /** Whether there are more groups than the agent reports; it reports those nearest to the root. */
  groupsCut?: boolean;
  networks?: NetworkInfo[];
  /** Whether there are more networks or links than the agent reports. */
  networksCut?: boolean;
  /** The mounts of the process that an observer has chosen; empty if it has ended. */
  mounts?: { pid: number; mounts: MountInfo[]; cut: boolean };
}

export type KernelListener = (report: KernelReport) => void;

/** The least milliseconds between two reports, and what an observer needs besides the processes. */
export interface KernelRequest {
  ms: number;
  groups?: boolean;
  networks?: boolean;
  /** The PID of the process whose mounts the observer needs. If several observers name one, the last one counts. */
  mountsOf?: number;
}

export interface ObserveKernel extends KernelRequest {
  listener: KernelListener;
}
