/** The kernel's console messages that a reader should see. */

/** The kernel has killed a process because memory ran out: the machine's, or that of a control group. */
export interface KernelNotice {
  name: 'out of memory';
  of: 'machine' | 'group';
  pid: number;
  program: string;
}

/** In mm/oom_kill.c, the words before the colon come from the caller. */
const KILLED =
  /^(?:\[[\d. ]+\] )?(Out of memory|Memory cgroup out of memory): Killed process (\d+) \((.*?)\)/;
const LONGEST_LINE = 1000;

/** Takes the console's text in pieces, and calls `onNotice` for each line that is one. */
export function listenForNotices(onNotice: (notice: KernelNotice) => void): (text: string) => void {
  let unfinished = '';
  return (text) => {
    const lines = (unfinished + text).split(/\r?\n/);
    unfinished = lines.pop()?.slice(-LONGEST_LINE) ?? '';
    for (const line of lines) {
      const [, words, pid, program = ''] = KILLED.exec(line) ?? [];
      if (!words) continue;
      const of = words === 'Out of memory' ? 'machine' : 'group';
      onNotice({ name: 'out of memory', of, pid: Number(pid), program });
    }
  };
}
