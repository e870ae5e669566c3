/**
 * Creates a chapter, a cell or a task: npm run new -- chapter SLUG "Title", npm run new -- cell CHAPTER ID,
 * npm run new -- task CHAPTER ID
 */
import { explainMistakes } from '../../src/author-error.ts';
import { top } from '../../src/paths.ts';
import { newCell, newChapter, newTask } from './new-page.ts';

const kinds = { chapter: newChapter, cell: newCell, task: newTask };
const [kind = '', name, second, ...more] = process.argv.slice(2);
const create = Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : undefined;

if (!create || name === undefined || second === undefined || more.length > 0) {
  console.error(
    'usage: npm run new -- chapter SLUG "Title"\n       npm run new -- cell CHAPTER ID\n       npm run new -- task CHAPTER ID',
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
