/** The texts of a machine's bar. */
import { explain } from '../../machine/errors.ts';
import type { MachineState } from '../../machine/state.ts';
import type { Admission } from './machines.ts';

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** Describes a machine's state in a sentence; `admission` is the cost of its start. */
export function describeMachine(state: MachineState, admission: Admission): string {
  switch (state.name) {
    case 'idle':
      return describeIdle(admission);
    case 'fetching':
      return state.total
        ? `Downloading the machine: ${megabytes(state.loaded)} of ${megabytes(state.total)} MB.`
        : 'Downloading the machine.';
    case 'restoring':
      return 'Starting the machine.';
    case 'ready':
      return 'The machine is ready.';
    case 'busy':
      return `The machine is busy in session “${state.sessions.join('” and “')}”.`;
    case 'paused':
      return 'The machine is paused.';
    case 'failed':
      return `${explain(state.failure)} The text and the printed outputs are complete without it.`;
  }
}

function describeIdle(admission: Admission): string {
  switch (admission.kind) {
    case 'alone':
      return 'Press Run to start a Linux machine in this page.';
    case 'beside':
      return 'Press Run to start a second Linux machine in this page. It takes about 400 MB more memory.';
    case 'instead':
      return `Press Run to start this machine in place of ${namesOf(admission.others)}.`;
  }
}

/** The question before a start that costs something, and the label of the button that agrees. */
export function describeQuestion(admission: Admission): { text: string; agree: string } {
  switch (admission.kind) {
    case 'alone':
      return { text: 'Start the machine?', agree: 'Start it' };
    case 'beside':
      return {
        text: 'A second Linux machine takes about 400 MB more of this device’s memory.',
        agree: 'Start it',
      };
    case 'instead': {
      const names = namesOf(admission.others);
      const text = `This device has memory for one Linux machine. To start this one, ${names} has to end, and its state is lost.`;
      return { text, agree: `End ${names}, start this` };
    }
  }
}

function namesOf(machines: readonly { name: string }[]): string {
  return machines.map(({ name }) => `“${name}”`).join(' and ');
}
