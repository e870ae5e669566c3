/** Limits the processor time of a whole browser. The CPU throttling of DevTools slows the page, but not its worker. */
import { mkdir, mkdtemp, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** A group can be removed once the kernel has removed its last process, a moment after its end. */
const ATTEMPTS = 50;
const ATTEMPT_MS = 100;

/** The period of the kernel's scheduler to which a quota applies, in microseconds. */
const PERIOD = 100_000;

export interface QuotaRunner {
  /** A program that runs the given one within the quota. */
  executablePath: string;
  /** Removes the quota. Its processes have to have ended. */
  close: () => Promise<void>;
}

/**
 * Limits a program and its children to a share of one core, by a cgroup below `root`. Rejects where that is not
 * possible: it needs Linux, and in general root's rights. Sets the quota with `write`.
 */
export async function withQuota(
  program: string,
  cores: number,
  root = '/sys/fs/cgroup',
  write: (file: string, text: string) => Promise<void> = writeFile,
): Promise<QuotaRunner> {
  const isFirstVersion = await stat(join(root, 'cpu')).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const group = join(root, isFirstVersion ? 'cpu' : '', `bench-${process.pid}`);
  const quota = Math.round(cores * PERIOD);
  const settings = isFirstVersion
    ? { 'cpu.cfs_period_us': String(PERIOD), 'cpu.cfs_quota_us': String(quota) }
    : { 'cpu.max': `${quota} ${PERIOD}` };
  await mkdir(group);
  try {
    for (const [file, text] of Object.entries(settings)) await write(join(group, file), text);
    return await inGroup(program, group);
  } catch (reason) {
    await removeGroup(group);
    throw reason;
  }
}

/** Makes the program that runs the given one in a group. */
async function inGroup(program: string, group: string): Promise<QuotaRunner> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const executablePath = join(folder, 'browser.sh');
  const script = `#!/bin/sh\necho $$ > '${group}/cgroup.procs' && exec '${program}' "$@"\n`;
  await writeFile(executablePath, script, { mode: 0o700 });
  return {
    executablePath,
    close: async () => {
      await rm(folder, { recursive: true });
      await removeGroup(group);
    },
  };
}

async function removeGroup(group: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rmdir(group);
    } catch (reason) {
      if (attempt === ATTEMPTS) throw reason;
      await setTimeout(ATTEMPT_MS);
    }
  }
}
