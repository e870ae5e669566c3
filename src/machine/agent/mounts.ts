import type { KernelReport, MountInfo } from './kernel-report.ts';
import { readNumber, readPath } from './report-text.ts';

/** Parses the text of the part "mounts": a PID, then mountinfo of proc(5). Skips malformed lines. */
export function parseMounts(text: string, cut: boolean): KernelReport['mounts'] {
  const [first, ...lines] = text.split('\n');
  const pid = readNumber(first);
  return pid === undefined ? undefined : { pid, mounts: lines.flatMap(parseMount), cut };
}

function parseMount(line: string): MountInfo | [] {
  const fields = line.split(' ');
  const [id, parent] = [readNumber(fields[0]), readNumber(fields[1])];
  const [root, point, options] = fields.slice(3, 6);
  // The fields between the sixth and a hyphen are optional.
  const end = fields.indexOf('-', 6);
  const [type, source, superOptions] = fields.slice(end + 1);
  if (id === undefined || parent === undefined || end < 0) return [];
  if (!root || !point || !options || !type || source === undefined) return [];
  return {
    id,
    parent,
    root: readPath(root),
    point: readPath(point),
    propagation: fields.slice(6, end),
    type,
    source: readPath(source),
    options,
    superOptions: superOptions ?? '',
  };
}
