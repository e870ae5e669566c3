/** The parts that the views share. All text of the guest goes into text nodes and attributes, which lit-html writes as text. */
import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { ProcessInfo } from '../../../../machine/agent/processes.ts';
import { isSameNamespace } from '../model/namespaces.ts';
import type { Namespace } from '../model/namespaces.ts';
import { describeSteps } from '../model/step-log.ts';
import type { RunningStep } from '../../../../cells/run/running-step.ts';
import { nameOfCell } from '../../cell-link.ts';
import type { Tracked } from '../model/tracker.ts';
import type { Scene } from './scene.ts';

export type Part = TemplateResult | typeof nothing;

/** A namespace: a button with which the reader follows it. `isOther`: it is not the host's. */
export function chip(scene: Scene, namespace: Namespace, isOther: boolean): TemplateResult {
  const { kind, number } = namespace;
  const { names } = scene.model;
  const title = `${names.fullName(namespace)}, number ${number} in /proc/PID/ns/${kind}`;
  return html`<button
    type="button"
    class="chip"
    data-kind=${kind}
    data-number=${number}
    title=${title}
    aria-label=${`${names.label(namespace)} namespace`}
    aria-pressed=${isSameNamespace(scene.pinned, namespace)}
    ?data-other=${isOther}
    ?data-followed=${isSameNamespace(scene.followed, namespace)}
  >
    ${names.label(namespace)}
  </button>`;
}

/** The steps in which something may have appeared, with the names that readers see on cells. */
export function stepsText(steps: readonly RunningStep[]): string {
  return describeSteps(steps, nameOfCell);
}

/** When something appeared or that it has ended. `known` is what an element above says already. */
export function originOf({ origin, endedAt }: Tracked<unknown>, known = ''): Part {
  if (endedAt !== undefined) return html`<span class="origin">Ended</span>`;
  const text = origin ? `Appeared ${stepsText(origin)}` : '';
  return text && text !== known ? html`<span class="origin">${text}</span>` : nothing;
}

/** The same in a table. */
export function originText({ origin, endedAt }: Tracked<unknown>): string {
  if (endedAt !== undefined) return 'Ended';
  return origin ? stepsText(origin) : 'before the first report';
}

/** Says for screen readers what the drawing marks: that something belongs to the followed namespace. */
export function sharesText(isShared: boolean): Part {
  return isShared ? html`<span class="sr-only">, in the followed namespace</span>` : nothing;
}

/** Says that a part of the report is missing. */
export function missing(what: string): TemplateResult {
  return html`<p class="missing">This machine has not reported its ${what}.</p>`;
}

/** The PIDs of a process in the PID namespaces below the host's. */
export const innerPids = ({ pids }: ProcessInfo): string => pids.slice(1).join(', ');

/** A table in an area that scrolls sideways, with its caption. */
export function tableOf(
  caption: string,
  columns: readonly string[],
  rows: readonly TemplateResult[],
): TemplateResult {
  return html`<div class="scroll" role="region" aria-label=${caption} tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** A row of a table. The first cell is its header. `isShared`: it belongs to what the reader follows. */
export function row(
  { endedAt }: Tracked<unknown>,
  isShared: boolean,
  [first, ...cells]: readonly unknown[],
): TemplateResult {
  return html`<tr ?data-shares=${isShared} ?data-ended=${endedAt !== undefined}>
    <th scope="row">${first}${sharesText(isShared)}</th>
    ${cells.map((cell) => html`<td>${cell ?? '–'}</td>`)}
  </tr>`;
}
