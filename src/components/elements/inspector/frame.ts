/** The HTML around the views. */
import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { counted } from '../../../counted.ts';
import { namespaceKinds } from '../../../machine/agent/processes.ts';
import type { NamespaceKind } from '../../../machine/agent/processes.ts';
import type { PageMachine } from '../machines.ts';
import type { MachineState } from '../../../machine/state.ts';
import { explain } from '../../../machine/errors.ts';
import { isPresent } from './model/tracker.ts';
import type { Scene, View } from './views/scene.ts';

/** The reader's actions in the inspector. */
export interface Actions {
  close(): void;
  start(): void;
  setTable(isTable: boolean): void;
  watch(machine: PageMachine): void;
  groupBy(kinds: readonly NamespaceKind[]): void;
  /** Shows the mounts of the process with this PID. */
  showMountsOf(pid: number): void;
  unpin(): void;
}

export interface FrameState {
  machine: PageMachine;
  machines: readonly PageMachine[];
  isTable: boolean;
  view: View;
  /** Undefined before the first report. */
  scene: Scene | undefined;
  actions: Actions;
}

/** The controls at the top. The tabs are added by script, so the drawing leaves their list as it is. */
export function drawControls({ machine, machines, isTable, actions }: FrameState): TemplateResult {
  return html`${
      machines.length > 1
        ? html`<label>
            Machine
            <select
              @change=${({ target }: Event) => {
                const chosen = machines[(target as HTMLSelectElement).selectedIndex];
                if (chosen) actions.watch(chosen);
              }}
            >
              ${machines.map(
                (each) => html`<option .selected=${each === machine}>${each.name}</option>`,
              )}
            </select>
          </label>`
        : nothing
    }
    <button
      type="button"
      class="as-table"
      aria-pressed=${isTable}
      @click=${() => actions.setTable(!isTable)}
    >
      Table
    </button>
    <button type="button" class="close" @click=${() => actions.close()}>Close</button>`;
}

/** What is chosen in the view, and what is followed. */
export function drawTools(state: FrameState): TemplateResult {
  const { machine, scene, actions, view } = state;
  const { isOn } = machine;
  if (!scene) {
    return html`<p class="off">
      ${describeWait(machine.state)}
      ${
        isOn
          ? nothing
          : html`<button type="button" class="start" @click=${() => actions.start()}>
              Start it
            </button>`
      }
    </p>`;
  }
  const isStopped = machine.state.name === 'stopped';
  return html`${isStopped ? html`<p>${describeWait(machine.state)} This is its last report.</p>` : nothing}
  ${isCut(view, scene) ? html`<p>This view is incomplete, because the machine has more objects than it reports.</p>` : nothing}
  ${view.id === 'processes' ? drawKinds(scene, actions) : nothing}
  ${view.id === 'mounts' ? drawProcessChoice(scene, actions) : nothing}
  ${drawFollowed(scene, actions)}`;
}

/** Whether the report leaves out some of what the view shows. */
function isCut({ id }: View, { report }: Scene): boolean {
  switch (id) {
    case 'processes':
      return report.cut;
    case 'groups':
      return report.groupsCut ?? false;
    case 'mounts':
      return report.mounts?.cut ?? false;
    case 'network':
      return report.networksCut ?? false;
  }
}

/** Says why there is nothing to draw. */
function describeWait(state: MachineState): string {
  switch (state.name) {
    case 'idle':
      return 'The machine is off.';
    case 'fetching':
    case 'restoring':
      return 'The machine is starting.';
    case 'stopped':
      return explain('GuestStopped');
    case 'failed':
      return explain(state.failure);
    case 'paused':
      return 'The machine is paused.';
    case 'ready':
    case 'busy':
      return 'Waiting for the first report.';
  }
}

function drawKinds({ kinds }: Scene, actions: Actions): TemplateResult {
  const chosen = kinds.join();
  const all = namespaceKinds.join();
  const choices = [...new Set([all, ...namespaceKinds, chosen])];
  const label = (value: string): string =>
    value === all ? 'all eight kinds' : `${value.replaceAll(',', ', ')} only`;
  return html`<label>
    Group by
    <select
      @change=${({ target }: Event) =>
        actions.groupBy((target as HTMLSelectElement).value.split(',') as NamespaceKind[])}
    >
      ${repeat(
        choices,
        (value) => value,
        (value) =>
          html`<option value=${value} .selected=${value === chosen}>${label(value)}</option>`,
      )}
    </select>
  </label>`;
}

function drawProcessChoice({ model, mountsOf }: Scene, actions: Actions): TemplateResult {
  const processes = model.processes.all.filter(isPresent);
  return html`<label>
    Process
    <select
      @change=${({ target }: Event) =>
        actions.showMountsOf(Number((target as HTMLSelectElement).value))}
    >
      ${repeat(
        processes,
        ({ key }) => key,
        ({ item: { pid, name } }) =>
          html`<option value=${pid} .selected=${pid === mountsOf}>${pid} ${name}</option>`,
      )}
    </select>
  </label>`;
}

function drawFollowed(
  { model, followed, sharers, pinned }: Scene,
  actions: Actions,
): TemplateResult {
  if (!followed) {
    return html`<p class="followed">
      Point at a namespace, or select it, to see the processes in it.
    </p>`;
  }
  const { kind, number } = followed;
  return html`<p class="followed">
    Following <strong>${model.names.fullName(followed)}</strong>, <code>${kind}:[${number}]</code>:
    ${counted(sharers.size, 'process', 'processes')}.
    ${
      pinned
        ? html`<button type="button" class="unpin" @click=${() => actions.unpin()}>
            Stop following
          </button>`
        : nothing
    }
  </p>`;
}
