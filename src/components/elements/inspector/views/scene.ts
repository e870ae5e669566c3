/** The input and the result of a view's drawing. */
import type { TemplateResult } from 'lit-html';
import type { KernelReport } from '../../../../machine/agent/kernel-report.ts';
import type { NamespaceKind } from '../../../../machine/agent/processes.ts';
import type { InspectorView } from '../../../../cells/cell.ts';
import type { KernelModel } from '../model/kernel-model.ts';
import type { Namespace } from '../model/namespaces.ts';
import type { Parts } from '../watch.ts';

export interface Scene {
  model: KernelModel;
  report: KernelReport;
  /** The kinds of namespaces by which processes are grouped. */
  kinds: readonly NamespaceKind[];
  /** The namespace that the reader follows, and the processes in it. */
  followed: Namespace | undefined;
  sharers: ReadonlySet<number>;
  /** The namespace that stays followed. */
  pinned: Namespace | undefined;
  /** The process whose mounts are shown. */
  mountsOf: number;
  /** The path of the control group to which a cell points. */
  group: string | undefined;
}

export interface View {
  id: InspectorView;
  label: string;
  /** The parts of a report that it needs. */
  parts(mountsOf: number): Parts;
  draw(scene: Scene): TemplateResult;
  /** The same as a table. */
  table(scene: Scene): TemplateResult;
}
