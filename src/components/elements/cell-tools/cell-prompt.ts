/** The prompt below a cell that has run: the reader tries a command in the same session. Loaded after the first cell has run. */
import { sessionLabel } from '../../../cells/cell.ts';
import type { StepOutcome } from '../../../cells/run/result.ts';
import { TypedCommand } from '../../../cells/run/typed-command.ts';
import type { CommandView } from '../../../cells/run/typed-command.ts';
import { required } from '../required.ts';
import { StepView } from '../step-view.ts';
import { showTerminal } from '../terminal/open-terminal.ts';
import { sessionOf } from '../terminal/sessions.ts';
import { TypedHistory } from './typed-history.ts';

/** Number of commands whose output stays on the page. */
const MAX_COMMANDS = 20;

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
    const isInput = prompt.hasAttribute('waits');
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
  const say = (text: string, shown: readonly string[] = []): void => {
    note.hidden = !text;
    required(note, 'span').textContent = text;
    for (const name of ['interrupt', 'end-input', 'show']) {
      button(name).hidden = !shown.includes(name);
    }
  };
  const setWaits = (waits: boolean): void => {
    prompt.toggleAttribute('waits', waits);
    if (waits) say('Type its input below, or end it.', ['interrupt', 'end-input', 'show']);
    else say('');
  };
  const { machine, session } = sessionOf(cell);
  const press = (key: string): void => {
    setWaits(false);
    machine.machine.writeTerminal(session, key).catch((reason: unknown) => say(String(reason)));
  };
  const view: CommandView = {
    begin: () => {
      output.begin();
      say('Running.', ['interrupt', 'show']);
    },
    showOutput: (text) => output.append(text),
    showListens: (program) =>
      say(`“${program}” is still running. It reads keys, but does not wait for them.`, [
        'interrupt',
        'show',
      ]),
    end: (outcome: StepOutcome) => {
      log.ariaBusy = null;
      output.end(outcome);
      setWaits(outcome.status === undefined);
    },
    fail: (reason, lines = []) => {
      log.ariaBusy = null;
      output.end({ lines, status: 0, matches: true, truncated: false });
      setWaits(false);
      say(reason);
    },
  };
  const typed = new TypedCommand(session, command, view);
  say('Waiting for the machine.');
  button('interrupt').addEventListener('click', () => {
    if (prompt.hasAttribute('waits')) press('\u0003');
    else typed.interrupt();
  });
  button('end-input').addEventListener('click', () => press('\u0004'));
  button('show').addEventListener('click', () => void showTerminal(sessionOf(cell)));
  log.ariaBusy = 'true';
  void machine.runner.type(typed);
}
