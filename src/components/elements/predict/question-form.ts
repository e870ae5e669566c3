/** The form of a question: choices or a line of text, and a way to see the output without an answer. */
import { MAX_ANSWER } from '../../../cells/cell.ts';
import { required } from '../required.ts';

const GIVE = 'button.give';
/** The button that skips the question. */
export const PASS = 'button.pass';

let made = 0;

/** Makes the form from the question that a fold shows. `sayPurpose` gives it its words. */
export function makeForm(fold: HTMLElement): HTMLFormElement {
  const form = document.createElement('form');
  form.className = 'ask';
  const group = document.createElement('fieldset');
  const legend = document.createElement('legend');
  legend.append(...copies(fold.querySelector('.question')));
  const note = document.createElement('p');
  note.className = 'purpose';
  note.id = `question-${++made}`;
  const choices = [...fold.querySelectorAll('.choice')];
  group.append(legend, ...(choices.length ? choices.map(makeChoice) : [makeField()]));
  group.querySelector('input')?.setAttribute('aria-describedby', note.id);
  const buttons = document.createElement('p');
  buttons.append(makeButton('submit', 'give'), makeButton('button', 'pass'));
  form.append(group, note, buttons);
  return form;
}

/** Says in a form what its buttons do. `isBeforeRun`: the reader has pressed Run, and the cell has not run since. */
export function sayPurpose(form: HTMLFormElement, isBeforeRun: boolean): void {
  required(form, '.purpose').textContent = isBeforeRun
    ? 'The cell has not run yet. Answer, or run it without an answer.'
    : 'Answer, then see the output.';
  required(form, GIVE).textContent = isBeforeRun ? 'Answer and run' : 'Answer';
  required(form, PASS).textContent = isBeforeRun
    ? 'Run without answering'
    : 'Show without answering';
}

function makeChoice(choice: Element): HTMLLabelElement {
  const label = document.createElement('label');
  const input = document.createElement('input');
  input.type = 'radio';
  input.name = 'answer';
  input.required = true;
  input.value = choice.textContent ?? '';
  const text = document.createElement('span');
  text.append(...copies(choice));
  label.append(input, text);
  return label;
}

function makeField(): HTMLInputElement {
  const input = document.createElement('input');
  input.type = 'text';
  input.name = 'answer';
  input.required = true;
  input.maxLength = MAX_ANSWER;
  input.autocomplete = 'off';
  input.autocapitalize = 'off';
  input.spellcheck = false;
  input.ariaLabel = 'Your answer';
  return input;
}

function makeButton(type: 'submit' | 'button', className: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = type;
  button.className = className;
  return button;
}

/** The content of an element, to stand in another place. */
function copies(from: Element | null): Node[] {
  return [...(from?.childNodes ?? [])].map((node) => node.cloneNode(true));
}
