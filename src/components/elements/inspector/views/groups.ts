/** The view of the control groups: their tree, with limits, use, throttling and pressure. */
import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { counted } from '../../../../counted.ts';
import type { GroupInfo } from '../../../../machine/agent/kernel-report.ts';
import { formatBytes, ofLimit } from '../../amounts.ts';
import { cpuLimit, formatMicroseconds, groupTree, isWithin } from '../model/control-groups.ts';
import type { TreeNode } from '../model/forest.ts';
import { eachNode } from '../model/forest.ts';
import type { Tracked } from '../model/tracker.ts';
import { missing, originOf, originText, row, sharesText, tableOf } from './parts.ts';
import type { Part } from './parts.ts';
import type { Scene, View } from './scene.ts';

/** A quantity with its limit, as text and as a bar. */
function drawUse(
  label: string,
  value: number,
  max: number | undefined,
  text: string,
): TemplateResult {
  return html`<div class="use">
    <span>${label}</span>
    ${
      max === undefined
        ? nothing
        : html`<meter
            min="0"
            max=${max}
            value=${value}
            high=${max * 0.9}
            aria-label=${label}
          ></meter>`
    }
    <span class="amount">${text}</span>
  </div>`;
}

function memoryText({ memory }: GroupInfo): string {
  const { current, max, high, oomKills } = memory;
  if (current === undefined) return '';
  const limit = max === undefined ? undefined : formatBytes(max);
  const soft = high === undefined ? '' : `, throttled above ${formatBytes(high)}`;
  const kills = oomKills ? `, ${counted(oomKills, 'OOM kill')}` : '';
  return `${ofLimit(formatBytes(current), limit)}${soft}${kills}`;
}

function throttledText({ cpu }: GroupInfo): string {
  const { throttled = 0, throttledPeriods = 0, periods = 0 } = cpu;
  if (!periods) return '';
  return `throttled in ${throttledPeriods} of ${counted(periods, 'period')}, for ${formatMicroseconds(throttled)}`;
}

function cpuText({ cpu }: GroupInfo): string {
  if (cpu.usage === undefined) return '';
  const limit = cpuLimit(cpu);
  const weight = cpu.weight === undefined || cpu.weight === 100 ? '' : `weight ${cpu.weight}`;
  return [`${formatMicroseconds(cpu.usage)} used`, limit && `limit ${limit}`, weight]
    .filter(Boolean)
    .join(', ');
}

function pressureText({ pressure }: GroupInfo): string {
  const each = (['cpu', 'memory', 'io'] as const).flatMap((kind) => {
    const percent = pressure[kind];
    return percent === undefined ? [] : [`${kind} ${percent} %`];
  });
  return each.join(', ');
}

function drawQuantities({ model }: Scene, group: GroupInfo): Part[] {
  const { memory, pids, cpu, path, pressure } = group;
  const quota = cpu.quota !== undefined && cpu.period ? cpu.quota / cpu.period : 1;
  const use = model.cpuUse.get(path) ?? 0;
  const hasPressure = Object.values(pressure).some((percent) => percent > 0);
  const throttled = throttledText(group);
  return [
    memory.current === undefined
      ? nothing
      : drawUse('Memory', memory.current, memory.max, memoryText(group)),
    cpu.usage === undefined ? nothing : drawUse('CPU', use, quota, cpuText(group)),
    throttled
      ? html`<div class="use throttled"><span></span><span>${throttled}</span></div>`
      : nothing,
    pids.current === undefined
      ? nothing
      : drawUse('Tasks', pids.current, pids.max, ofLimit(`${pids.current}`, pids.max?.toString())),
    hasPressure
      ? html`<div class="use"><span>Pressure</span><span>${pressureText(group)}</span></div>`
      : nothing,
  ];
}

/** The groups that have a process of the followed namespace. */
function sharedGroups({ model, sharers }: Scene): Set<string> {
  const members = model.processes.all.filter(({ item }) => sharers.has(item.pid));
  return new Set(members.map(({ item }) => item.group));
}

function drawGroup(
  scene: Scene,
  shared: ReadonlySet<string>,
  { item, children }: TreeNode<Tracked<GroupInfo>>,
): TemplateResult {
  const { path, processes, frozen } = item.item;
  const isTarget = scene.group !== undefined && isWithin(path, scene.group);
  return html`<li
    class="cgroup"
    ?data-new=${item.origin !== undefined}
    ?data-ended=${item.endedAt !== undefined}
    ?data-shares=${shared.has(path)}
    ?data-target=${isTarget}
  >
    <div class="own">
      <p class="title">
        <strong class="name"
          >${path === '/' ? '/' : path.slice(path.lastIndexOf('/') + 1)}${sharesText(
            shared.has(path),
          )}</strong
        >
        <span class="count">${counted(processes, 'process', 'processes')}</span>
        ${frozen ? html`<span class="process-state">frozen</span>` : nothing} ${originOf(item)}
      </p>
      ${drawQuantities(scene, item.item)}
    </div>
    ${drawGroups(scene, shared, children)}
  </li>`;
}

function drawGroups(
  scene: Scene,
  shared: ReadonlySet<string>,
  groups: readonly TreeNode<Tracked<GroupInfo>>[],
): unknown {
  if (!groups.length) return nothing;
  return html`<ul class="tree">
    ${repeat(
      groups,
      ({ item }) => item.key,
      (each) => drawGroup(scene, shared, each),
    )}
  </ul>`;
}

export const groupsView: View = {
  id: 'groups',
  label: 'cgroups',
  parts: () => ({ groups: true }),
  draw(scene) {
    if (!scene.report.groups) return missing('control groups');
    return html`${drawGroups(scene, sharedGroups(scene), groupTree(scene.model.groups.all))}`;
  },
  table(scene) {
    if (!scene.report.groups) return missing('control groups');
    const shared = sharedGroups(scene);
    return tableOf(
      'Control groups with their limits and usage',
      ['Group', 'Processes', 'Memory', 'CPU', 'Throttling', 'Tasks', 'Pressure', 'Appeared'],
      eachNode(groupTree(scene.model.groups.all)).map(({ item: tracked }) => {
        const { item } = tracked;
        return row(tracked, shared.has(item.path), [
          item.path,
          `${item.processes}${item.frozen ? ', frozen' : ''}`,
          memoryText(item) || '–',
          cpuText(item) || '–',
          throttledText(item) || '–',
          item.pids.current === undefined
            ? '–'
            : ofLimit(`${item.pids.current}`, item.pids.max?.toString()),
          pressureText(item) || '–',
          originText(tracked),
        ]);
      }),
    );
  },
};
