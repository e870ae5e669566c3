/** <course-inspector>: a live drawing of the kernel's objects on a machine of the page, in a drawer. */
import { html, render } from 'lit-html';
import type { InspectorPlace } from '../../../cells/cell.ts';
import { namespaceKinds } from '../../../machine/agent/processes.ts';
import type { NamespaceKind } from '../../../machine/agent/processes.ts';
import type { ActivityElement, PageMachine } from '../machines.ts';
import { announceDrawer, focusAgain, hasRoomBeside, onOtherDrawer } from '../drawers.ts';
import { keepFocus } from '../keep-focus.ts';
import { pageMachines } from '../page-machines.ts';
import { required } from '../required.ts';
import { makeResizable } from '../resize-handle.ts';
import { TabList } from '../tab-list.ts';
import { sessionsOfPage } from '../terminal/sessions.ts';
import { Announcer } from './announcer.ts';
import { Follow } from './follow.ts';
import { drawControls, drawTools } from './frame.ts';
import type { Actions, FrameState } from './frame.ts';
import { chooseProcess } from './model/choose-process.ts';
import './styles.ts';
import { Watch } from './watch.ts';
import { groupsView } from './views/groups.ts';
import { mountsView } from './views/mounts.ts';
import { networkView } from './views/network.ts';
import { processesView } from './views/processes.ts';
import type { Scene, View } from './views/scene.ts';

const views: readonly View[] = [processesView, groupsView, mountsView, networkView];

const skeleton = html`<div
    class="edge"
    role="separator"
    aria-label="Size of the inspector as a percentage of the window"
    tabindex="0"
  ></div>
  <div class="controls">
    <div class="tabs" role="tablist" aria-label="Views"></div>
    <div class="buttons"></div>
  </div>
  <div class="tools"></div>
  <div class="panels">
    ${views.map(({ id }) => html`<section id=${`inspector-${id}`} tabindex="0" hidden></section>`)}
  </div>
  <p class="sr-only" role="status"></p>`;

export class CourseInspector extends HTMLElement {
  #list: TabList | undefined;
  #view: View = processesView;
  #isTable = false;
  #kinds: readonly NamespaceKind[] = namespaceKinds;
  /** The process that the reader has chosen, or the name of one to which a cell points. */
  #process: number | string | undefined;
  #group: string | undefined;
  /** Whether that group has not come into view yet. */
  #isGroupAwaited = false;
  #watch: Watch | undefined;
  #follow: Follow | undefined;
  #announcer: Announcer | undefined;
  #before: Element | null = null;
  #isRequested = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #sizes = new ResizeObserver(() => this.#reportSize());

  connectedCallback(): void {
    if (this.#list) return;
    this.role = 'region';
    this.ariaLabel = 'Inspector';
    this.classList.add('not-content');
    render(skeleton, this);
    this.#list = new TabList(required(this, '.tabs'), (at) => this.#select(views[at]));
    for (const { id, label } of views) this.#list.add(label, required(this, `#inspector-${id}`));
    this.#follow = new Follow(this, () => this.#requestDrawing());
    this.#announcer = new Announcer(
      (text) => (required(this, '[role="status"]').textContent = text),
    );
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.target instanceof HTMLSelectElement) return;
      if (this.#follow?.pinned) this.#follow.pin(undefined);
      else this.close();
    });
    makeResizable(required(this, '.edge'), this, () => hasRoomBeside.matches);
    onOtherDrawer(this, () => this.#makeRoom());
    hasRoomBeside.addEventListener('change', () => {
      this.#reportSize();
      this.#shareSpace();
    });
    pageMachines().subscribe(() => this.#requestDrawing());
    this.#sizes.observe(this);
  }

  get hasFocus(): boolean {
    return this.contains(document.activeElement);
  }

  /** Shows it and gives it the focus. */
  open(machine = this.#watch?.machine ?? machinesOfPage()[0], place?: InspectorPlace): void {
    announceDrawer(this);
    if (!this.hasFocus) this.#before = document.activeElement;
    this.#setHidden(false);
    if (machine) this.#watchMachine(machine);
    if (place) this.#show(place);
    this.#select(this.#view);
    this.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
  }

  /** Hides it and gives the focus back. It observes nothing until it is opened again. */
  close(): void {
    this.#hide();
    focusAgain(this.#before, 'header .open-inspector');
    this.#before = null;
  }

  #hide(): void {
    this.#setHidden(true);
    this.#watch?.observe(undefined);
    this.#announcer?.beginAnew();
  }

  #setHidden(isHidden: boolean): void {
    this.hidden = isHidden;
    // The styles of the page depend on it. With :has(), each change of the drawing would have them computed again.
    document.documentElement.toggleAttribute('data-inspector', !isHidden);
  }

  /** Hides it if another drawer opens in its place. */
  #makeRoom(): void {
    if (hasRoomBeside.matches || this.hidden) return;
    if (this.hasFocus) this.close();
    else this.#hide();
  }

  /** In a window that has become small, one of two open drawers stays: the one with the focus. */
  #shareSpace(): void {
    if (hasRoomBeside.matches || this.hidden) return;
    if (this.hasFocus) announceDrawer(this);
    else if (document.querySelector('course-terminal:not([hidden], [in-page])')) this.#hide();
  }

  #watchMachine(machine: PageMachine): void {
    if (this.#watch?.machine === machine) return;
    this.#watch?.end();
    // A running cell of the other machine may draw before its watch is here.
    this.#watch = undefined;
    this.#follow?.pin(undefined);
    this.#process = undefined;
    this.#announcer?.beginAnew();
    this.#watch = new Watch(machine, {
      onChange: ({ pids }) => {
        this.#announcer?.note(pids);
        this.#requestDrawing();
      },
      onCell: (id) => this.#noteCell(id),
    });
    this.#observe();
  }

  /** A cell has begun to run. If it points to something, shows that, unless the reader is busy in the drawing. */
  #noteCell(id: string): void {
    const cell = document.getElementById(id) as Partial<ActivityElement> | null;
    const place = cell?.activity?.show;
    if (!place || this.hidden || this.hasFocus) return;
    this.#show(place);
    this.#select(this.#view);
  }

  #show({ view, target }: InspectorPlace): void {
    this.#view = views.find(({ id }) => id === view) ?? this.#view;
    this.#kinds = namespaceKinds;
    if (view === 'processes' && target) this.#kinds = target.split(',') as NamespaceKind[];
    if (view === 'mounts') this.#process = target;
    this.#group = view === 'groups' ? target : undefined;
    this.#isGroupAwaited = this.#group !== undefined;
  }

  #select(view: View | undefined): void {
    if (!view) return;
    this.#view = view;
    for (const { id } of views) {
      required<HTMLElement>(this, `#inspector-${id}`).hidden = id !== view.id;
    }
    this.#list?.select(views.indexOf(view));
    this.#observe();
    this.#draw();
  }

  get #mountsOf(): number {
    return this.#watch ? chooseProcess(this.#watch.model.processes.all, this.#process) : 1;
  }

  #observe(): void {
    if (!this.hidden) this.#watch?.observe(this.#view.parts(this.#mountsOf));
  }

  /** Draws at most once a frame. */
  #requestDrawing(): void {
    if (this.#isRequested) return;
    this.#isRequested = true;
    requestAnimationFrame(() => {
      this.#isRequested = false;
      this.#draw();
    });
  }

  #draw(): void {
    const watch = this.#watch;
    if (!watch || this.hidden) return;
    this.#observe();
    if (watch.expire()) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#requestDrawing(), 500);
    }
    const state = this.#stateOf(watch);
    keepFocus(this, () => this.#render(state), '[role="tabpanel"]:not([hidden])');
  }

  #render(state: FrameState): void {
    const { scene, view, isTable } = state;
    render(drawControls(state), required<HTMLElement>(this, '.buttons'));
    render(drawTools(state), required<HTMLElement>(this, '.tools'));
    const drawing = scene && (isTable ? view.table(scene) : view.draw(scene));
    const empty = html`<p class="missing">
      The inspector shows the kernel’s objects as they change. Run a cell, or start the machine.
    </p>`;
    render(drawing ?? empty, required<HTMLElement>(this, `#inspector-${view.id}`));
    const target = this.#isGroupAwaited ? this.querySelector('[data-target]') : null;
    if (target) {
      target.scrollIntoView({ block: 'nearest' });
      this.#isGroupAwaited = false;
    }
    this.toggleAttribute('following', scene?.followed !== undefined);
    for (const toolbar of this.querySelectorAll('[role="toolbar"]')) {
      const chips = [...toolbar.querySelectorAll<HTMLElement>('.chip')];
      const stop = chips.find((each) => each === document.activeElement) ?? chips[0];
      for (const each of chips) each.tabIndex = each === stop ? 0 : -1;
    }
  }

  #stateOf({ machine, model }: Watch): FrameState {
    const { report } = model;
    const followed = model.find(this.#follow?.followed);
    const scene: Scene | undefined = report && {
      model,
      report,
      kinds: this.#kinds,
      followed,
      sharers: followed ? model.sharers(followed) : new Set(),
      pinned: model.find(this.#follow?.pinned),
      mountsOf: this.#mountsOf,
      group: this.#group,
    };
    const { view, actions } = { view: this.#view, actions: this.#actions };
    return { machine, machines: machinesOfPage(), isTable: this.#isTable, view, scene, actions };
  }

  readonly #actions: Actions = {
    close: () => this.close(),
    // A failure shows in the machine's state. The reader may also decline.
    start: () => void this.#watch?.machine.start().catch(() => {}),
    setTable: (isTable) => this.#set(() => (this.#isTable = isTable)),
    watch: (machine) => this.#set(() => this.#watchMachine(machine)),
    groupBy: (kinds) => this.#set(() => (this.#kinds = kinds)),
    showMountsOf: (pid) => this.#set(() => (this.#process = pid)),
    unpin: () => this.#follow?.pin(undefined),
  };

  #set(change: () => void): void {
    change();
    this.#draw();
  }

  /** Sets `--inspector`, the height that the page leaves free, and the value of the edge. */
  #reportSize(): void {
    const isBeside = hasRoomBeside.matches;
    const height = isBeside ? 0 : this.offsetHeight;
    document.documentElement.style.setProperty('--inspector', `${height}px`);
    if (this.hidden) return;
    const part = isBeside ? this.offsetWidth / innerWidth : height / innerHeight;
    const edge = required<HTMLElement>(this, '.edge');
    edge.ariaValueNow = String(Math.round(part * 100));
    edge.ariaOrientation = isBeside ? 'vertical' : 'horizontal';
  }
}

function machinesOfPage(): PageMachine[] {
  return [...new Set(sessionsOfPage().map(({ machine }) => machine))];
}

/** Adds the inspector to the page, hidden. */
export function addInspector(): CourseInspector {
  const inspector = new CourseInspector();
  inspector.hidden = true;
  document.body.append(inspector);
  return inspector;
}

if (!customElements.get('course-inspector')) {
  customElements.define('course-inspector', CourseInspector);
}
