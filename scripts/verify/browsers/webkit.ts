import { spawn } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Builder, Capabilities } from 'selenium-webdriver';
import { BrowserMissing, callExpression } from './driver.ts';
import type { BrowserDriver } from './driver.ts';

const driverPath = '/usr/bin/WebKitWebDriver';
/** Milliseconds for one answer: the computer may be busy, and it emulates a machine meanwhile. */
const ANSWER = 120_000;
/** Milliseconds within which the driver has to listen. */
const START = 30_000;

/** Starts WebKitGTK's own small browser on a virtual screen. Throws BrowserMissing. */
export async function startWebkit(): Promise<BrowserDriver> {
  const [browser] = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser').sort().reverse();
  if (!existsSync(driverPath) || !existsSync('/usr/bin/xvfb-run') || !browser) {
    throw new BrowserMissing(
      'There is no WebKitGTK. Install Debian’s webkit2gtk-driver, xvfb and xauth.',
    );
  }
  const port = await freePort();
  const stop = await startServer(port);
  try {
    return await openSession(port, browser, stop);
  } catch (error) {
    stop();
    throw error;
  }
}

async function openSession(port: number, binary: string, stop: () => void): Promise<BrowserDriver> {
  const driver = await new Builder()
    .usingServer(`http://127.0.0.1:${port}`)
    .withCapabilities(
      new Capabilities({
        browserName: 'MiniBrowser',
        'webkitgtk:browserOptions': { binary, args: ['--automation'] },
      }),
    )
    .build();
  await driver.manage().setTimeouts({ script: ANSWER, pageLoad: ANSWER });
  const capabilities = await driver.getCapabilities();
  return {
    version: String(capabilities.get('browserVersion')),
    open: (url) => driver.get(url),
    evaluate: async <T>(source: string, ...args: unknown[]) =>
      (await driver.executeScript(`return ${callExpression(source, args)}`)) as T,
    close: async () => {
      await driver.quit().finally(stop);
    },
  };
}

/** Starts the driver in its own process group, so that it ends with all its processes. */
async function startServer(port: number): Promise<() => void> {
  const server = spawn('xvfb-run', ['--auto-servernum', driverPath, `--port=${port}`], {
    stdio: 'ignore',
    detached: true,
  });
  let ended = false;
  server.on('error', () => (ended = true));
  server.on('exit', () => (ended = true));
  const stop = () => {
    if (!ended && server.pid !== undefined) process.kill(-server.pid);
  };
  const until = Date.now() + START;
  while (!(await listens(port))) {
    if (ended)
      throw new Error('WebKitWebDriver ended at once; run xvfb-run WebKitWebDriver to see why.');
    if (Date.now() > until) {
      stop();
      throw new Error(`WebKitWebDriver did not listen within ${START / 1000} s.`);
    }
    await wait(100);
  }
  return stop;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => socket.end(() => resolve(true)));
    socket.on('error', () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
