/** Prints label and size in MiB of an image's scratch disk, if it has one. usage: node print-scratch.ts IMAGE */
import { readRecipe } from './read-recipe.ts';

const { scratch } = await readRecipe(process.argv[2] ?? '');
if (scratch) console.log(scratch.label, scratch.mebibytes);
