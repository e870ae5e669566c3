// Installs programs that npm does not have.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The access to the computer that an installation needs; tests pass their own. */
export interface InstallEffects {
  exists: (path: string) => boolean;
  isRoot: boolean;
  /** Runs a command quietly, for at most these seconds. Returns whether it succeeded. */
  run: (command: string, args: string[], seconds: number) => boolean;
  log: (line: string) => void;
}

/** Installs Debian packages, as root. Returns whether they are installed. */
export function installPackages(packages: string[], effects = installEffects): boolean {
  if (!effects.isRoot || !effects.exists('/usr/bin/apt-get')) return false;
  effects.log(`Installing Debian’s ${packages.join(', ')} (at most 12 minutes) …`);
  const arguments_ = ['install', '-y', '--no-install-recommends', ...packages];
  const install = () => effects.run('apt-get', arguments_, 300);
  // Package lists are often missing or old in fresh containers.
  return install() || (effects.run('apt-get', ['update'], 120) && install());
}

/** The effects on this computer. */
export const installEffects: InstallEffects = {
  exists: existsSync,
  isRoot: process.getuid?.() === 0,
  run: (command, args, seconds) =>
    spawnSync(command, args, {
      stdio: 'ignore',
      timeout: seconds * 1000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0,
  log: console.log,
};
