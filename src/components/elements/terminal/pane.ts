/** One terminal of the page: a session of a machine, drawn by xterm.js. */
import { FitAddon } from '@xterm/addon-fit';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { Terminal } from '@xterm/xterm';
import xtermStyles from '@xterm/xterm/css/xterm.css?inline';
import type { MachineState } from '../../../machine/state.ts';
import type { PageMachine } from '../machines.ts';
import { addStyles } from '../add-styles.ts';
import { refuseFloods } from './floods.ts';
import { TerminalKeys } from './keys.ts';
import { scrollByTouch } from './touch.ts';
import { terminalOptions, onThemeChange } from './theme.ts';

addStyles(xtermStyles);

/** Lines kept above the screen. */
const SCROLLBACK = 5000;
/** The pane sends a new size once the size has not changed for this time, in ms. Programs redraw at each change. */
const RESIZE_MS = 100;
/** Maximum number of characters that are kept while the machine starts. */
const MAX_EARLY = 4096;

function isRunning(state: MachineState): boolean {
  if (state.name === 'paused') return isRunning(state.next);
  return state.name === 'ready' || state.name === 'busy';
}

export interface PaneOptions {
  machine: PageMachine;
  session: string;
  /** The name of the terminal for screen readers, and the id of the text about its keys. */
  label: string;
  hint: string;
  /** Called with a sentence when input could not be sent, and with an empty string when it was. */
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
  /** Text typed while the machine starts. */
  #early = '';
  #resizing: ReturnType<typeof setTimeout> | undefined;

  /** `screen` is an empty element that is visible, since the size of a character is measured in it. */
  constructor(screen: HTMLElement, { machine, session, label, hint, onProblem }: PaneOptions) {
    this.#screen = screen;
    this.machine = machine;
    this.session = session;
    this.#onProblem = onProblem;
    const terminal = (this.#terminal = new Terminal({
      ...terminalOptions(screen),
      // xterm.js marks its Unicode API as proposed.
      allowProposedApi: true,
      minimumContrastRatio: 4.5,
      scrollback: SCROLLBACK,
      // A program on the machine must not open pages.
      linkHandler: { activate: () => {} },
      // Binary output would fill the browser's console with errors.
      logLevel: 'off',
    }));
    terminal.loadAddon(this.#fit);
    terminal.loadAddon(new UnicodeGraphemesAddon());
    // Version 15 without grapheme clusters: programs on the machine add up the widths that wcwidth(3) returns for each character.
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
    refuseFloods(terminal);
    scrollByTouch(terminal, this.#screen, signal);
    // The first output may be a replay of earlier output. Programs no longer wait for the answers to the requests in it.
    let isFirst = true;
    let isReplay = false;
    terminal.onData((data) => {
      if (!isReplay) this.type(data);
    });
    terminal.onResize(() => {
      clearTimeout(this.#resizing);
      this.#resizing = setTimeout(() => this.#sendSize(), RESIZE_MS);
    });
    const unwatch = machine.watchTerminal(this.session, (data) => {
      isReplay ||= isFirst;
      isFirst = false;
      terminal.write(data, () => (isReplay = false));
    });
    signal.addEventListener('abort', unwatch);
    let before: MachineState = { name: 'idle' };
    const unsubscribe = this.machine.subscribe((state) => {
      // The text on the screen comes from a machine that has ended.
      if (state.name === 'fetching' && before.name !== 'fetching') terminal.reset();
      if (state.name === 'failed' || state.name === 'idle') this.#early = '';
      // A machine that has started does not know the size.
      if (isRunning(state) && !isRunning(before)) {
        this.#sendSize();
        this.#sendEarly();
      }
      before = state;
    });
    signal.addEventListener('abort', unsubscribe);
    const sizes = new ResizeObserver(() => this.#adapt());
    sizes.observe(this.#screen);
    signal.addEventListener('abort', () => sizes.disconnect());
    onThemeChange(() => this.#adapt(), signal);
  }

  /**
   * Types text into the session. A new size of the element goes ahead of it, so that the program runs with the
   * size that the reader sees. Text typed while the machine starts is kept, and sent once the machine runs.
   */
  type(data: string): void {
    const { isOn, state } = this.machine;
    if (isOn && !isRunning(state)) {
      this.#early = (this.#early + data).slice(0, MAX_EARLY);
      return;
    }
    // The observer of the element's size reports only with the next frame.
    if (this.#screen.clientWidth) this.#fit.fit();
    if (this.#resizing) this.#sendSize();
    this.machine.machine.writeTerminal(this.session, data).then(
      () => this.#onProblem(''),
      (reason: unknown) => this.#onProblem(reason instanceof Error ? reason.message : ''),
    );
  }

  focus(): void {
    this.#terminal.focus();
  }

  /** Switches xterm.js's screen reader mode on or off. */
  setScreenReaderMode(isOn: boolean): void {
    this.#terminal.options.screenReaderMode = isOn;
  }

  /** Prevents a tap from opening the on-screen keyboard. The reader types in the text field below the terminal. */
  setReadOnly(isReadOnly: boolean): void {
    if (this.#terminal.textarea) this.#terminal.textarea.readOnly = isReadOnly;
  }

  dispose(): void {
    clearTimeout(this.#resizing);
    this.#end.abort();
    this.#terminal.dispose();
  }

  /** Copies the selection, and clears it, so that the next Ctrl-C interrupts. */
  #copy(): void {
    // This fires a `copy` event, in which xterm.js fills the clipboard. The Clipboard API needs a secure context.
    document.execCommand('copy');
    this.#terminal.clearSelection();
  }

  /** Follows the theme, the font size and the size of the element. */
  #adapt(): void {
    // A hidden element has no size.
    if (!this.#screen.clientWidth) return;
    Object.assign(this.#terminal.options, terminalOptions(this.#screen));
    this.#fit.fit();
  }

  #sendEarly(): void {
    const early = this.#early;
    this.#early = '';
    if (early) this.type(early);
    else this.#onProblem('');
  }

  #sendSize(): void {
    clearTimeout(this.#resizing);
    this.#resizing = undefined;
    const { rows, cols: columns } = this.#terminal;
    this.machine.machine.resizeTerminal(this.session, { rows, columns }).catch(() => {
      // The machine is off. It gets the size when it has started.
    });
  }
}
