/** One terminal of the page: a session of a machine, drawn by xterm.js. */
import { FitAddon } from '@xterm/addon-fit';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import type { MachineState } from '../../../machine/state.ts';
import type { PageMachine } from '../machines.ts';
import { TerminalKeys } from './keys.ts';
import { lookOf, onThemeChange } from './theme.ts';

/** Lines kept above the screen. */
const SCROLLBACK = 5000;
/** Time without a change, in ms, until the machine gets the new size: programs redraw at each. */
const RESIZE_MS = 100;

function isRunning(state: MachineState['name']): boolean {
  return state === 'ready' || state === 'busy' || state === 'paused';
}

export interface PaneOptions {
  machine: PageMachine;
  session: string;
  /** The name of the terminal for screen readers, and the id of the text about its keys. */
  label: string;
  hint: string;
  /** Called with a sentence when input could not be passed on. */
  onProblem(text: string): void;
}

export class Pane {
  readonly session: string;
  readonly machine: PageMachine;
  readonly #screen: HTMLElement;
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #onProblem: (text: string) => void;
  readonly #end = new AbortController();
  #resizing: ReturnType<typeof setTimeout> | undefined;

  /** `screen` is an empty element that is visible, since the size of a character is measured in it. */
  constructor(screen: HTMLElement, { machine, session, label, hint, onProblem }: PaneOptions) {
    this.#screen = screen;
    this.machine = machine;
    this.session = session;
    this.#onProblem = onProblem;
    const terminal = (this.#terminal = new Terminal({
      ...lookOf(screen),
      // The widths of characters are a proposed interface of xterm.js.
      allowProposedApi: true,
      minimumContrastRatio: 4.5,
      scrollback: SCROLLBACK,
      // A program on the machine must not open pages.
      linkHandler: { activate: () => {} },
    }));
    terminal.loadAddon(this.#fit);
    terminal.loadAddon(new UnicodeGraphemesAddon());
    // The programs of the machine count each character by itself, as wcwidth(3) does.
    terminal.unicode.activeVersion = '15';
    terminal.open(screen);
    terminal.textarea?.setAttribute('aria-label', label);
    terminal.textarea?.setAttribute('aria-describedby', hint);
    this.#listen();
  }

  #listen(): void {
    const terminal = this.#terminal;
    const { machine } = this.machine;
    const { signal } = this.#end;
    const keys = new TerminalKeys();
    terminal.attachCustomKeyEventHandler((event) => {
      const action = keys.actionOf(event, terminal.hasSelection());
      if (action === 'copy') {
        event.preventDefault();
        this.#copy();
      }
      return action === 'type';
    });
    terminal.onData((data) => this.type(data));
    terminal.onResize(() => {
      clearTimeout(this.#resizing);
      this.#resizing = setTimeout(() => this.#sendSize(), RESIZE_MS);
    });
    const unwatch = machine.watchTerminal(this.session, (data) => terminal.write(data));
    signal.addEventListener('abort', unwatch);
    let before: MachineState['name'] = 'idle';
    const unsubscribe = this.machine.subscribe(({ name }) => {
      // What stands there belongs to a machine that has ended.
      if (name === 'fetching' && before !== 'fetching') terminal.reset();
      // A machine that has started does not know the size.
      if (isRunning(name) && !isRunning(before)) this.#sendSize();
      before = name;
    });
    signal.addEventListener('abort', unsubscribe);
    const sizes = new ResizeObserver(() => this.#adapt());
    sizes.observe(this.#screen);
    signal.addEventListener('abort', () => sizes.disconnect());
    onThemeChange(() => this.#adapt(), signal);
  }

  /** Types text into the session. */
  type(data: string): void {
    this.machine.machine.writeTerminal(this.session, data).then(
      () => this.#onProblem(''),
      (reason: unknown) => this.#onProblem(reason instanceof Error ? reason.message : ''),
    );
  }

  focus(): void {
    this.#terminal.focus();
  }

  /** Has screen readers read the output, line by line. */
  setSpoken(isSpoken: boolean): void {
    this.#terminal.options.screenReaderMode = isSpoken;
  }

  /** Keeps a tap from opening the keyboard of a phone; a line of text stands below the terminal instead. */
  setReadOnly(isReadOnly: boolean): void {
    if (this.#terminal.textarea) this.#terminal.textarea.readOnly = isReadOnly;
  }

  dispose(): void {
    clearTimeout(this.#resizing);
    this.#end.abort();
    this.#terminal.dispose();
  }

  /** Copies the selection, and drops it, so that the next Ctrl-C interrupts. */
  #copy(): void {
    // xterm.js fills the clipboard at this event. The newer interface needs a secure context.
    document.execCommand('copy');
    this.#terminal.clearSelection();
  }

  /** Follows the theme, the font size and the size of the element. */
  #adapt(): void {
    // A hidden element has no size.
    if (!this.#screen.clientWidth) return;
    Object.assign(this.#terminal.options, lookOf(this.#screen));
    this.#fit.fit();
  }

  #sendSize(): void {
    const { rows, cols: columns } = this.#terminal;
    this.machine.machine.resizeTerminal(this.session, { rows, columns }).catch(() => {
      // The machine is off. It gets the size when it has started.
    });
  }
}
