import { expect, test } from 'vitest';
import { highlightCommand, keepWords } from './highlight-command.ts';

const textOf = (html: string) =>
  html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&#x3C;', '<')
    .replaceAll('&#x26;', '&');

test('does not change the text of a command', async () => {
  const command = 'cat > /tmp/a-b <<END\n--one &\nEND\nunshare --mount --uts sh -c "a-b"';
  expect(textOf(await highlightCommand(command))).toBe(command);
});

test('keeps each option on one line', () => {
  expect(keepWords('<span> --net -p x</span>')).toBe(
    '<span> <span class="word">--net</span> <span class="word">-p</span> x</span>',
  );
});

test('allows a long word to break', () => {
  const long = `<span>${'a-'.repeat(13)}</span>`;
  expect(keepWords(long)).toBe(long);
});
