/** Finds what breaks a rule of language. */
import { lineOf, passagesOf } from './passages.ts';
import { proseRules } from './rules.ts';

export interface Breach {
  file: string;
  line: number;
  rule: string;
  /** The words that break the rule. */
  found: string;
  advice: string;
}

/** Maximum number of words in a sentence of a page. */
export const longest = 40;

/** The places of a file that break a rule, in the order of the rules within each passage. */
export function findBreaches(file: string, source: string): Breach[] {
  const breaches: Breach[] = [];
  for (const passage of passagesOf(file, source)) {
    for (const { rule, pattern, advice } of proseRules) {
      const match = pattern.exec(passage.text);
      if (!match) continue;
      const found = match[0].trim();
      breaches.push({ file, line: lineOf(passage, match.index), rule, found, advice });
    }
    if (!file.endsWith('.mdx')) continue;
    for (const { index, words } of sentencesIn(passage.text)) {
      if (words.length <= longest) continue;
      const found = `${words.slice(0, 8).join(' ')} …`;
      const advice = `This sentence has ${words.length} words. Split it: at most ${longest} words a sentence.`;
      breaches.push({ file, line: lineOf(passage, index), rule: 'J', found, advice });
    }
  }
  return breaches;
}

function* sentencesIn(text: string): Generator<{ index: number; words: string[] }> {
  for (const match of text.matchAll(/.+?(?:[.!?:;][”")]?(?=\s|$)|$)/g)) {
    yield { index: match.index, words: match[0].split(/\s+/).filter(Boolean) };
  }
}
