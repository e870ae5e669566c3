/**
 * The methods of a machine that the page calls in the worker, and how they cross. Their arguments and results
 * are those of `Machine`. Both sides are derived from this table, so a new method needs one line here and one
 * in `Machine`.
 */
import type { Machine } from '../machine.ts';

/** The members of a call's hooks that cross while it runs: text to the page's callbacks, signals to the worker. */
export type Hooks = Readonly<Record<string, 'text' | 'signal'>>;

export interface Call {
  kind: 'call';
  hooks: Hooks;
  /** The number of arguments before the one that has the hooks. */
  before: number;
  /** Without a worker, the call starts one, is ignored, or rejects. */
  unstarted: 'starts' | 'ignored' | 'refused';
}

/** Takes a listener as its last argument and returns a function that unsubscribes. It outlives a worker. */
export interface Subscription {
  kind: 'subscription';
}

/** A call for which the page's machine does something more. */
export interface Wrapped extends Omit<Call, 'kind'> {
  kind: 'wrapped';
}

/** A subscription that the page's machine makes itself; it passes the values on to its own listeners. */
export interface Mirror {
  kind: 'mirror';
}

const call = (hooks: Hooks = {}, before = 0) =>
  ({ kind: 'call', hooks, before, unstarted: 'refused' }) as const;
const wrapped = (unstarted: Call['unstarted']) =>
  ({ kind: 'wrapped', hooks: {}, before: 0, unstarted }) as const;
const subscription = { kind: 'subscription' } as const;
const mirror = { kind: 'mirror' } as const;

/** All methods except `dispose`, which ends the worker. */
export type MethodName = {
  [Name in keyof Machine]: Machine[Name] extends (...given: never[]) => unknown ? Name : never;
}[Exclude<keyof Machine, 'dispose'>];

export const methods = {
  prepare: wrapped('starts'),
  start: wrapped('starts'),
  run: call({ onOutput: 'text', onListens: 'text', signal: 'signal', interrupt: 'signal' }, 1),
  reset: call(),
  checkpoint: call({ signal: 'signal' }),
  returnTo: call(),
  writeTerminal: call(),
  resizeTerminal: call(),
  closeTerminal: call(),
  putFile: call(),
  getFile: call(),
  pause: wrapped('ignored'),
  resume: wrapped('ignored'),
  subscribe: mirror,
  onRevision: mirror,
  onNotice: subscription,
  observe: subscription,
  watchTerminal: subscription,
} as const satisfies Record<MethodName, Call | Wrapped | Subscription | Mirror>;

/** The methods that are derived from the table alone. */
export type RemoteMethods = {
  [
    Name in MethodName as (typeof methods)[Name] extends Mirror | Wrapped ? never : Name
  ]: Machine[Name];
};
