// Finds the Node that runs the project's scripts: npm installs it with the packages.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bestMajor } from './node-range.mjs';

/** The names that the package with a platform's Node can have. */
export function packagesOf(platform, arch) {
  const system = platform === 'win32' ? 'win' : platform;
  return [`node-${system}-${arch}`, `node-bin-${system}-${arch}`];
}

/**
 * The path of that Node, or of the reader's own if it is new enough.
 *
 * @param {string} root
 * @param {{ platform: string, arch: string, execPath: string, versions: { node: string } }} own
 */
export function findNode(root, own = process) {
  const { platform, arch, execPath, versions } = own;
  const file = platform === 'win32' ? 'node.exe' : 'node';
  for (const name of packagesOf(platform, arch)) {
    const path = join(root, 'node_modules', name, 'bin', file);
    // On Alpine, for example, the package can be installed, but its binary does not run.
    if (existsSync(path) && spawnSync(path, ['--version']).status === 0) return path;
  }
  if (Number(versions.node.split('.')[0]) >= bestMajor) return execPath;
  throw new Error(
    `npm has no Node for this platform (${platform} ${arch}), and the installed Node, ` +
      `${versions.node}, is too old. Install Node ${bestMajor} or newer, and run the command again.`,
  );
}
