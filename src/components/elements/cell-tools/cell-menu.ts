/** The menu of a cell: edit, and copy. Loaded when it is opened. */
import { machineOf } from '../page-machines.ts';
import { required } from '../required.ts';
import { copyText } from './copy-text.ts';
import type { CourseCell } from '../course-cell.ts';
import './styles.ts';

/** Opens the menu of a cell below its button. */
export function openMenu(cell: CourseCell, button: HTMLElement): void {
  const opened = cell.querySelector<HTMLElement>('.cell-menu-box');
  if (opened) return opened.hidePopover();
  const { content } = required<HTMLTemplateElement>(document.body, 'template.cell-menu');
  const menu = document.importNode(content, true).firstElementChild as HTMLElement;
  const on = (selector: string, act: () => void): void =>
    required(menu, selector).addEventListener('click', act);
  const copy = async (text: string): Promise<void> => {
    const isCopied = await copyText(text);
    required(menu, '[role="status"]').textContent = isCopied
      ? 'Copied.'
      : 'The browser did not allow this page to write to the clipboard.';
  };
  on('.edit', () => {
    menu.hidePopover();
    import('./edit-cell.ts').then(
      ({ editCell }) => editCell(cell),
      () => {
        required(cell, '.message').textContent = 'The editor could not be loaded. Reload the page.';
      },
    );
  });
  on('.run-section', () => {
    menu.hidePopover();
    const { runner } = machineOf(cell);
    void runner.runAll(lastOfSection(cell)?.id);
  });
  on('.copy-commands', () => void copy(commandsOf(cell)));
  on('.copy-all', () => void copy(transcriptOf(cell)));
  on('.copy-link', () => void copy(new URL(`#${cell.id}`, location.href).href));
  menu.addEventListener('toggle', ({ newState }) => {
    button.ariaExpanded = String(newState === 'open');
    if (newState === 'closed') menu.remove();
  });
  button.after(menu);
  const { bottom, right } = button.getBoundingClientRect();
  menu.style.insetBlockStart = `${bottom + scrollY}px`;
  menu.style.insetInlineEnd = `${document.documentElement.clientWidth - right}px`;
  // A click on the button then closes the menu, instead of opening it again.
  menu.showPopover({ source: button });
  required<HTMLElement>(menu, 'button').focus();
}

/** The last cell before the next h2, on the same machine. */
function lastOfSection(cell: CourseCell): HTMLElement | undefined {
  const all = [
    ...document.querySelectorAll<HTMLElement>('.sl-markdown-content :is(h1, h2), course-cell'),
  ];
  const rest = all.slice(all.indexOf(cell));
  const end = rest.findIndex(({ localName }) => localName !== 'course-cell');
  const section = end < 0 ? rest : rest.slice(0, end);
  return section.findLast((each) => machineOf(each) === machineOf(cell));
}

function commandsOf({ activity }: CourseCell): string {
  // Without a newline at the end, a shell does not run the last command when it is pasted.
  return activity.steps.map(({ command }) => command).join('\n');
}

/** The commands as typed at prompts, each with the output that the page shows. */
function transcriptOf(cell: CourseCell): string {
  const outputs = [...cell.querySelectorAll<HTMLElement>('.step .output')];
  return cell.activity.steps
    .map(({ command }, at) => {
      const output = outputs[at];
      const isShown = output?.checkVisibility() ?? false;
      const shown = isShown ? (output?.textContent ?? '') : '';
      return `$ ${command.replaceAll('\n', '\n> ')}\n${shown && `${shown.trimEnd()}\n`}`;
    })
    .join('');
}
