/** The prompt below a cell that has run: the reader tries a command in the same session. Loaded after the first cell has run. */
import { sessionLabel } from '../../../cells/cell.ts';
import type { StepOutcome } from '../../../cells/run/result.ts';
import { TypedCommand } from '../../../cells/run/typed-command.ts';
import type { CommandView } from '../../../cells/run/typed-command.ts';
import { required } from '../required.ts';
import { StepView } from '../step-view.ts';
import { showTerminal } from '../terminal/open-terminal.ts';
import { sessionOf } from '../terminal/sessions.ts';
import type { SessionRef } from '../terminal/sessions.ts';
import { TypedHistory } from './typed-history.ts';
import './styles.ts';

/** Number of commands whose output stays on the page. */
const MAX_COMMANDS = 20;

/** The sessions in which a typed command is waiting for input; the function hides the note about it. */
const waiting = new Map<string, () => void>();
const keyOf = ({ machine, session }: SessionRef): string => `${machine.name} ${session}`;

/** Adds a prompt to a cell that has none. It is removed when the cell shows its printed output again. */
export function addPrompt(cell: HTMLElement): void {
  if (cell.querySelector('.try')) return;
  const { content } = required<HTMLTemplateElement>(document.body, 'template.cell-prompt');
  const prompt = document.importNode(content, true).firstElementChild as HTMLElement;
  const form = required<HTMLFormElement>(prompt, 'form');
  const input = required<HTMLInputElement>(form, 'input');
  const session = cell.dataset['session'] ?? '';
  input.setAttribute('aria-label', `Try a command in session “${sessionLabel(session)}”`);
  const history = new TypedHistory();
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const isInput = waiting.has(keyOf(sessionOf(cell)));
    // A program may wait for an empty line.
    const command = isInput ? input.value : input.value.trim();
    if (!command && !isInput) return;
    if (command) history.add(command);
    input.value = '';
    run(cell, prompt, command);
  });
  input.addEventListener('keydown', (event) => {
    const found = history.move(event.key, input.value);
    if (found === undefined) return;
    event.preventDefault();
    input.value = found;
  });
  required(cell, 'figure').append(prompt);
  const states = new MutationObserver(() => {
    if (cell.getAttribute('state') !== 'idle') return;
    states.disconnect();
    prompt.remove();
  });
  states.observe(cell, { attributeFilter: ['state'] });
}

function run(cell: HTMLElement, prompt: HTMLElement, command: string): void {
  const log = required<HTMLElement>(prompt, '.tried');
  const { content } = required<HTMLTemplateElement>(prompt, 'template');
  const step = document.importNode(content, true).firstElementChild as HTMLElement;
  required(step, 'code').textContent = command;
  log.append(step);
  while (log.childElementCount > MAX_COMMANDS) log.firstElementChild?.remove();
  const note = required<HTMLElement>(step, '.note');
  const button = (name: string): HTMLButtonElement => required(note, `.${name}`);
  const output = new StepView(step, log.childElementCount);
  /** Shows a sentence, and the buttons that help while the command runs or its program waits. */
  const say = (text: string, hasButtons = false): void => {
    note.hidden = !text;
    required(note, 'span').textContent = text;
    button('interrupt').hidden = button('show').hidden = !hasButtons;
  };
  const { machine, session } = sessionOf(cell);
  const key = keyOf({ machine, session });
  const setWaits = (waits: boolean): void => {
    waiting.get(key)?.();
    waiting.delete(key);
    if (!waits) return;
    say('Type the program’s input below, or end the program.', true);
    waiting.set(key, () => say(''));
  };
  const view: CommandView = {
    begin: () => {
      setWaits(false);
      output.begin();
      say('Running.', true);
    },
    showOutput: (text) => output.append(text),
    showListens: (program) =>
      say(`“${program}” is still running. It reads keys, but does not wait for them.`, true),
    end: (outcome: StepOutcome) => {
      log.ariaBusy = null;
      output.end(outcome);
      say('');
      setWaits(outcome.status === undefined);
    },
    fail: (reason, lines = []) => {
      log.ariaBusy = null;
      output.end({ lines, status: 0, matches: true, truncated: false });
      say(reason);
    },
  };
  const typed = new TypedCommand(session, command, view);
  say('Waiting for the machine.');
  button('interrupt').addEventListener('click', () => {
    if (log.ariaBusy) return typed.interrupt();
    machine.machine
      .writeTerminal(session, '\u0003')
      .catch((reason: unknown) => say(String(reason)));
    setWaits(false);
  });
  button('show').addEventListener('click', () => void showTerminal(sessionOf(cell)));
  log.ariaBusy = 'true';
  void machine.runner.type(typed);
}
