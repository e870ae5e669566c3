// Kills a process and all processes that it started.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Kills a process and its descendants at once. It is not an error if one has already ended. */
export function killTree(pid) {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', `${pid}`, '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  for (const each of descendants(pid, listProcesses())) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // It has already ended.
    }
  }
}

function descendants(pid, processes) {
  const children = processes.filter(([, parent]) => parent === pid);
  return [pid, ...children.flatMap(([child]) => descendants(child, processes))];
}

/** Pairs of a process and its parent. Small Linux systems have no `ps`, and macOS has no /proc. */
function listProcesses() {
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
    return (stdout ?? '')
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number));
  }
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      // The name before it, in brackets, can contain blanks.
      const [, parent] = /.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      return [[Number(pid), Number(parent)]];
    } catch {
      return [];
    }
  });
}
