/** Makes the commands of a cell editable in place. Loaded when the reader edits one. */
import { required } from '../required.ts';
import { CommandEditor } from './command-editor.ts';
import { copyText } from './copy-text.ts';
import type { CourseCell } from '../course-cell.ts';
import { linkToEdit, readEdit } from './shared-edit.ts';
import './styles.ts';

/** A cell that is being edited. */
interface Editing {
  editors: CommandEditor[];
  note: HTMLElement;
}
const edited = new WeakMap<HTMLElement, Editing>();

/** Opens editors in place of the commands of a cell, and focuses the first. `commands` replace the printed ones. */
export function editCell(cell: CourseCell, commands?: readonly string[]): void {
  const editing = edited.get(cell) ?? open(cell);
  if (commands) editing.editors.forEach((editor, at) => (editor.text = commands[at] ?? ''));
  editing.editors[0]?.focus();
}

/** Fills the editors from a link to an edited form of this cell. Nothing runs. */
export function openShared(cell: CourseCell, fragment: string): void {
  const found = readEdit(fragment, cell.activity.steps.length);
  cell.scrollIntoView();
  if ('problem' in found) {
    const { note } = edited.get(cell) ?? {};
    required(note ?? cell, note ? '[role="status"]' : '.message').textContent = found.problem;
    return;
  }
  editCell(cell, found.commands);
  const editing = edited.get(cell);
  if (editing) {
    required(editing.note, '.said').textContent =
      'These commands come from the link that you followed. Read them before you press Run.';
  }
}

function open(cell: CourseCell): Editing {
  const { steps } = cell.activity;
  const printed = steps.map(({ command }) => command);
  const { content } = required<HTMLTemplateElement>(document.body, 'template.cell-edit');
  const note = document.importNode(content, true).firstElementChild as HTMLElement;
  const update = (): void => {
    const isEdited = steps.some(({ command }, at) => command !== printed[at]);
    cell.activity.isEdited = isEdited;
    cell.toggleAttribute('edited', isEdited);
    if (isEdited) showFolded(cell);
    // Until the next run, the output and the message on display belong to the earlier commands.
    cell.setAttribute('outdated', '');
    showSaid(note, isEdited);
  };
  const said = required(note, '.said');
  said.id = `${cell.id}-edit-note`;
  const places = [...cell.querySelectorAll<HTMLElement>('.step > .command')].slice(0, steps.length);
  const editors = steps.map((step, at) => {
    const place = places[at];
    if (!place) throw new Error(`The cell "${cell.id}" has no place for command ${at + 1}.`);
    const fold = place.closest('details');
    if (fold) fold.open = true;
    const onChange = (text: string): void => {
      step.command = text;
      update();
    };
    const run = (): void => required<HTMLElement>(cell, '.run').click();
    const { id } = said;
    return new CommandEditor(place, {
      number: at + 1,
      text: step.command,
      note: id,
      onChange,
      run,
    });
  });
  required(note, '.printed-form').addEventListener('click', () => {
    editors.forEach((editor, at) => (editor.text = printed[at] ?? ''));
    for (const editor of editors) editor.close();
    note.remove();
    edited.delete(cell);
    required<HTMLElement>(cell, '.more').focus();
  });
  required(note, '.share').addEventListener('click', () => void share(cell, note));
  required(cell, 'figcaption').after(note);
  const editing = { editors, note };
  edited.set(cell, editing);
  showSaid(note, false);
  return editing;
}

/** Shows outputs that wait for an answer: edited commands have no questions. */
function showFolded(cell: HTMLElement): void {
  for (const form of cell.querySelectorAll('form.ask')) form.remove();
  for (const fold of cell.querySelectorAll<HTMLDetailsElement>('.predict')) {
    fold.hidden = false;
    fold.open = true;
  }
}

function showSaid(note: HTMLElement, isEdited: boolean): void {
  required(note, '.said').textContent = isEdited ? 'Edited.' : 'You can edit the commands.';
  required<HTMLElement>(note, '.share').hidden = !isEdited;
}

async function share(cell: CourseCell, note: HTMLElement): Promise<void> {
  const commands = cell.activity.steps.map(({ command }) => command);
  const link = linkToEdit(cell.id, commands);
  const status = required(note, '[role="status"]');
  if ('problem' in link) status.textContent = link.problem;
  else if (await copyText(new URL(link.fragment, location.href).href))
    status.textContent = 'Copied.';
  else status.textContent = 'The browser did not allow this page to write to the clipboard.';
}
