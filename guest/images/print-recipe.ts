/**
 * Prints the values of a recipe for guest/build.sh: the Debian packages or the layers, one per line, or label and size
 * in MiB of the scratch disk, if any. usage: node guest/images/print-recipe.ts IMAGE packages|layers|scratch
 */
import { readPackages, readRecipe } from './read-recipe.ts';

const [image = '', what] = process.argv.slice(2);
const { root, scratch } = await readRecipe(image);
if (what === 'packages') console.log((await readPackages(image)).join('\n'));
else if (what === 'layers') console.log(root.layers.join('\n'));
else if (scratch) console.log(scratch.label, scratch.mebibytes);
