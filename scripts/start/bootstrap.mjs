// The first step of `npm start` and `npm test`. It runs on the reader's own Node (20 or newer), before
// anything is installed. So it is plain JavaScript without dependencies.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const stamp = join(root, 'node_modules', '.installed-from');
const neededMajor = 24;

/** Installs the dependencies if needed, runs a script on Node 24 and returns its exit code. */
export async function runOnBundledNode(script, args = process.argv.slice(2)) {
  process.chdir(root);
  await installWhenChanged();
  const env = { ...process.env, PATH: bin + delimiter + process.env.PATH };
  return await run(findNode(), [script, ...args], { stdio: 'inherit', env });
}

async function installWhenChanged() {
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  const code = await withProgress('Installing the dependencies (npm ci)', npmCi);
  if (code !== 0) {
    throw new Error(
      `npm ci ended with ${code}. Its message is above. Check the network, and run this again.`,
    );
  }
  writeFileSync(stamp, lock);
}

// With the bundled Node on the PATH, npm would run on the very Node that it replaces.
function npmCi() {
  const path = process.env.PATH.split(delimiter).filter((folder) => folder !== bin);
  const env = { ...process.env, PATH: path.join(delimiter) };
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--no-progress'];
  const args = ['ci', '--include=dev', '--include=optional', ...quiet];
  const npm = process.env.npm_execpath;
  const node = process.env.npm_node_execpath;
  const stdio = ['ignore', 'inherit', 'inherit'];
  if (npm?.endsWith('.js') && node) return run(node, [npm, ...args], { stdio, env });
  return run('npm', args, { stdio, env, shell: process.platform === 'win32' });
}

function findNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const bundled = join(root, 'node_modules', `node-${system}-${process.arch}`, 'bin', file);
  // On Alpine, for example, the package can be installed, but its binary does not run.
  if (existsSync(bundled) && spawnSync(bundled, ['--version']).status === 0) return bundled;
  if (Number(process.versions.node.split('.')[0]) >= neededMajor) return process.execPath;
  throw new Error(
    `The dependencies have no Node for this platform (${process.platform} ${process.arch}), and the ` +
      `installed Node is ${process.versions.node}. Install Node ${neededMajor}, and run this again.`,
  );
}

async function withProgress(what, work) {
  const start = Date.now();
  const seconds = () => `${Math.round((Date.now() - start) / 1000)} s`;
  console.log(`${what} …`);
  const timer = setInterval(() => console.log(`${what} … ${seconds()}`), 15_000);
  try {
    const result = await work();
    console.log(`${what}: ${seconds()}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

function run(command, args, options) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, options);
    const forward = (signal) => child.kill(signal);
    // The child handles the signal itself, and this process waits for its end.
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, forward);
    child.on('error', fail);
    child.on('exit', (code) => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, forward);
      done(code ?? 1);
    });
  });
}
