/**
 * Prints the values of a recipe for guest/build.sh: the Debian packages or the layers, one per line, the image that it
 * extends, if any, or label and size in MiB of the scratch disk, if any.
 * usage: node guest/images/print-recipe.ts IMAGE packages|layers|extends|scratch
 */
import { readPackages, readRecipe } from './read-recipe.ts';

const [image = '', what] = process.argv.slice(2);
const { extends: base, root, scratch } = await readRecipe(image);
if (what === 'packages') console.log((await readPackages(image)).join('\n'));
else if (what === 'layers') console.log(root.layers.join('\n'));
else if (what === 'extends') console.log(base ?? '');
else if (scratch) console.log(scratch.label, scratch.mebibytes);
