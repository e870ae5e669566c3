// Installs the packages if needed, and runs a script on the project's own Node. It is plain JavaScript
// without dependencies, because it runs before anything is installed, on the reader's Node.
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode } from './find-node.mjs';
import { install } from './install.mjs';
import { isInstalled } from './installed.mjs';
import { explainKill, runChild } from './run-child.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');

/** Runs a script, and returns its exit code. */
export async function runOnBundledNode(script, args) {
  process.chdir(root);
  if (!isInstalled(root)) await install(root);
  // A shell script mounts file systems, and removes them before it ends. That may take more than a second.
  const isShell = script.endsWith('.sh');
  const { code, killed } = await runChild(isShell ? 'bash' : findNode(root), [script, ...args], {
    stdio: 'inherit',
    env: { ...process.env, PATH: bin + delimiter + process.env.PATH },
    graceMs: isShell ? undefined : 800,
  });
  if (killed) console.error(explainKill(script));
  return code;
}
