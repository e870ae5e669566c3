/** The view of the processes: a box for each set of namespaces, in the box of the parent's namespaces. */
import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { counted } from '../../../../counted.ts';
import { namespaceKinds } from '../../../../machine/agent/processes.ts';
import type { ProcessInfo } from '../../../../machine/agent/processes.ts';
import type { TreeNode } from '../model/forest.ts';
import { eachNode } from '../model/forest.ts';
import { groupProcesses } from '../model/process-groups.ts';
import type { ProcessGroup } from '../model/process-groups.ts';
import type { Tracked } from '../model/tracker.ts';
import {
  chip,
  innerPids,
  originOf,
  originText,
  stepsText,
  row,
  sharesText,
  tableOf,
} from './parts.ts';
import type { Scene, View } from './scene.ts';

/** Words for the states of proc(5) that a reader should notice. */
const stateWords: Record<string, string> = {
  Z: 'zombie',
  T: 'stopped',
  D: 'uninterruptible sleep',
};

function drawProcess(scene: Scene, tracked: Tracked<ProcessInfo>, known: string): TemplateResult {
  const { item, origin, endedAt } = tracked;
  const inner = innerPids(item);
  return html`<li
    class="process"
    ?data-new=${origin !== undefined}
    ?data-ended=${endedAt !== undefined}
    ?data-shares=${scene.sharers.has(item.pid)}
  >
    <span class="pid"><span class="sr-only">PID </span>${item.pid}</span>
    <span class="name">${item.name}${sharesText(scene.sharers.has(item.pid))}</span>
    ${inner ? html`<span class="inner">inside: PID ${inner}</span>` : nothing}
    ${
      stateWords[item.state]
        ? html`<span class="process-state">${stateWords[item.state]}</span>`
        : nothing
    }
    ${originOf(tracked, known)}
  </li>`;
}

/** The origin that all processes of a group share with its first one. */
function groupOrigin({ differing, processes }: ProcessGroup): string {
  const [first] = processes;
  const isNew = differing.length && processes.every(({ origin }) => origin);
  return isNew && first?.origin ? `Appeared ${stepsText(first.origin)}` : '';
}

function drawGroup(scene: Scene, { item, children }: TreeNode<ProcessGroup>): TemplateResult {
  const { differing, namespaces, processes } = item;
  const title = differing.length ? `Separate from the host: ${differing.join(', ')}` : 'The host';
  const origin = groupOrigin(item);
  const sorted = [...differing, ...scene.kinds.filter((kind) => !differing.includes(kind))];
  return html`<li class="ns-group" ?data-other=${differing.length > 0}>
    <p class="title">
      <strong>${title}</strong>
      <span class="count"
        >${counted(processes.filter(({ endedAt }) => endedAt === undefined).length, 'process', 'processes')}</span
      >
      ${origin ? html`<span class="origin">${origin}</span>` : nothing}
    </p>
    <div class="chips" role="toolbar" aria-label=${`Namespaces: ${title}`}>
      ${sorted.map((kind) =>
        chip(scene, { kind, number: namespaces[kind] }, differing.includes(kind)),
      )}
    </div>
    <ul class="processes">
      ${repeat(
        processes,
        ({ key }) => key,
        (each) => drawProcess(scene, each, origin),
      )}
    </ul>
    ${drawGroups(scene, children)}
  </li>`;
}

function drawGroups(scene: Scene, groups: readonly TreeNode<ProcessGroup>[]): unknown {
  if (!groups.length) return nothing;
  return html`<ul class="ns-groups">
    ${repeat(
      groups,
      ({ item }) => item.key,
      (each) => drawGroup(scene, each),
    )}
  </ul>`;
}

const groupsOf = ({ model, kinds }: Scene): TreeNode<ProcessGroup>[] =>
  groupProcesses(model.processes.all, kinds);

export const processesView: View = {
  id: 'processes',
  label: 'Processes',
  parts: () => ({}),
  draw(scene) {
    const groups = groupsOf(scene);
    const count = scene.report.processes.length;
    const sets = counted(eachNode(groups).length, 'set');
    return html`<p class="summary">
        ${counted(count, 'process', 'processes')} in ${sets} of namespaces.
      </p>
      ${drawGroups(scene, groups)}`;
  },
  table(scene) {
    const { names } = scene.model;
    const columns = ['PID', 'Program', 'State', 'Parent', 'PIDs inside'];
    return tableOf(
      'Processes and their namespaces',
      [...columns, ...namespaceKinds, 'cgroup path', 'Appeared'],
      scene.model.processes.all.map((tracked) => {
        const { pid, name, state, parent, namespaces, group } = tracked.item;
        return row(tracked, scene.sharers.has(pid), [
          pid,
          name,
          state,
          parent,
          innerPids(tracked.item) || '–',
          ...namespaceKinds.map((kind) => `#${names.ordinal({ kind, number: namespaces[kind] })}`),
          group,
          originText(tracked),
        ]);
      }),
    );
  },
};
