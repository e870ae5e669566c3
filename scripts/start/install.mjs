// Installs the packages with `npm ci`.
import { delimiter, join } from 'node:path';
import { explainFailure } from './explain-failure.mjs';
import { forget, writeStamp } from './installed.mjs';
import { explainKill, runChild } from './run-child.mjs';

/** Installs the packages of the lockfile. Throws an error with the reason and the next step. */
export async function install(root) {
  const what = 'Installing the packages (npm ci)';
  const start = Date.now();
  const seconds = () => `${Math.round((Date.now() - start) / 1000)} s`;
  console.log(`${what} …`);
  const timer = setInterval(() => console.log(`${what} … ${seconds()}`), 15_000);
  try {
    change(root, forget);
    await npmCi(root);
    change(root, writeStamp);
  } finally {
    clearInterval(timer);
  }
  console.log(`${what}: ${seconds()}`);
}

function change(root, write) {
  try {
    write(root);
  } catch (error) {
    const { code, path } = error;
    const text = `npm error code ${code}\nnpm error path ${path}`;
    throw new Error(explainFailure(text, root), { cause: error });
  }
}

async function npmCi(root) {
  const { onError, printed } = collectErrors();
  const [command, args] = npmCommand();
  const { code, stopped, killed } = await runChild(command, args, {
    stdio: ['ignore', 'inherit', 'pipe'],
    // On a signal, npm itself undoes the installation, which takes minutes.
    graceMs: 500,
    name: 'npm',
    onError,
    ...npmOptions(root),
  });
  if (stopped)
    throw new Error('The installation was stopped. Run the command again to restart it.');
  if (killed) throw new Error(explainKill('npm'));
  // On a full disk, npm warns about each file that it could not write, and exits with 0.
  if (code !== 0 || printed().includes('ENOSPC')) {
    change(root, forget);
    throw new Error(explainFailure(printed(), root, code));
  }
}

// Shows npm's errors, but not its warnings: most of them (`EBADENGINE`) name packages that the installing Node
// could not run. They run on the project's own Node.
function collectErrors() {
  let all = '';
  let line = '';
  const onError = (data) => {
    all = (all + data).slice(-100_000);
    const lines = (line + data).split('\n');
    line = lines.pop();
    for (const each of lines) if (!/^npm warn/i.test(each)) console.error(each);
  };
  return { onError, printed: () => all };
}

function npmCommand() {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=warn', '--no-progress'];
  const args = ['ci', '--include=dev', '--include=optional', ...quiet];
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  if (npm?.endsWith('.js') && node) return [node, [npm, ...args]];
  // On Windows, npm is a shell script.
  return process.platform === 'win32' ? [['npm', ...args].join(' '), []] : ['npm', args];
}

// With the project's Node on the PATH, npm would run on the same Node that it replaces.
function npmOptions(root) {
  const bin = join(root, 'node_modules', '.bin');
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== bin);
  const env = { ...process.env, PATH: path.join(delimiter) };
  return { env, shell: process.platform === 'win32' && !process.env.npm_execpath?.endsWith('.js') };
}
