/** <course-terminal>: terminals on the sessions of the page's machines, in a drawer or in the page. */
import { pageMachines } from '../page-machines.ts';
import '../machine-bar-element.ts';
import { onPress } from '../on-press.ts';
import { required } from '../required.ts';
import { listenToEdge } from './height.ts';
import { Pane } from './pane.ts';
import { isSame, labelOf, nextSession, targetsOfPage } from './sessions.ts';
import type { Target } from './sessions.ts';
import { TabList } from './tab-list.ts';
import { listenToLine } from './typed-line.ts';
import './terminal.css';

interface Tab extends Target {
  panel: HTMLElement;
  /** Made when the tab is first shown: it opens the session, and is measured. */
  pane?: Pane;
  /** Aborted when the tab is removed. */
  end: AbortController;
  /** Whether the reader has added it, and can end its session. */
  isAdded: boolean;
}

/** Wide enough for two terminals of some 60 columns. */
const wide = matchMedia('(min-width: 64rem)');
/** Phones and tablets, whose keyboards do not send single keys. */
const touch = matchMedia('(pointer: coarse)');
/** All sites of one user on GitHub Pages share their storage. */
const SPOKEN = `${import.meta.env.BASE_URL} terminal spoken`;

/** TerminalButton.astro contains its HTML. */
export class CourseTerminal extends HTMLElement {
  readonly #tabs: Tab[] = [];
  #list: TabList | undefined;
  #selected = 0;
  #panels = 0;
  /** What had the focus before the terminal. */
  #before: Element | null = null;
  readonly #sizes = new ResizeObserver(() => this.#reportHeight());

  connectedCallback(): void {
    if (this.#list) return;
    this.#list = new TabList(required(this, '[role="tablist"]'), (at) => this.#select(at));
    for (const target of targetsOfPage()) this.#add(target);
    const on = (selector: string, act: () => void): void => onPress(this.#button(selector), act);
    on('.new', () => this.#addSession());
    on('.end-session', () => this.#endSession());
    on('.beside', () => this.#setBeside(!this.#isBeside));
    on('.spoken', () => this.#setSpoken(!this.#isSpoken));
    on('.close', () => this.close());
    on('.start', () => this.#start());
    listenToEdge(required(this, '[role="separator"]'), this);
    wide.addEventListener('change', () => this.#setBeside(false));
    touch.addEventListener('change', () => this.#showLines());
    pageMachines().subscribe(() => this.#showState());
    this.#setSpoken(readSpoken());
    // A page with cells has a bar for each machine.
    if (document.querySelector('main .machine-bars')) required(this, '.machine').remove();
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
  show(target: Target): void {
    const at = this.#tabs.findIndex((tab) => isSame(tab, target));
    if (at >= 0) this.#selected = at;
    this.#reveal();
  }

  /** Hides the drawer, and gives the focus back. Its sessions go on. */
  close(): void {
    const before = this.#before;
    this.hidden = !this.hasAttribute('in-page');
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    this.#before = null;
  }

  get #isBeside(): boolean {
    return this.hasAttribute('beside');
  }

  get #isSpoken(): boolean {
    return this.#button('.spoken').ariaPressed === 'true';
  }

  #reveal(): void {
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

  #add(target: Target, isAdded = false): void {
    const { content } = required<HTMLTemplateElement>(this, 'template');
    const panel = document.importNode(content, true).firstElementChild as HTMLElement;
    panel.id = `terminal-${++this.#panels}`;
    required(this, '.panels').append(panel);
    const hasSeveral = targetsOfPage().some(({ machine }) => machine !== target.machine);
    const label = labelOf(target, hasSeveral);
    required(panel, '.session').textContent = label;
    this.#list?.add(label, panel);
    this.#tabs.push({ ...target, panel, isAdded, end: new AbortController() });
  }

  #addSession(): void {
    const machine = this.#tabs[this.#selected]?.machine;
    if (!machine) return;
    this.#add({ machine, session: nextSession(this.#tabs, machine) }, true);
    this.#select(this.#tabs.length - 1);
    this.#focus();
  }

  /** Ends the selected session with all its processes, and removes its tab. */
  #endSession(): void {
    const at = this.#selected;
    const [tab] = this.#tabs.splice(at, 1);
    if (!tab) return;
    tab.machine.machine.closeTerminal(tab.session).catch(() => {
      // The machine is off, and so is the session.
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
    this.#list?.mark(at);
    for (const [i, tab] of this.#tabs.entries()) {
      tab.panel.hidden = i !== at && !this.#isBeside;
      if (!tab.panel.hidden && !this.hidden) this.#draw(tab);
    }
    this.#button('.end-session').hidden = !this.#tabs[at]?.isAdded;
    this.#button('.beside').hidden = !wide.matches || this.#tabs.length < 2;
    this.#showState();
    this.#showLines();
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
    pane.setSpoken(this.#isSpoken);
    const form = required<HTMLFormElement>(panel, 'form');
    required(form, 'input').setAttribute('aria-label', `Command for session ${name}`);
    listenToLine(form, (data) => pane.type(data), tab.end);
    panel.addEventListener('focusin', () => {
      this.#selected = this.#tabs.indexOf(tab);
      this.#list?.mark(this.#selected);
    });
  }

  #focus(): void {
    const tab = this.#tabs[this.#selected];
    if (!tab) return;
    if (touch.matches) required<HTMLElement>(tab.panel, 'input').focus();
    else tab.pane?.focus();
  }

  #setBeside(isBeside: boolean): void {
    this.toggleAttribute('beside', isBeside);
    this.#button('.beside').ariaPressed = String(isBeside);
    this.#select(this.#selected);
  }

  #setSpoken(isSpoken: boolean): void {
    this.#button('.spoken').ariaPressed = String(isSpoken);
    for (const { pane } of this.#tabs) pane?.setSpoken(isSpoken);
    keepSpoken(isSpoken);
    this.#showLines();
  }

  /** Shows a line for text to those who need one. */
  #showLines(): void {
    for (const { panel, pane } of this.#tabs) {
      required<HTMLElement>(panel, 'form').hidden = !touch.matches && !this.#isSpoken;
      pane?.setReadOnly(touch.matches);
    }
  }

  #showState(): void {
    const machine = this.#tabs[this.#selected]?.machine;
    required<HTMLElement>(this, '.off').hidden = machine?.isOn !== false;
  }

  /** The page scrolls a focused element to a place above the drawer. */
  #reportHeight(): void {
    const height = this.hasAttribute('in-page') ? 0 : this.offsetHeight;
    document.documentElement.style.setProperty('--terminal', `${height}px`);
  }

  #button(selector: string): HTMLButtonElement {
    return required(this, selector);
  }
}

function readSpoken(): boolean {
  try {
    return localStorage.getItem(SPOKEN) === 'on';
  } catch {
    return false;
  }
}

function keepSpoken(isSpoken: boolean): void {
  try {
    if (isSpoken) localStorage.setItem(SPOKEN, 'on');
    else localStorage.removeItem(SPOKEN);
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
