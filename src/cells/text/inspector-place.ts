/** Parses the value of the option "show": a view of the inspector, and what to show in it. */
import type { Position } from '../../author-error.ts';
import type { NamespaceKind } from '../../machine/agent/processes.ts';
import { nearest } from '../../nearest.ts';
import { inspectorViews } from '../cell.ts';
import type { InspectorPlace, InspectorView } from '../cell.ts';
import { cellMistake } from './mistakes.ts';

const isKind: Record<NamespaceKind, true> = {
  cgroup: true,
  ipc: true,
  mnt: true,
  net: true,
  pid: true,
  time: true,
  user: true,
  uts: true,
};
const namespaceKinds = Object.keys(isKind);

/** The words that may follow each view and a colon. */
const targets: Record<InspectorView, string> = {
  processes: 'kinds of namespaces: show=processes:pid,uts',
  groups: 'the path of a control group: show=groups:/demo',
  mounts: 'the name of a process: show=mounts:sleep',
  network: '',
};

/** Parses "view" or "view:target". Throws an AuthorError. */
export function readPlace(value: string, position: Position): InspectorPlace {
  const [, word = '', colon, target = ''] = /^([^:]*)(:?)(.*)$/s.exec(value) ?? [];
  const view = inspectorViews.find((each) => each === word);
  const fail = (message: string, hint: string): never => {
    throw cellMistake('BadCellOption', position, message, hint);
  };
  if (!view) {
    const hint = `The views are ${inspectorViews.join(', ')}.`;
    return fail(`The inspector has no view "${word}".`, meant(word, inspectorViews) + hint);
  }
  if (!colon) return { view };
  if (!targets[view]) return fail(`The view "${view}" takes no target.`, `Write show=${view}.`);
  if (!target)
    return fail(`show=${value} has no target.`, `After the colon, write ${targets[view]}.`);
  if (view === 'groups' && !target.startsWith('/')) {
    return fail(`"${target}" is not the path of a control group.`, `Write ${targets[view]}.`);
  }
  const kinds = view === 'processes' ? target.split(',') : [];
  const wrong = kinds.find((kind) => !namespaceKinds.includes(kind));
  if (wrong === undefined) return { view, target };
  const hint = `The kinds are ${namespaceKinds.join(', ')}.`;
  return fail(`There is no kind of namespace "${wrong}".`, meant(wrong, namespaceKinds) + hint);
}

function meant(word: string, candidates: readonly string[]): string {
  const found = nearest(word, candidates);
  return found ? `Did you mean "${found}"? ` : '';
}

/** Prints a place as it is written. */
export function printPlace({ view, target }: InspectorPlace): string {
  return target === undefined ? view : `${view}:${target}`;
}
