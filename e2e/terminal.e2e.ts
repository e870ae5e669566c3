// The terminal as a part of the page: its keys, looks, copy and paste, and how it loads.
import { AxeBuilder } from '@axe-core/playwright';
import { devices, expect, test } from '@playwright/test';
import type { Page, Response } from '@playwright/test';
import { readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { bar, button, cell } from './page-parts.ts';
import { enter, keyInput, open, screen, seesLine, terminal } from './terminal-parts.ts';

const chapter = 'chapters/pid-namespaces/';
const chapters = readdirSync('content/chapters').map(
  (file) => `chapters/${file.replace('.mdx', '')}/`,
);

/** The scripts that a page loads before it is used, each with its size in bytes, gzipped. */
async function scriptsOf(page: Page, path: string): Promise<[string, number][]> {
  const scripts: Promise<[string, number]>[] = [];
  const note = (response: Response): void => {
    if (response.request().resourceType() !== 'script') return;
    const size = response.body().then((body) => gzipSync(body).length);
    scripts.push(size.then((bytes) => [response.url(), bytes]));
  };
  page.on('response', note);
  await page.goto(path);
  await expect(button(page, 'Terminal')).toBeVisible();
  await page.waitForLoadState('networkidle');
  page.off('response', note);
  const loaded = await Promise.all(scripts);
  // Starlight loads the search by itself, once the page is idle.
  return loaded.filter(([url]) => !url.includes('ui-core'));
}

test('the terminal and the machine load on first use, and each page’s scripts stay below 25 kB @full', async ({
  page,
  context,
}) => {
  // Each page as a reader's first.
  await context.route('**/*', (route) => route.continue());
  for (const path of ['', ...chapters, 'terminal/', 'about/cells/']) {
    const loaded = await scriptsOf(page, path);
    expect(loaded.filter(([url]) => /course-terminal|worker|v86/.test(url))).toEqual([]);
    const sum = loaded.reduce((all, [, bytes]) => all + bytes, 0);
    expect(sum, path).toBeGreaterThan(5_000);
    expect(sum, path).toBeLessThan(25_000);
  }
});

test('a page without cells loads no code of the machine', async ({ page }) => {
  const loaded = await scriptsOf(page, 'references/');
  expect(loaded.reduce((all, [, bytes]) => all + bytes, 0)).toBeLessThan(8_000);
});

test('Ctrl+` opens and closes the terminal, Esc then Tab leaves it, and closing it returns the focus @full', async ({
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

test('Ctrl-C copies a selection, and interrupts without one @full', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await enter(page, 'echo chosen; sleep 1000', /^chosen$/);
  const line = await screen(page).getByText('chosen', { exact: true }).boundingBox();
  if (!line) throw new Error('The line is not visible.');
  await page.mouse.dblclick(line.x + 5, line.y + 5);
  await page.keyboard.press('Control+c');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('chosen');
  await page.keyboard.press('Control+c');
  await seesLine(page, /^\$$/);
  await enter(page, 'echo status $?', /^status 130$/);
});

test('a paste of 200 lines with CRLF arrives whole @full', async ({ page, context }) => {
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

test('a program cannot write to the clipboard @full', async ({ page, context }) => {
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

test('a terminal does not answer requests in replayed output, and survives hostile output @full', async ({
  page,
}) => {
  await open(page);
  await enter(page, String.raw`printf '\e[c\e[6n\e]11;?\a'; clear; echo quiet`, /^quiet$/);
  await button(terminal(page), 'Close').click();
  await page.keyboard.press('Control+Backquote');
  await enter(page, String.raw`printf '\e[50000000S\e[200000000b'; echo alive`, /^.*alive$/);
  await enter(page, 'head -c 100000 /dev/urandom; clear; reset; echo still', /^still$/);
});

test('a terminal that fails to load shows an error with a button to reload the page @full', async ({
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

test('with a screen reader, each short output is announced @full', async ({ page }) => {
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
  test(`an open terminal is accessible in ${colorScheme} @full`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page);
    await enter(page, 'ls --color=always /; echo done', /^done$/);
    const { violations } = await new AxeBuilder({ page }).include('course-terminal').analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html}`))).toEqual(
      [],
    );
  });
}

test('at a zoom of 400 %, the terminal has room for several lines @full', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await open(page);
  await enter(page, 'stty size', /^([5-9]|\d\d) \d\d$/);
});

test.describe('on a phone', () => {
  const { viewport, userAgent, deviceScaleFactor, isMobile, hasTouch } = devices['Pixel 7'];
  test.use({ viewport, userAgent, deviceScaleFactor, isMobile, hasTouch });

  test('a line of text is sent as a whole, even if the keyboard composes it @full', async ({
    page,
  }) => {
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
