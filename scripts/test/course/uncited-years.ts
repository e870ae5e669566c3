// Finds dates in a page that have no citation.

/** The blocks of a page that name a year and have no citation, each with its first line's number. */
export function findUncitedYears(text: string): { line: number; text: string }[] {
  return findBlocks(text).filter(
    ({ text }) => /\b(?:19[6-9]|20[0-3])\d\b/.test(words(text)) && !text.includes('<Cite'),
  );
}

/** Paragraphs, list items and rows of tables outside of fences. */
function findBlocks(text: string): { line: number; text: string }[] {
  const blocks: { line: number; text: string }[] = [];
  let fence = '';
  let isOpen = false;
  for (const [index, line] of text.split('\n').entries()) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (mark && (!fence || mark.startsWith(fence))) {
      fence = fence ? '' : mark;
      isOpen = false;
      continue;
    }
    if (fence || !line.trim()) {
      isOpen = false;
      continue;
    }
    const last = blocks.at(-1);
    const begins = /^\s*(?:[-*+]|\d+[.)]|\||#)/.test(line);
    if (isOpen && !begins && last) last.text += `\n${line}`;
    else blocks.push({ line: index + 1, text: line });
    isOpen = true;
  }
  return blocks;
}

// A number in an address or in a command need not be a year.
function words(text: string): string {
  return text.replaceAll(/`[^`]*`|\]\([^)]*\)|^\[[^\]]*\]: .*$/gm, '');
}
