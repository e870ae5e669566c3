/** The prompt below a cell that has run: the reader tries a command in the same session. Loaded when one has run. */
import { sessionLabel } from '../../cells/cell.ts';
import type { StepOutcome } from '../../cells/run/result.ts';
import { TypedLine } from '../../cells/run/typed-line.ts';
import type { LineView } from '../../cells/run/typed-line.ts';
import { machineOf } from './page-machines.ts';
import { required } from './required.ts';
import { StepView } from './step-view.ts';
import { showTerminal } from './terminal/open-terminal.ts';
import { targetOf } from './terminal/sessions.ts';
import { TypedHistory } from './typed-history.ts';

/** Number of commands whose output stays on the page. */
const KEPT = 20;

/** Adds a prompt to a cell that has none. It goes when the cell is shown as printed again. */
export function addPrompt(cell: HTMLElement): void {
  if (cell.querySelector('.try')) return;
  const { content } = required<HTMLTemplateElement>(document.body, 'template.cell-prompt');
  const prompt = document.importNode(content, true).firstElementChild as HTMLElement;
  const form = required<HTMLFormElement>(prompt, 'form');
  const input = required<HTMLInputElement>(form, 'input');
  const session = cell.dataset['session'] ?? '';
  input.setAttribute('aria-label', `Try a command ${sessionLabel(session)}`);
  const history = new TypedHistory();
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const command = input.value.trim();
    if (!command) return;
    history.add(command);
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
  while (log.childElementCount > KEPT) log.firstElementChild?.remove();
  const message = required<HTMLElement>(step, '.note');
  const interrupt = required<HTMLButtonElement>(step, '.interrupt');
  const show = required<HTMLButtonElement>(step, '.show');
  const output = new StepView(step, log.childElementCount);
  /** Shows a sentence, and the buttons that help. */
  const say = (text: string, isRunning = false): void => {
    message.hidden = !text;
    required(message, 'span').textContent = text;
    interrupt.hidden = show.hidden = !isRunning;
  };
  const view: LineView = {
    begin: () => {
      output.begin();
      say('Running.', true);
    },
    showOutput: (text) => output.append(text),
    showListens: (program) =>
      say(`“${program}” is still running. It reads keys, but does not wait for them.`, true),
    end: (outcome: StepOutcome) => {
      say('');
      output.end(outcome);
    },
    fail: (reason) => say(reason),
  };
  const line = new TypedLine(cell.dataset['session'] ?? '', command, view);
  say('Waiting for the machine.');
  interrupt.addEventListener('click', () => line.interrupt());
  show.addEventListener('click', () => void showTerminal(targetOf(cell)));
  log.ariaBusy = 'true';
  void machineOf(cell)
    .runner.type(line)
    .then(() => (log.ariaBusy = null));
}
