/** The states of a machine. Pure: no timers, no effects. */
import { machineFailures } from './errors.ts';
import type { MachineFailure } from './errors.ts';
import type { StartProgress } from './image/start-files.ts';

export type MachineState =
  /** Nothing has been downloaded yet; `start` begins. */
  | { name: 'idle' }
  /** Files are being downloaded; `loaded` and `total` count compressed bytes. */
  | ({ name: 'fetching' } & StartProgress)
  /** The engine restores a saved state. */
  | { name: 'restoring' }
  /** A step can run. */
  | { name: 'ready' }
  /**
   * A step is running in each of these sessions. With `disk`, the guest has been waiting a long time for a part of the
   * disk. With `silent`, its agent has not answered for some seconds, although the guest computes.
   */
  | { name: 'busy'; sessions: string[]; disk?: DiskWait; silent?: true }
  /** The guest's time stands still, for instance while the tab is hidden. */
  | { name: 'paused'; next: MachineState }
  /** The guest has stopped: a panic, or a shutdown. `reset` and `returnTo` restore a state; `start` does the former. */
  | { name: 'stopped'; message: string }
  /** The machine has ended; `start` makes a new one. */
  | { name: 'failed'; failure: MachineFailure; message: string };

/** A long wait for a part of the disk. */
export interface DiskWait {
  /** The reason why its download is being retried, if it is. */
  retrying?: MachineFailure;
}

export type MachineEvent =
  | { type: 'start' }
  | { type: 'progress'; progress: StartProgress }
  | { type: 'restore' }
  | { type: 'restored' }
  | { type: 'run'; session: string }
  | { type: 'ran'; session: string }
  | { type: 'disk'; wait: DiskWait | undefined }
  | { type: 'silent'; isSilent: boolean }
  | { type: 'stop'; message: string }
  | { type: 'pause' }
  | { type: 'resume' }
  | { type: 'fail'; failure: MachineFailure; message: string };

const names: Record<MachineState['name'], true> = {
  idle: true,
  fetching: true,
  restoring: true,
  ready: true,
  busy: true,
  paused: true,
  stopped: true,
  failed: true,
};

/** Whether a received value is a state. Checks only the fields without which the bar would throw. */
export function isMachineState(value: unknown): value is MachineState {
  const state = value as MachineState | null | undefined;
  if (!state || !Object.hasOwn(names, state.name)) return false;
  if (state.name === 'busy') return Array.isArray(state.sessions);
  if (state.name === 'failed') return machineFailures.includes(state.failure);
  return state.name !== 'paused' || isMachineState(state.next);
}

/** The state after an event. An event that is not valid in the state changes nothing. */
export function transition(state: MachineState, event: MachineEvent): MachineState {
  if (event.type === 'fail') {
    return { name: 'failed', failure: event.failure, message: event.message };
  }
  // While paused, events change the state to return to.
  if (state.name === 'paused' && event.type !== 'resume') {
    const next = transition(state.next, event);
    return next === state.next || event.type === 'pause' ? state : { name: 'paused', next };
  }
  switch (event.type) {
    case 'start':
      return state.name === 'idle' || state.name === 'failed'
        ? { name: 'fetching', loaded: 0, total: 0 }
        : state;
    case 'progress':
      return state.name === 'fetching' ? { name: 'fetching', ...event.progress } : state;
    case 'restore':
      return state.name === 'idle' || state.name === 'failed' ? state : { name: 'restoring' };
    case 'restored':
      return state.name === 'restoring' ? { name: 'ready' } : state;
    case 'run':
      if (state.name === 'ready') return { name: 'busy', sessions: [event.session] };
      return state.name === 'busy'
        ? { ...state, sessions: [...state.sessions, event.session] }
        : state;
    case 'ran': {
      if (state.name !== 'busy' || !state.sessions.includes(event.session)) return state;
      const sessions = state.sessions.filter((session) => session !== event.session);
      return sessions.length || state.silent ? { ...state, sessions } : { name: 'ready' };
    }
    case 'disk': {
      if (state.name !== 'busy' || event.wait === state.disk) return state;
      const { name, sessions, silent } = state;
      return { name, sessions, ...(silent && { silent }), ...(event.wait && { disk: event.wait }) };
    }
    case 'silent': {
      if (state.name === 'ready' && event.isSilent)
        return { name: 'busy', sessions: [], silent: true };
      if (state.name !== 'busy' || Boolean(state.silent) === event.isSilent) return state;
      if (event.isSilent) return { ...state, silent: true };
      const { name, sessions, disk } = state;
      return sessions.length ? { name, sessions, ...(disk && { disk }) } : { name: 'ready' };
    }
    case 'stop':
      return state.name === 'idle' || state.name === 'failed'
        ? state
        : { name: 'stopped', message: event.message };
    case 'pause':
      return state.name === 'idle' || state.name === 'failed' || state.name === 'stopped'
        ? state
        : { name: 'paused', next: state };
    case 'resume':
      return state.name === 'paused' ? state.next : state;
  }
}
