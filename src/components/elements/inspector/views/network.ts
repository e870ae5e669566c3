/** The view of the network namespaces: a box for each, with its links; a bracket joins the two ends of a veth pair. */
import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { styleMap } from 'lit-html/directives/style-map.js';
import type { LinkInfo } from '../../../../machine/agent/kernel-report.ts';
import { linkRows } from '../model/networks.ts';
import type { LinkRow } from '../model/networks.ts';
import type { Tracked } from '../model/tracker.ts';
import { chip, missing, originOf, originText, row, sharesText, tableOf } from './parts.ts';
import type { Scene, View } from './scene.ts';

type TrackedLink = Tracked<LinkInfo & { namespace: number }>;

interface Drawing {
  rows: LinkRow[];
  tracked: Map<string, TrackedLink>;
  /** The namespaces with a process of the followed namespace. */
  shared: ReadonlySet<number>;
  host: number | undefined;
}

function drawingOf({ model, sharers }: Scene): Drawing {
  const links = model.links.all;
  const numbers = [...new Set(links.map(({ item }) => item.namespace))];
  const networks = numbers.map((namespace) => ({
    namespace,
    links: links.flatMap(({ item }) => (item.namespace === namespace ? [item] : [])),
  }));
  const processes = model.processes.all.map(({ item }) => item);
  const members = processes.filter(({ pid }) => sharers.has(pid));
  return {
    rows: linkRows(networks),
    tracked: new Map(links.map((each) => [each.key, each])),
    shared: new Set(members.map(({ namespaces }) => namespaces.net)),
    host: processes.find(({ pid }) => pid === 1)?.namespaces.net,
  };
}

const trackedOf = ({ tracked }: Drawing, { namespace, link }: LinkRow): TrackedLink =>
  tracked.get(`${namespace} ${link.index}`) ?? { key: '', item: { ...link, namespace } };

const nameOf = (link: LinkInfo): string => link.name || `link ${link.index}`;

/** The other ends of a link, in words. */
function joined(scene: Scene, { rows }: Drawing, { namespace, link, peer }: LinkRow): string {
  const others: string[] = [];
  const bridge = rows.find(
    (each) => each.namespace === namespace && each.link.index === link.master,
  );
  if (bridge && link.master !== undefined) others.push(`port of ${nameOf(bridge.link)}`);
  const other = peer === undefined ? undefined : rows[peer];
  if (other) {
    const net = scene.model.names.label({ kind: 'net', number: other.namespace });
    others.push(`paired with ${nameOf(other.link)} in ${net}`);
  } else if (link.peer !== undefined) {
    others.push(`paired with link ${link.peer}, in an unknown namespace`);
  }
  return others.join(', ');
}

/** Where a line of the drawing lies in its grid. */
interface Place {
  line: number;
  isLast?: boolean;
}

/** Each line of the drawing takes two of its grid: a link's name, and the rest. */
const gridLine = (line: number): number => 2 * line - 1;

function drawLink(
  scene: Scene,
  drawing: Drawing,
  each: LinkRow,
  { line, isLast }: Place,
): TemplateResult {
  const { link, depth, namespace } = each;
  const tracked = trackedOf(drawing, each);
  const words = joined(scene, drawing, each);
  return html`<li
    class="link"
    ?data-port=${depth > 0}
    ?data-last=${isLast}
    ?data-new=${tracked.origin !== undefined}
    ?data-ended=${tracked.endedAt !== undefined}
    ?data-shares=${drawing.shared.has(namespace)}
    ?data-other=${namespace !== drawing.host}
    style=${styleMap({ gridRow: `${gridLine(line)} / span 2` })}
  >
    <div class="ends">
      <strong class="name"> ${nameOf(link)}${sharesText(drawing.shared.has(namespace))} </strong>
      <span class="fs">${link.kind ?? nothing} ${link.isUp ? 'up' : 'down'}</span>
      ${originOf(tracked)}
    </div>
    <div class="rest">
      ${link.addresses.map((address) => html`<span class="address">${address}</span>`)}
      ${words ? html`<span class="fs">${words}</span>` : nothing}
    </div>
  </li>`;
}

/** The name of a network namespace, above its links, and the processes in it. */
function drawHead(scene: Scene, { host }: Drawing, number: number, line: number): TemplateResult {
  const members = scene.model.processes.all.filter(({ item }) => item.namespaces.net === number);
  const names = [...new Set(members.map(({ item }) => item.name))];
  const some = names.slice(0, 3).join(', ') + (names.length > 3 ? ', …' : '');
  return html`<li
    class="net"
    style=${styleMap({ gridRow: `${gridLine(line)} / span 2` })}
    ?data-other=${number !== host}
  >
    <div class="chips" role="toolbar" aria-label="Network namespace">
      ${chip(scene, { kind: 'net', number }, number !== host)}
    </div>
    <span class="count">${number === host ? 'The host. ' : nothing}${some || 'No process'}</span>
  </li>`;
}

function drawNetworks(scene: Scene): TemplateResult {
  const drawing = drawingOf(scene);
  const lines = new Map<LinkRow, number>();
  const parts: { key: string; part: TemplateResult }[] = [];
  let line = 0;
  for (const [namespace, links] of Map.groupBy(drawing.rows, (each) => each.namespace)) {
    parts.push({ key: `${namespace}`, part: drawHead(scene, drawing, namespace, ++line) });
    for (const each of links) {
      lines.set(each, ++line);
      const key = `${namespace} ${each.link.index}`;
      const place = { line, isLast: each === links.at(-1) };
      parts.push({ key, part: drawLink(scene, drawing, each, place) });
    }
  }
  const pairs = drawing.rows.flatMap((each, at) => {
    const other = each.peer === undefined || each.peer < at ? undefined : drawing.rows[each.peer];
    if (!other) return [];
    return [`${gridLine(lines.get(each) ?? 0)} / ${gridLine(lines.get(other) ?? 0) + 1}`];
  });
  return html`<ul class="networks">
    ${repeat(
      parts,
      ({ key }) => key,
      ({ part }) => part,
    )}
    ${pairs.map(
      (gridRow) => html`<li class="pair" aria-hidden="true" style=${styleMap({ gridRow })}></li>`,
    )}
  </ul>`;
}

export const networkView: View = {
  id: 'network',
  label: 'Network',
  parts: () => ({ networks: true }),
  draw: (scene) => (scene.report.networks ? drawNetworks(scene) : missing('network namespaces')),
  table(scene) {
    if (!scene.report.networks) return missing('network namespaces');
    const drawing = drawingOf(scene);
    return tableOf(
      'Links of each network namespace',
      ['Link', 'Namespace', 'Kind', 'State', 'Addresses', 'Connected to', 'Appeared'],
      drawing.rows.map((each) => {
        const { link, namespace } = each;
        const tracked = trackedOf(drawing, each);
        return row(tracked, drawing.shared.has(namespace), [
          nameOf(link),
          scene.model.names.label({ kind: 'net', number: namespace }),
          link.kind,
          link.isUp ? 'up' : 'down',
          link.addresses.join(', ') || '–',
          joined(scene, drawing, each) || '–',
          originText(tracked),
        ]);
      }),
    );
  },
};
