import { defineConfig, devices } from '@playwright/test';
import { findBrowser } from './src/find-browser.ts';
import { basePath } from './src/site.ts';

const port = 4397;
const url = `http://localhost:${port}${basePath}/`;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.e2e.ts',
  forbidOnly: Boolean(process.env['CI']),
  // A test that fails now and then has a fault. Find it; do not repeat the test.
  retries: 0,
  // Each emulated machine needs a core of its own.
  workers: 2,
  fullyParallel: true,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  // A trace of each test takes a quarter of the time. To get one: playwright test --trace retain-on-failure
  use: { baseURL: url, trace: 'off', launchOptions: findBrowser() },
  projects: [{ name: 'chromium', use: devices['Desktop Chrome'] }],
  webServer: {
    command: `node scripts/site/serve.ts --port ${port}`,
    url,
    reuseExistingServer: false,
  },
});
