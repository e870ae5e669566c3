// Finds a Chromium for the diagram renderer and the browser tests, and installs one if possible.
import { join } from 'node:path';
import { chromium } from 'playwright';
import { installEffects, installPackages } from './install-packages.ts';
import type { InstallEffects } from './install-packages.ts';
import { top } from './paths.ts';

/** How to launch the browser. Without `executablePath`, Playwright launches its own. */
export interface Browser {
  executablePath?: string;
}

/** The access to the computer that finding a browser needs; tests pass their own. */
export interface Effects extends InstallEffects {
  env: Record<string, string | undefined>;
  /** The path of Playwright's own browser, whether or not it is installed. */
  ownPath: () => string;
}

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** Returns a browser to launch, and installs one if there is none. If that fails, throws with the next step. */
export function findBrowser(effects: Effects = realEffects): Browser {
  const asked = effects.env['CHROMIUM_PATH'];
  if (asked) return named(asked, effects);
  return installed(effects) ?? download(effects) ?? fromApt(effects) ?? giveUp();
}

function named(executablePath: string, effects: Effects): Browser {
  if (effects.exists(executablePath)) return { executablePath };
  throw new Error(
    `CHROMIUM_PATH names ${executablePath}, which does not exist. Correct it or unset it.`,
  );
}

function installed(effects: Effects): Browser | undefined {
  if (effects.exists(effects.ownPath())) return {};
  const executablePath = systemPaths.find((path) => effects.exists(path));
  return executablePath ? { executablePath } : undefined;
}

function download(effects: Effects): Browser | undefined {
  effects.log('No browser found. Downloading Playwright’s Chromium (at most 2 minutes) …');
  // Not with `npx`: on Windows, only a shell can start that.
  const arguments_ = [join(top, 'node_modules/playwright/cli.js'), 'install', 'chromium'];
  return effects.run(process.execPath, arguments_, 120) ? installed(effects) : undefined;
}

function fromApt(effects: Effects): Browser | undefined {
  const installs = installPackages(['chromium', 'fonts-liberation'], effects);
  return installs ? installed(effects) : undefined;
}

function giveUp(): never {
  throw new Error(
    'No Chromium was found and none could be installed. Install Chromium or Chrome, or run ' +
      '`npx playwright install --with-deps chromium`, or set CHROMIUM_PATH to a browser.',
  );
}

const realEffects: Effects = {
  ...installEffects,
  env: process.env,
  ownPath: () => chromium.executablePath(),
};
