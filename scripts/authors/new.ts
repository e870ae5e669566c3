/** Creates a chapter or a cell: npm run new -- chapter SLUG "Title", npm run new -- cell CHAPTER ID */
import { explainMistakes } from '../../src/author-error.ts';
import { top } from '../../src/paths.ts';
import { newCell, newChapter } from './new-page.ts';

const kinds = { chapter: newChapter, cell: newCell };
const [kind = '', name, second, ...more] = process.argv.slice(2);
const create = Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : undefined;

if (!create || name === undefined || second === undefined || more.length > 0) {
  console.error(
    'usage: npm run new -- chapter SLUG "Title"\n       npm run new -- cell CHAPTER ID',
  );
  process.exit(2);
}
try {
  for (const line of create(top, name, second)) console.log(line);
} catch (error) {
  const mistakes = explainMistakes(error);
  if (!mistakes) throw error;
  console.error(`${mistakes}\nNothing was written.`);
  process.exit(1);
}
