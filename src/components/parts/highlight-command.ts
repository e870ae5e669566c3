// Highlights a command of a cell as HTML, in the colours of both themes.
import { codeToHtml } from 'shiki';

// Longer words have to break on a phone.
const longestWord = 24;

/** Highlights a command without changing its text; lines end in "\n". */
export async function highlightCommand(command: string): Promise<string> {
  const html = await codeToHtml(command, {
    lang: 'bash',
    themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    defaultColor: false,
    structure: 'inline',
  });
  // Within <pre> a newline ends a line, also for programs that read only the text.
  const lines = html.split('<br>').map((line) => `<span class="line">${keepWords(line)}</span>`);
  return lines.join('\n');
}

/** Marks the words that a browser would break at their hyphens, such as options. */
export function keepWords(html: string): string {
  return html.replace(/>[^<]+</g, (text) =>
    text.replace(/[^\s<>]*-[^\s<>]*/g, (word) =>
      word.length > longestWord ? word : `<span class="word">${word}</span>`,
    ),
  );
}
