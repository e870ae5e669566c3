/** A tenth of the groups of commands; conformance.soak.test.ts types all of them. */
import { describe, expect, test } from 'vitest';
import { files, testGroups } from './test-groups.ts';

testGroups((number) => number % 10 === 0);

describe.each(files)('$name', ({ name, groups, answers }) => {
  test('has Debian’s output for each of its commands', () => {
    const commands = groups.map((group) => group.commands.map(({ command }) => command));
    const answered = answers.map((group) => group.commands.map(({ command }) => command));
    expect(answered, `Record them: npm run guest:debian -- ${name}`).toEqual(commands);
  });
});

test('at least 97 % of the commands print the same as on Debian', () => {
  const commands = files.flatMap(({ groups }) => groups.flatMap((group) => group.commands));
  expect(commands.length).toBeGreaterThanOrEqual(200);
  const differ = commands.filter(({ reason }) => reason !== undefined);
  expect(differ.length / commands.length).toBeLessThanOrEqual(0.03);
});
