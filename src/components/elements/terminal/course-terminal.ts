/** <course-terminal>: terminals on the sessions of the page's machines, in a drawer or in the page. */
import { pageMachines } from '../page-machines.ts';
import '../machine-bar-element.ts';
import { addStyles } from '../add-styles.ts';
import '../drawer-styles.ts';
import { onIntent } from '../on-intent.ts';
import { onPress } from '../on-press.ts';
import { announceDrawer, focusAgain, hasRoomBeside, onOtherDrawer } from '../drawers.ts';
import { required } from '../required.ts';
import { makeResizable } from '../resize-handle.ts';
import { TabList } from '../tab-list.ts';
import { Pane } from './pane.ts';
import { isSame, labelOf, sessionOf, sessionsOfPage } from './sessions.ts';
import type { SessionRef } from './sessions.ts';
import { attachLineInput } from './line-input.ts';
import terminalStyles from './terminal.css?inline';

addStyles(terminalStyles);

interface Tab extends SessionRef {
  panel: HTMLElement;
  /** Created when the tab is first shown, because it opens the session and measures its element. */
  pane?: Pane;
  /** Aborted when the tab is removed. */
  end: AbortController;
  /** Whether the reader has added it, and can end its session. */
  isAdded: boolean;
}

/** Maximum number of added sessions. The machine has 16 in all, and cells need some. */
const MAX_ADDED = 8;
/** Wide enough for two terminals of some 60 columns. */
const wide = matchMedia('(min-width: 64rem)');
/** Phones and tablets, whose keyboards do not send single keys. */
const touch = matchMedia('(pointer: coarse)');
/** Storage key of screen reader mode. It contains the base path, because all GitHub Pages sites of a user share one storage. */
const SCREEN_READER_MODE = `${import.meta.env.BASE_URL} terminal screen reader mode`;

/** TerminalTemplate.astro contains its HTML. */
export class CourseTerminal extends HTMLElement {
  readonly #tabs: Tab[] = [];
  #list: TabList | undefined;
  #selected = 0;
  #panels = 0;
  /** Counts the sessions that the reader has added. A name is not used again, since its shell may still be ending. */
  #added = 0;
  /** The element that had the focus before the terminal. */
  #before: Element | null = null;
  readonly #sizes = new ResizeObserver(() => this.#reportHeight());

  connectedCallback(): void {
    if (this.#list) return;
    this.#list = new TabList(required(this, '[role="tablist"]'), (at) => this.#select(at));
    for (const target of sessionsOfPage()) this.#add(target);
    const on = (selector: string, act: () => void): void => onPress(this.#button(selector), act);
    on('.new', () => this.#addSession());
    on('.end-session', () => this.#endSession());
    on('.split', () => this.#setSplit(!this.#isSplit));
    on('.screen-reader', () => this.#setScreenReaderMode(!this.#isScreenReaderMode));
    on('.close', () => this.close());
    on('.start', () => {
      this.#start();
      this.#focus();
    });
    onIntent(this.#button('.start'), () => {
      const machine = this.#tabs[this.#selected]?.machine;
      return machine?.fetchAhead() ?? (() => {});
    });
    makeResizable(required(this, '[role="separator"]'), this);
    wide.addEventListener('change', () => this.#setSplit(false));
    touch.addEventListener('change', () => this.#showLines());
    pageMachines().subscribe(() => this.#showState());
    this.#setScreenReaderMode(readScreenReaderMode());
    // A page with cells has a bar for each machine.
    if (document.querySelector('main .machine-bars')) required(this, '.machine').remove();
    onOtherDrawer(this, () => this.#makeRoom());
    this.#sizes.observe(this);
  }

  /** Whether the keyboard's focus is in it. */
  get hasFocus(): boolean {
    return this.contains(document.activeElement);
  }

  /** Shows it, starts its machine if that is off, and gives it the focus. */
  open(): void {
    this.#reveal();
    if (!this.#tabs[this.#selected]?.machine.isOn) this.#start();
  }

  /** Shows a session of a machine, and gives it the focus. */
  show(target: SessionRef): void {
    this.#selected = this.#tabs.findIndex((tab) => isSame(tab, target));
    this.#reveal();
  }

  /** Shows the host's session on the machine of an element, which starts if it is off, with a command that the reader can send. */
  showTyped(element: HTMLElement, command: string): void {
    const target = sessionOf(element);
    this.show(target);
    if (!target.machine.isOn) this.#start();
    const tab = this.#tabs[this.#selected];
    if (touch.matches && tab) required<HTMLInputElement>(tab.panel, 'input').value = command;
    else tab?.pane?.type(command);
  }

  /** Hides the drawer, and gives the focus back. Its sessions keep running. */
  close(): void {
    this.hidden = !this.hasAttribute('in-page');
    focusAgain(this.#before, 'header .open-terminal');
    this.#before = null;
  }

  /** Hides the drawer if the inspector opens in its place. */
  #makeRoom(): void {
    if (hasRoomBeside.matches || this.hasAttribute('in-page')) return;
    if (this.hasFocus) this.close();
    else this.hidden = true;
  }

  get #isSplit(): boolean {
    return this.hasAttribute('split');
  }

  get #isScreenReaderMode(): boolean {
    return this.#button('.screen-reader').ariaPressed === 'true';
  }

  #reveal(): void {
    announceDrawer(this);
    if (!this.hasFocus) this.#before = document.activeElement;
    this.hidden = false;
    this.#select(this.#selected);
    this.#focus();
  }

  #start(): void {
    const machine = this.#tabs[this.#selected]?.machine;
    // A failure shows in the machine's state. The reader may also decline.
    machine?.start().catch(() => {});
  }

  #add(target: SessionRef, isAdded = false): void {
    const { content } = required<HTMLTemplateElement>(this, 'template');
    const panel = document.importNode(content, true).firstElementChild as HTMLElement;
    panel.id = `terminal-${++this.#panels}`;
    required(this, '.panels').append(panel);
    const hasSeveral = sessionsOfPage().some(({ machine }) => machine !== target.machine);
    const label = labelOf(target, hasSeveral);
    required(panel, '.session').textContent = label;
    this.#list?.add(label, panel);
    this.#tabs.push({ ...target, panel, isAdded, end: new AbortController() });
  }

  #addSession(): void {
    const machine = this.#tabs[this.#selected]?.machine;
    if (!machine) return;
    this.#add({ machine, session: `shell ${++this.#added}` }, true);
    this.#select(this.#tabs.length - 1);
    this.#focus();
  }

  /** Ends the selected session with all its processes, and removes its tab. */
  #endSession(): void {
    const at = this.#selected;
    if (!this.#tabs[at]?.isAdded) return;
    const [tab] = this.#tabs.splice(at, 1);
    if (!tab) return;
    tab.machine.machine.closeTerminal(tab.session).catch(() => {
      // The machine is off, so the session has already ended.
    });
    tab.end.abort();
    tab.pane?.dispose();
    tab.panel.remove();
    this.#list?.remove(at);
    this.#select(Math.max(0, at - 1));
    this.#focus();
  }

  #select(at: number): void {
    this.#selected = at;
    for (const [i, tab] of this.#tabs.entries()) {
      tab.panel.hidden = i !== at && !this.#isSplit;
      if (!tab.panel.hidden && !this.hidden) this.#draw(tab);
    }
    this.#button('.split').hidden = !wide.matches || this.#tabs.length < 2;
    this.#showSelected();
    this.#showLines();
  }

  /** Marks the selected tab, and shows what can be done with its session. */
  #showSelected(): void {
    this.#list?.select(this.#selected);
    this.#button('.end-session').hidden = !this.#tabs[this.#selected]?.isAdded;
    this.#button('.new').hidden = this.#tabs.filter(({ isAdded }) => isAdded).length >= MAX_ADDED;
    this.#showState();
  }

  #draw(tab: Tab): void {
    if (tab.pane) return;
    const { panel, machine, session } = tab;
    const name = required(panel, '.session').textContent;
    const pane = new Pane(required(panel, '.screen'), {
      machine,
      session,
      label: `Terminal, session ${name}`,
      hint: required(this, '.keys').id,
      onProblem: (text) => (required(this, '.problem').textContent = text),
    });
    tab.pane = pane;
    pane.setScreenReaderMode(this.#isScreenReaderMode);
    const form = required<HTMLFormElement>(panel, 'form');
    required(form, 'input').setAttribute('aria-label', `Command for session ${name}`);
    attachLineInput(form, (data) => pane.type(data), tab.end);
    panel.addEventListener('focusin', () => {
      this.#selected = this.#tabs.indexOf(tab);
      this.#showSelected();
    });
  }

  #focus(): void {
    const tab = this.#tabs[this.#selected];
    if (!tab) return;
    if (touch.matches) required<HTMLElement>(tab.panel, 'input').focus();
    else tab.pane?.focus();
  }

  #setSplit(isSplit: boolean): void {
    this.toggleAttribute('split', isSplit);
    this.#button('.split').ariaPressed = String(isSplit);
    this.#select(this.#selected);
  }

  #setScreenReaderMode(isOn: boolean): void {
    this.#button('.screen-reader').ariaPressed = String(isOn);
    for (const { pane } of this.#tabs) pane?.setScreenReaderMode(isOn);
    keepScreenReaderMode(isOn);
    this.#showLines();
  }

  /** Shows the text field on touch screens and in screen reader mode. */
  #showLines(): void {
    for (const { panel, pane } of this.#tabs) {
      required<HTMLElement>(panel, 'form').hidden = !touch.matches && !this.#isScreenReaderMode;
      pane?.setReadOnly(touch.matches);
    }
  }

  #showState(): void {
    const machine = this.#tabs[this.#selected]?.machine;
    required<HTMLElement>(this, '.off').hidden = machine?.isOn !== false;
  }

  /** Sets `--terminal`, from which the page computes its scroll padding. */
  #reportHeight(): void {
    const height = this.hasAttribute('in-page') ? 0 : this.offsetHeight;
    document.documentElement.style.setProperty('--terminal', `${height}px`);
  }

  #button(selector: string): HTMLButtonElement {
    return required(this, selector);
  }
}

function readScreenReaderMode(): boolean {
  try {
    return localStorage.getItem(SCREEN_READER_MODE) === 'on';
  } catch {
    return false;
  }
}

function keepScreenReaderMode(isOn: boolean): void {
  try {
    if (isOn) localStorage.setItem(SCREEN_READER_MODE, 'on');
    else localStorage.removeItem(SCREEN_READER_MODE);
  } catch {
    // Storage is blocked. The choice lasts as long as the page.
  }
}

/** Adds the terminal to the page: to the place that the page has for it, or else as a drawer. */
export function addTerminal(): CourseTerminal {
  const { content } = required<HTMLTemplateElement>(document.body, 'template.terminal');
  const terminal = document.importNode(content, true).firstElementChild as CourseTerminal;
  const place = document.querySelector('.terminal-place');
  if (place) {
    terminal.setAttribute('in-page', '');
    required<HTMLElement>(place, '.terminal-start').hidden = true;
  }
  (place ?? document.body).append(terminal);
  return terminal;
}

if (!customElements.get('course-terminal')) {
  customElements.define('course-terminal', CourseTerminal);
}
