// Checks which versions of Node can install the packages, from `engines` in package.json. This file also runs on
// much older versions, so that they print a sentence instead of a stack.
import { readFileSync } from 'fs';

/** The version that .nvmrc names. Any newer one can run the project's own scripts as well. */
export const bestMajor = 24;

/** Whether a version is in a range that consists of `^1.2.3` and `>=1.2.3`. */
export function satisfies(version, range) {
  return range.split('||').some((part) => {
    const [least, ...rest] = numbersOf(part);
    const [major, ...more] = numbersOf(version);
    if (part.includes('^') && major !== least) return false;
    return compare([major, ...more], [least, ...rest]) >= 0;
  });
}

/** The version of Node on which npm runs. It can differ from this one, since `node_modules/.bin` has a Node. */
export function nodeOfNpm(environment = process.env) {
  const agent = /\bnode\/v(\d+\.\d+\.\d+)/.exec(environment.npm_config_user_agent || '');
  return agent ? agent[1] : process.versions.node;
}

/** The sentence for a Node that cannot install the packages, or nothing. */
export function unfitNode(version = nodeOfNpm(), range = readRange()) {
  if (satisfies(version, range)) return '';
  return (
    `This project needs Node ${inWords(range)}, but this is Node ${version}: ` +
    `install Node ${bestMajor} from nodejs.org or with a version manager, and run the command again.`
  );
}

/** A range in words: `^20.19.0 || >=22.12.0` is “20.19 (or a newer 20) or 22.12 (or any newer)”. */
export function inWords(range) {
  const words = range.split('||').map((part) => {
    const [major, minor] = numbersOf(part);
    return `${major}.${minor} (or ${part.includes('^') ? `a newer ${major}` : 'any newer'})`;
  });
  return words.join(' or ');
}

function readRange() {
  const file = new URL('../../package.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).engines.node;
}

function numbersOf(text) {
  const numbers = text.match(/\d+/g) || [];
  return [0, 1, 2].map((i) => Number(numbers[i] || 0));
}

function compare(a, b) {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
