// A command of a cell as HTML, in the colours of both themes.
import { codeToHtml } from 'shiki';

// Longer ones have to break somewhere on a phone.
const longestWord = 24;

/** Colours a command. Its text is the command's; lines end in "\n". */
export async function highlightCommand(command: string): Promise<string> {
  const html = await codeToHtml(command, {
    lang: 'bash',
    themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    defaultColor: false,
    structure: 'inline',
  });
  // Within <pre> a line's end is a line's end, also for those who read the text and not the layout.
  return keepWords(html.replaceAll('<br>', '\n'));
}

/** Marks the words that a browser would break at their hyphens, such as options. */
export function keepWords(html: string): string {
  return html.replace(/>[^<]+</g, (text) =>
    text.replace(/[^\s<>]*-[^\s<>]*/g, (word) =>
      word.length > longestWord ? word : `<span class="word">${word}</span>`,
    ),
  );
}
