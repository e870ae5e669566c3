/** The observers of a machine's kernel, and the reports that the agent sends them. */
import { parseGroups } from './groups.ts';
import type { KernelReport, ObserveKernel } from './kernel-report.ts';
import { parseMounts } from './mounts.ts';
import { parseNetworks } from './networks.ts';
import { parseProcesses } from './processes.ts';

/** The first two bytes of a REPORT frame (enum report_part and report_state of guest/agent/frame.h). */
export const ReportPart = { processes: 0, groups: 1, networks: 2, mounts: 3, end: 4 } as const;
export const ReportState = { follows: 0, whole: 1, cut: 2 } as const;

const HEAD = 2;
const NO_PROCESS = 0;

/** The needs of all observers together. */
interface Wanted {
  ms: number;
  groups: boolean;
  networks: boolean;
  mountsOf: number | undefined;
}

/** 0 milliseconds stands for no report. */
const NOTHING: Wanted = { ms: 0, groups: false, networks: false, mountsOf: undefined };

export class Observation {
  readonly #ask: (request: Uint8Array) => void;
  readonly #observers = new Set<ObserveKernel>();
  #wanted = NOTHING;
  #decoder = new TextDecoder();
  #text = '';
  #report: Partial<KernelReport> = {};

  /** `ask` gets the payload of an OBSERVE frame; the agent then sends a complete report. */
  constructor(ask: (request: Uint8Array) => void) {
    this.#ask = ask;
  }

  /**
   * Calls the listener with the kernel's objects, now and when they change, at the shortest interval of all observers
   * and with the parts that any of them needs. Returns a function that unsubscribes.
   */
  add(observe: ObserveKernel): () => void {
    this.#observers.add(observe);
    this.ask();
    return () => {
      if (this.#observers.delete(observe)) this.ask();
    };
  }

  /** Sends the agent what all observers need; necessary again after a restore. */
  ask(): void {
    const all = [...this.#observers];
    this.#wanted = all.length
      ? {
          ms: Math.min(...all.map(({ ms }) => ms)),
          groups: all.some(({ groups }) => groups ?? false),
          networks: all.some(({ networks }) => networks ?? false),
          mountsOf: all.findLast(({ mountsOf }) => mountsOf !== undefined)?.mountsOf,
        }
      : NOTHING;
    this.#report = {};
    this.#ask(encodeRequest(this.#wanted));
  }

  /** Drops what was received so far. */
  forget(): void {
    this.#decoder = new TextDecoder();
    this.#text = '';
    this.#report = {};
  }

  /** Handles the payload of a REPORT frame. */
  receive(payload: Uint8Array): void {
    const [part, state] = payload;
    this.#text += this.#decoder.decode(payload.subarray(HEAD), { stream: true });
    if (state === ReportState.follows) return;
    const text = this.#text;
    this.#text = '';
    if (part === ReportPart.end) this.#publish();
    else this.#keep(part, text, state === ReportState.cut);
  }

  /** Keeps a part, unless no observer wants it any more. */
  #keep(part: number | undefined, text: string, cut: boolean): void {
    const { groups, networks, mountsOf } = this.#wanted;
    const report = this.#report;
    if (part === ReportPart.processes)
      Object.assign(report, { processes: parseProcesses(text), cut });
    if (part === ReportPart.groups && groups)
      Object.assign(report, { groups: parseGroups(text), groupsCut: cut });
    if (part === ReportPart.networks && networks)
      Object.assign(report, { networks: parseNetworks(text), networksCut: cut });
    if (part !== ReportPart.mounts) return;
    const mounts = parseMounts(text, cut);
    if (mounts && mounts.pid === mountsOf) report.mounts = mounts;
  }

  /** Sends the report to all observers, once it has all that they want. */
  #publish(): void {
    const { processes, cut = false, ...parts } = this.#report;
    const wanted = this.#wanted;
    if (!processes || (wanted.groups && !parts.groups)) return;
    if ((wanted.networks && !parts.networks) || (wanted.mountsOf !== undefined && !parts.mounts))
      return;
    for (const { listener } of this.#observers) listener({ processes, cut, ...parts });
  }
}

function encodeRequest(wanted: Wanted): Uint8Array<ArrayBuffer> {
  const payload = new Uint8Array(9);
  const view = new DataView(payload.buffer);
  const { ms, groups, networks, mountsOf } = wanted;
  const bit = (part: number, isWanted: boolean): number => (isWanted ? 1 << part : 0);
  view.setUint32(0, ms, true);
  payload[4] =
    bit(ReportPart.groups, groups) |
    bit(ReportPart.networks, networks) |
    bit(ReportPart.mounts, mountsOf !== undefined);
  view.setUint32(5, mountsOf ?? NO_PROCESS, true);
  return payload;
}
