/**
 * The methods of a machine that cross between page and worker, and how. Their arguments and results are
 * those of `Machine`; both ends follow from this table, so a new method is a line here and in `Machine`.
 */
import type { Machine } from '../machine.ts';

/** What of a call's last argument crosses while it runs: a function to the page, an AbortSignal to the worker. */
export type Hooks = Readonly<Record<string, 'callback' | 'signal'>>;

export interface Call {
  kind: 'call';
  hooks: Hooks;
  /** What it does without a worker: makes one, does nothing, or is refused. */
  unstarted: 'starts' | 'ignored' | 'refused';
}

/** A listener as its last argument, and a function that ends it as its result. It outlives a worker. */
export interface Subscription {
  kind: 'subscription';
}

/** A subscription of the page's machine itself, which passes on to its own listeners what it is given. */
export interface Mirror {
  kind: 'mirror';
}

const call = (hooks: Hooks = {}, unstarted: Call['unstarted'] = 'refused') =>
  ({ kind: 'call', hooks, unstarted }) as const;
const subscription = { kind: 'subscription' } as const;
const mirror = { kind: 'mirror' } as const;

/** All but `dispose`, which ends the worker. */
export type MethodName = {
  [Name in keyof Machine]: Machine[Name] extends (...given: never[]) => unknown ? Name : never;
}[Exclude<keyof Machine, 'dispose'>];

export const methods = {
  start: call({}, 'starts'),
  run: call({ onOutput: 'callback', signal: 'signal', interrupt: 'signal' }),
  reset: call(),
  checkpoint: call(),
  returnTo: call(),
  writeTerminal: call(),
  resizeTerminal: call(),
  closeTerminal: call(),
  putFile: call(),
  getFile: call(),
  pause: call({}, 'ignored'),
  resume: call({}, 'ignored'),
  subscribe: mirror,
  onRevision: mirror,
  observe: subscription,
  watchTerminal: subscription,
} as const satisfies Record<MethodName, Call | Subscription | Mirror>;

/** The methods that follow from the table alone. */
export type RemoteMethods = {
  [Name in MethodName as (typeof methods)[Name] extends Mirror ? never : Name]: Machine[Name];
};
