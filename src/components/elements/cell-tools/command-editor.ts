/** An editor in place of one command, by CodeMirror. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { shell } from '@codemirror/legacy-modes/mode/shell';
import { EditorView, keymap } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';

export interface CommandEditorOptions {
  /** The number of the command in its cell, counted from 1. */
  number: number;
  text: string;
  /** The id of the text that describes the editor. */
  note: string;
  /** Called with the text at each change. */
  onChange(text: string): void;
  /** Runs the cell. */
  run(): void;
}

export class CommandEditor {
  readonly #printed: HTMLElement;
  readonly #view: EditorView;

  /** `printed` is the printed command, which is hidden until `close`. */
  constructor(printed: HTMLElement, { number, text, note, onChange, run }: CommandEditorOptions) {
    this.#printed = printed;
    const parent = document.createElement('div');
    parent.className = 'command-editor';
    printed.after(parent);
    printed.hidden = true;
    this.#view = new EditorView({
      parent,
      doc: text,
      extensions: [
        history(),
        // The Tab key is not bound, so it leaves the editor.
        keymap.of([
          { key: 'Mod-Enter', run: () => (run(), true) },
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        StreamLanguage.define(shell),
        syntaxHighlighting(classHighlighter),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          'aria-label': `Command ${number}`,
          'aria-describedby': note,
          autocapitalize: 'off',
          autocorrect: 'off',
          spellcheck: 'false',
          translate: 'no',
        }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) onChange(state.doc.toString());
        }),
      ],
    });
  }

  set text(text: string) {
    const { doc } = this.#view.state;
    if (doc.toString() === text) return;
    this.#view.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
  }

  focus(): void {
    this.#view.focus();
  }

  /** Shows the printed command again. */
  close(): void {
    this.#view.dom.parentElement?.remove();
    this.#view.destroy();
    this.#printed.hidden = false;
  }
}
