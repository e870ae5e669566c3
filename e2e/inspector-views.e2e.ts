// The inspector's views of control groups, mounts and networks, with what the agent reports of a real machine.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { button, cell, expectPassed } from './page-parts.ts';

const inspector = (page: Page): Locator => page.getByRole('region', { name: 'Inspector' });
const panel = (page: Page): Locator => inspector(page).getByRole('tabpanel');

const SETUP = [
  'mkdir -p /sys/fs/cgroup/demo/in; echo 20M > /sys/fs/cgroup/demo/memory.max',
  'ip link add v0 type veth peer name v1; ip addr add 10.0.0.1/24 dev v0; ip link set v0 up',
  'unshare --mount --net sleep 500 &',
  'until pid=$(pgrep -fx "sleep 500"); do sleep 0.1; done; ip link set v1 netns $pid',
  'nsenter -t $pid -m mount -t tmpfs inner /mnt; echo ready',
].join('\n');

/** Makes groups, a mount and a pair of links, and opens the inspector. */
async function openWithObjects(page: Page): Promise<void> {
  await page.goto('chapters/cgroups/');
  const group = cell(page, 'first-group');
  await button(group, 'Run').click();
  await expectPassed(group, 60_000);
  for (const line of SETUP.split('\n')) {
    await group.getByRole('textbox').fill(line);
    await group.getByRole('textbox').press('Enter');
    await expect(group.getByRole('textbox')).toHaveValue('');
  }
  await expect(group.getByRole('log')).toContainText('ready\n');
  await button(page, 'Inspector').click();
}

async function choose(page: Page, name: string): Promise<void> {
  await inspector(page).getByRole('tab', { name, exact: true }).click();
}

test('groups, mounts and networks are drawn, and each has a table @full', async ({ page }) => {
  await openWithObjects(page);
  const problems: string[] = [];
  const look = async (): Promise<void> => {
    const { violations } = await new AxeBuilder({ page }).include('course-inspector').analyze();
    problems.push(...violations.map(({ id }) => id));
  };
  await choose(page, 'cgroups');
  await expect(panel(page)).toContainText('demo');
  await expect(panel(page)).toContainText('of 20 MiB');
  await look();
  await choose(page, 'Network');
  await expect(panel(page)).toContainText('10.0.0.1/24');
  await expect(panel(page)).toContainText('paired with v1 in net #2');
  await expect(panel(page)).toContainText('paired with v0 in net #1');
  await look();
  await choose(page, 'Mounts');
  const processes = inspector(page).getByRole('combobox');
  const sleep = processes.getByRole('option', { name: /sleep/ }).last();
  await processes.selectOption((await sleep.getAttribute('value')) ?? '');
  await expect(panel(page)).toContainText('inner');
  await look();
  await button(inspector(page), 'Table').click();
  await expect(panel(page).getByRole('rowheader', { name: '/mnt', exact: true })).toBeVisible();
  await look();
  await choose(page, 'Network');
  await expect(panel(page).getByRole('row').filter({ hasText: '10.0.0.1/24' })).toBeVisible();
  await choose(page, 'cgroups');
  await expect(panel(page).getByRole('row').filter({ hasText: 'demo' }).first()).toBeVisible();
  await look();
  expect(problems).toEqual([]);
});

test('a group that a reader removes leaves the drawing, and nothing stays of a namespace @full', async ({
  page,
}) => {
  await openWithObjects(page);
  await choose(page, 'Network');
  await expect(panel(page)).toContainText('net #2');
  const group = cell(page, 'first-group');
  await group
    .getByRole('textbox')
    .fill('kill $pid; sleep 0.2; rmdir /sys/fs/cgroup/demo/in; ip link');
  await group.getByRole('textbox').press('Enter');
  // The pair goes with its last process, since the inspector keeps no namespace open.
  await expect(panel(page)).not.toContainText('v0', { timeout: 15_000 });
  await choose(page, 'cgroups');
  await expect(panel(page)).toContainText('demo');
  await expect(panel(page)).not.toContainText(/\bin\b/);
});
