import type { GroupInfo } from './kernel-report.ts';
import { present, readNumber, readPath } from './report-text.ts';

/** The number of fields in a line (REPORT_GROUPS in guest/agent/frame.h). */
const FIELDS = 19;

/** Parses the text of the part "groups"; skips malformed lines. */
export function parseGroups(text: string): GroupInfo[] {
  return text.split('\n').flatMap((line): GroupInfo | [] => {
    const fields = line.split('\t');
    const path = fields[0];
    if (fields.length !== FIELDS || !path?.startsWith('/')) return [];
    const at = (index: number): number | undefined => readNumber(fields[index]);
    return {
      path: readPath(path),
      pids: present({ current: at(1), max: at(2) }),
      processes: at(3) ?? 0,
      frozen: at(4) === 1,
      memory: present({ current: at(5), max: at(6), high: at(7), oomKills: at(8) }),
      cpu: present({
        usage: at(9),
        throttled: at(10),
        periods: at(11),
        throttledPeriods: at(12),
        quota: at(13),
        period: at(14),
        weight: at(15),
      }),
      pressure: present({ cpu: at(16), memory: at(17), io: at(18) }),
    };
  });
}
