/**
 * Prints what guest/build.sh needs of a recipe: the layers, one a line, or label and size in MiB of the scratch
 * disk, if there is one. usage: node guest/images/print-recipe.ts IMAGE layers|scratch
 */
import { readRecipe } from './read-recipe.ts';

const [image = '', what] = process.argv.slice(2);
const { root, scratch } = await readRecipe(image);
if (what === 'layers') console.log(root.layers.join('\n'));
else if (scratch) console.log(scratch.label, scratch.mebibytes);
