// The terminal: a person and the cells share one machine.
import { AxeBuilder } from '@axe-core/playwright';
import { devices, expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { bar, button, cell } from './page-parts.ts';

const chapter = 'chapters/pid-namespaces/';

const terminal = (page: Page): Locator => page.getByRole('region', { name: 'Terminal' });
/** What the selected session shows. */
const screen = (page: Page): Locator => terminal(page).locator('.panels > :visible .xterm-rows');
const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name, exact: true });
const keyInput = (page: Page): Locator =>
  terminal(page).getByRole('textbox', { name: 'Terminal, session outside' });

/** Opens the terminal by its key, and waits for the prompt. */
async function open(page: Page, path = chapter): Promise<void> {
  await page.goto(path);
  await expect(button(page, 'Terminal')).toBeVisible();
  await page.keyboard.press('Control+Backquote');
  await expect(screen(page)).toContainText('$', { timeout: 60_000 });
  await expect(keyInput(page)).toBeFocused();
}

/** Types a command, and waits until a line of the screen matches. */
async function enter(page: Page, command: string, line: RegExp): Promise<void> {
  await page.keyboard.type(`${command}\n`);
  await seesLine(page, line);
}

async function seesLine(page: Page, line: RegExp): Promise<void> {
  await expect
    .poll(async () => (await screen(page).locator('> div').allInnerTexts()).map((t) => t.trimEnd()))
    .toContainEqual(expect.stringMatching(line));
}

test('the terminal and the machine load on first use, and the page’s scripts stay below 25 kB', async ({
  page,
}) => {
  const scripts: Promise<[string, number]>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    const size = response.body().then((body) => gzipSync(body).length);
    scripts.push(size.then((bytes) => [response.url(), bytes]));
  });
  await page.goto(chapter);
  await expect(button(page, 'Terminal')).toBeVisible();
  await page.waitForLoadState('networkidle');
  const loaded = await Promise.all(scripts);
  expect(loaded.filter(([url]) => /course-terminal|worker|v86/.test(url))).toEqual([]);
  // Starlight loads the search by itself, once the page is idle.
  const own = loaded.filter(([url]) => !url.includes('ui-core'));
  expect(own.reduce((sum, [, bytes]) => sum + bytes, 0)).toBeLessThan(25_000);
});

test('typed commands and cells share one machine', async ({ page }) => {
  await open(page, 'chapters/namespaces/');
  await enter(page, 'export PS4=typed; echo set', /^set$/);
  const links = cell(page, 'links');
  await button(links, 'Run in the terminal').click();
  await expect(links).toHaveAttribute('state', 'passed');
  await seesLine(page, /^\$ ls -1 \/proc\/self\/ns$/);
  await expect(keyInput(page)).toBeFocused();
  await enter(page, 'echo $PS4', /^typed$/);
});

test('Ctrl+` opens and closes the terminal, Esc then Tab leaves it, and closing it returns the focus', async ({
  page,
}) => {
  await open(page);
  await page.keyboard.type('echo /etc/bash.b');
  await page.keyboard.press('Tab');
  await seesLine(page, /^\$ echo \/etc\/bash\.bashrc$/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+Tab');
  await expect(keyInput(page)).not.toBeFocused();
  expect(await terminal(page).evaluate((all) => all.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Control+Backquote');
  await expect(terminal(page)).toBeHidden();
  await button(page, 'Terminal').focus();
  await page.keyboard.press('Enter');
  await expect(keyInput(page)).toBeFocused();
  await page.keyboard.press('Control+Backquote');
  await expect(terminal(page)).toBeHidden();
  await expect(button(page, 'Terminal')).toBeFocused();
  const first = cell(page, 'old-proc');
  await button(first, 'Run in the terminal').focus();
  await page.keyboard.press('Enter');
  await expect(first).toHaveAttribute('state', 'passed');
  await page.keyboard.press('Control+Backquote');
  await expect(button(first, 'Run in the terminal')).toBeFocused();
});

test('Ctrl-C copies a selection, and interrupts without one', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await enter(page, 'echo chosen; sleep 1000', /^chosen$/);
  const line = await screen(page).getByText('chosen', { exact: true }).boundingBox();
  if (!line) throw new Error('The line is not visible.');
  await page.mouse.dblclick(line.x + 5, line.y + 5);
  await page.keyboard.press('Control+c');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('chosen');
  await page.keyboard.press('Control+c');
  await enter(page, 'echo status $?', /^status 130$/);
});

test('a paste of 200 lines with CRLF arrives whole', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  const lines = Array.from({ length: 200 }, (_, at) => `line ${at} grün 漢字 ${'x'.repeat(60)}`);
  await page.evaluate((text) => navigator.clipboard.writeText(text), `${lines.join('\r\n')}\r\n`);
  // By then, the shell has turned off bracketed paste.
  await enter(page, 'echo reads; cat > /tmp/pasted', /^reads$/);
  await page.keyboard.press('Control+v');
  await expect(screen(page)).toContainText('line 199');
  await page.keyboard.press('Control+d');
  const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`).length;
  await enter(page, 'clear; wc -lc < /tmp/pasted', new RegExp(`^ *200 +${bytes}$`));
});

test('a program cannot write to the clipboard', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await page.evaluate(() => navigator.clipboard.writeText('mine'));
  await enter(
    page,
    String.raw`printf '\e]52;c;%s\a' $(echo -n stolen | base64); echo done`,
    /^done$/,
  );
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('mine');
});

test('sessions are tabs; one more can be opened, and ends with its processes', async ({ page }) => {
  await open(page);
  await tab(page, 'outside').focus();
  await page.keyboard.press('ArrowRight');
  await expect(tab(page, 'inside')).toBeFocused();
  await expect(tab(page, 'inside')).toHaveAttribute('aria-selected', 'true');
  await button(terminal(page), 'New session').click();
  await expect(tab(page, 'shell 1')).toHaveAttribute('aria-selected', 'true');
  await expect(screen(page)).toContainText('$');
  await page.keyboard.type('sleep 4321\n');
  await seesLine(page, /sleep 4321/);
  await button(terminal(page), 'Side by side').click();
  await keyInput(page).focus();
  await expect(button(terminal(page), 'End session')).toBeHidden();
  await button(terminal(page), 'Side by side').click();
  await tab(page, 'shell 1').click();
  await button(terminal(page), 'End session').click();
  await expect(tab(page, 'shell 1')).toHaveCount(0);
  await tab(page, 'outside').click();
  await keyInput(page).focus();
  await enter(page, 'pgrep -f "sleep 4321" || echo none', /^none$/);
});

test('programs follow the size; cells print as in the text, whatever the size', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1400, height: 900 });
  await open(page);
  await enter(page, 'stty size', /^\d+ 1[5-9]\d$/);
  await button(terminal(page), 'Side by side').click();
  await keyInput(page).focus();
  await enter(page, 'stty size', /^\d+ [78]\d$/);
  await button(bar(page), 'Run all').click();
  await expect(bar(page)).toContainText('Ran 13 of 13 cells: 13 as printed.', { timeout: 90_000 });
});

test('a cell leaves a person’s program alone, in its own session and in another one', async ({
  page,
}) => {
  await open(page);
  await enter(page, 'echo mine > /root/kept; vi', /^~$/);
  await button(cell(page, 'old-proc'), 'Run').click();
  await expect(cell(page, 'old-proc')).toHaveAttribute('state', 'passed');
  const same = cell(page, 'two-numbers');
  await button(same, 'Run').click();
  await expect(same).toContainText('"vi" is running in this session. End it first.');
  await expect(same).toHaveAttribute('state', 'not run');
  await keyInput(page).focus();
  await page.keyboard.type(':q!\n');
  await enter(page, 'cat /root/kept', /^mine$/);
});

test('a terminal does not answer requests in replayed output, and survives hostile output', async ({
  page,
}) => {
  await open(page);
  await enter(page, String.raw`printf '\e[c\e[6n\e]11;?\a'; clear; echo quiet`, /^quiet$/);
  await button(terminal(page), 'Close').click();
  await page.keyboard.press('Control+Backquote');
  await enter(page, String.raw`printf '\e[50000000S\e[200000000b'; echo alive`, /^.*alive$/);
  await enter(page, 'head -c 100000 /dev/urandom; clear; reset; echo still', /^still$/);
});

test('text that is typed while the machine starts is not lost', async ({ page }) => {
  await page.goto(chapter);
  await expect(button(page, 'Terminal')).toBeVisible();
  await page.keyboard.press('Control+Backquote');
  await expect(keyInput(page)).toBeFocused();
  await page.keyboard.type('echo early\n');
  await seesLine(page, /^early$/);
  await expect(terminal(page).locator('.problem')).toHaveText('');
});

test('the machine ends and starts again under an open terminal', async ({ page }) => {
  await open(page);
  await enter(page, 'echo before', /^before$/);
  await button(bar(page), 'End').click();
  await expect(terminal(page)).toContainText('This session’s machine is off.');
  await button(terminal(page), 'Start it').click();
  await expect(terminal(page).getByText('This session’s machine is off.')).toBeHidden();
  await expect(screen(page)).toContainText('$', { timeout: 60_000 });
  await expect(screen(page)).not.toContainText('before');
  await keyInput(page).focus();
  await enter(page, 'echo after; stty size', /^after$/);
  await expect(screen(page)).not.toContainText('24 80');
});

test('a terminal that fails to load shows an error with a button to reload the page', async ({
  page,
}) => {
  await page.route(/course-terminal\..*\.js$/, (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto(chapter);
  await button(page, 'Terminal').click();
  const alert = page.getByRole('alert').filter({ hasText: 'The terminal could not be loaded.' });
  await expect(alert).toBeVisible();
  await page.unroute(/course-terminal\..*\.js$/);
  await button(page, 'Reload the page').click();
  await button(page, 'Terminal').click();
  await expect(screen(page)).toContainText('$', { timeout: 60_000 });
});

test('the terminal page starts a machine', async ({ page }) => {
  await page.goto('terminal/');
  await button(page, 'Start a Linux machine').click();
  await expect(screen(page)).toContainText('$', { timeout: 60_000 });
  await enter(page, 'echo $((6 * 7))', /^42$/);
  await expect(bar(page)).toHaveAttribute('state', 'ready');
  await expect(button(bar(page), 'Run all')).toBeHidden();
  // The button that opened it is hidden by now.
  await page.keyboard.press('Control+Backquote');
  await expect(button(page, 'Terminal')).toBeFocused();
});

test('with a screen reader, each short output is announced', async ({ page }) => {
  await open(page);
  await button(terminal(page), 'Screen reader mode').click();
  await keyInput(page).focus();
  for (const output of ['7', 'ok', '7']) {
    await page.keyboard.type(`echo ${output}\n`);
    await expect(terminal(page).locator('[aria-live="assertive"]')).toContainText(`\n${output}\n`);
  }
  // An ordinary line of text is there as well.
  const line = terminal(page).getByRole('textbox', { name: 'Command for session outside' });
  await line.fill('echo by line');
  await line.press('Enter');
  await seesLine(page, /^by line$/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`an open terminal is accessible in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page);
    await enter(page, 'ls --color=always /; echo done', /^done$/);
    const { violations } = await new AxeBuilder({ page }).include('course-terminal').analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html}`))).toEqual(
      [],
    );
  });
}

test('at a zoom of 400 %, the terminal has room for several lines', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await open(page);
  await enter(page, 'stty size', /^([5-9]|\d\d) \d\d$/);
});

test.describe('on a phone', () => {
  const { viewport, userAgent, deviceScaleFactor, isMobile, hasTouch } = devices['Pixel 7'];
  test.use({ viewport, userAgent, deviceScaleFactor, isMobile, hasTouch });

  test('a line of text is sent as a whole, even if the keyboard composes it', async ({ page }) => {
    await page.goto(chapter);
    await button(page, 'Terminal').tap();
    await expect(screen(page)).toContainText('$', { timeout: 60_000 });
    const line = terminal(page).getByRole('textbox', { name: 'Command for session outside' });
    await expect(line).toBeFocused();
    // As the keyboard of a phone does: each key has the code 229, and the text is composed.
    const devtools = await page.context().newCDPSession(page);
    const processed = { windowsVirtualKeyCode: 229, key: 'Unidentified' };
    for (const text of ['e', 'ec', 'ech', 'echo', 'echo on', 'echo one']) {
      await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...processed });
      await devtools.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      });
      await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...processed });
    }
    await devtools.send('Input.insertText', { text: 'echo one' });
    await line.press('Enter');
    await seesLine(page, /^one$/);
    const shown = (await screen(page).innerText()).replaceAll('\u00a0', ' ');
    expect(shown.match(/one/g)).toHaveLength(2);
    await expect(line).toHaveValue('');
    await line.fill('ls -d /etc/bash.b');
    await button(terminal(page), 'Tab').tap();
    await seesLine(page, /bash\.bashrc$/);
    await line.fill('echo; seq 200');
    await line.press('Enter');
    await seesLine(page, /^200$/);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
      devtools.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: y === undefined ? [] : [{ x: 100, y }],
      });
    await touch('touchStart', 150);
    for (let y = 150; y <= 450; y += 30) await touch('touchMove', y);
    await touch('touchEnd');
    await expect(screen(page)).not.toContainText('200');
  });
});
