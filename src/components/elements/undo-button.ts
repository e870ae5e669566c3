/** The Undo button of a machine's bar. Loaded once the machine has started. */
import type { Change } from '../../cells/run/history.ts';
import type { UndoResult } from '../../cells/run/page-request.ts';
import type { MachineState } from '../../machine/state.ts';
import { nameOfCell } from './cell-link.ts';
import { keepFocus } from './keep-focus.ts';
import type { PageMachine } from './machines.ts';
import { onPress } from './on-press.ts';

const MAX_COMMAND = 40;

/** Names a change: “Undo” stands before it. */
export function nameChange(change: Change, nameOf = nameOfCell): string {
  switch (change.by) {
    case 'activity':
      return `“${nameOf(change.id)}”`;
    case 'page':
      return 'the run of the page';
    case 'command': {
      const [line = ''] = change.command.split('\n');
      return `“${line.length > MAX_COMMAND ? `${line.slice(0, MAX_COMMAND)}…` : line}”`;
    }
    case 'terminal':
      return 'your input in the terminal';
    case 'return':
      return `the reset of “${nameOf(change.id)}”`;
    case 'reset':
      return 'the reset';
  }
}

/** The announcement after Undo. */
export function describeUndo({ name, change }: UndoResult, nameOf = nameOfCell): string {
  const what = nameChange(change, nameOf);
  return name === 'undone'
    ? `Undone: ${what}.`
    : `The state before ${what} is no longer available. The page keeps at most 128 MiB of states. Press Reset to return to the clean machine.`;
}

/** Whether the machine can return to a state now. While a step runs, Stop does so. */
function canUndo(state: MachineState): boolean {
  const { name } = state;
  return name === 'ready' || name === 'stopped' || (name === 'busy' && state.silent === true);
}

/** Connects the button with a machine. `say` shows and announces a sentence. */
export function connectUndo(
  button: HTMLButtonElement,
  { machine, runner }: Pick<PageMachine, 'machine' | 'runner'>,
  say: (text: string) => void,
): void {
  const bar = button.closest<HTMLElement>('machine-bar') ?? button;
  // The button keeps the focus while the machine returns to a state.
  let isUndoing = false;
  const show = (): void => {
    const change = runner.lastChange.value;
    // Run all would discard the reader's state, so it must not get the focus: the bar itself does.
    keepFocus(
      bar,
      () => {
        button.hidden = !isUndoing && (!change || !canUndo(machine.state));
      },
      '.undo',
    );
    if (change) button.title = `Undo ${nameChange(change)}`;
  };
  runner.prepare().catch(() => {
    // The next request reports it.
  });
  machine.subscribe(show);
  runner.lastChange.subscribe(show);
  onPress(button, () => {
    if (isUndoing) return;
    isUndoing = true;
    runner
      .undo()
      .then(
        (result) => result && say(describeUndo(result)),
        () => {
          // The machine failed, which the bar shows.
        },
      )
      .finally(() => {
        isUndoing = false;
        show();
      });
  });
}
