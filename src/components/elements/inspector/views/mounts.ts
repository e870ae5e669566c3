/** The view of the mounts of one process: a tree, as the mounts lie on each other. */
import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { MountInfo } from '../../../../machine/agent/kernel-report.ts';
import { eachNode, forest } from '../model/forest.ts';
import type { TreeNode } from '../model/forest.ts';
import type { Tracked } from '../model/tracker.ts';
import { chip, missing, originOf, originText, row, tableOf } from './parts.ts';
import type { Scene, View } from './scene.ts';

const mountTree = (scene: Scene): TreeNode<Tracked<MountInfo>>[] =>
  forest(
    scene.model.mounts.all,
    ({ item }) => String(item.id),
    ({ item }) => String(item.parent),
  );

/** The part of the file system that is mounted, if it is not all of it. */
const rootOf = ({ root }: MountInfo): string => (root === '/' ? '' : root);

function drawMount({ item: tracked, children }: TreeNode<Tracked<MountInfo>>): TemplateResult {
  const { point, type, source, propagation } = tracked.item;
  const root = rootOf(tracked.item);
  return html`<li
    class="mount"
    ?data-new=${tracked.origin !== undefined}
    ?data-ended=${tracked.endedAt !== undefined}
  >
    <p class="title">
      <strong class="name">${point}</strong>
      <span class="fs">${type}${source && source !== type ? ` from ${source}` : ''}</span>
      ${root ? html`<span class="fs">root ${root}</span>` : nothing}
      ${propagation.map((each) => html`<span class="propagation">${each}</span>`)}
      ${originOf(tracked)}
    </p>
    ${drawMounts(children)}
  </li>`;
}

function drawMounts(mounts: readonly TreeNode<Tracked<MountInfo>>[]): unknown {
  if (!mounts.length) return nothing;
  return html`<ul class="tree">
    ${repeat(mounts, ({ item }) => item.key, drawMount)}
  </ul>`;
}

/** The process whose mounts are shown, and its mount namespace. */
function drawOwner(scene: Scene): unknown {
  const all = scene.model.processes.all;
  const owner = all.find(({ item }) => item.pid === scene.mountsOf)?.item;
  if (!owner) return nothing;
  const number = owner.namespaces.mnt;
  const host = all.find(({ item }) => item.pid === 1)?.item;
  const sharing = all.filter(({ item }) => item.namespaces.mnt === number).length;
  const shares = scene.sharers.has(owner.pid);
  const words = scene.followed
    ? `Process ${owner.pid} is ${shares ? '' : 'not '}in the followed namespace.`
    : nothing;
  return html`<div class="owner" ?data-shares=${shares}>
    <div class="chips" role="toolbar" aria-label="Mount namespace of the process">
      ${chip(scene, { kind: 'mnt', number }, host?.namespaces.mnt !== number)}
    </div>
    <span class="count">
      ${sharing === 1 ? 'Only this process is' : `${sharing} processes are`} in this mount
      namespace. ${words}
    </span>
  </div>`;
}

/** The mounts of the chosen process; undefined if they are not reported. */
function reported({ report, mountsOf }: Scene): readonly MountInfo[] | undefined {
  return report.mounts?.pid === mountsOf ? report.mounts.mounts : undefined;
}

export const mountsView: View = {
  id: 'mounts',
  label: 'Mounts',
  parts: (mountsOf) => ({ mountsOf }),
  draw(scene) {
    const mounts = reported(scene);
    return html`${drawOwner(scene)} ${mounts ? drawMounts(mountTree(scene)) : missing('mounts')}`;
  },
  table(scene) {
    if (!reported(scene)) return missing('mounts');
    return tableOf(
      `Mounts of process ${scene.mountsOf}`,
      ['Mount point', 'Type', 'Source', 'Root', 'Propagation', 'Options', 'Appeared'],
      eachNode(mountTree(scene)).map(({ item: tracked }) => {
        const { point, type, source, root, propagation, options } = tracked.item;
        const cells = [type, source, root, propagation.join(' ') || 'private', options];
        return row(tracked, false, [point, ...cells, originText(tracked)]);
      }),
    );
  },
};
