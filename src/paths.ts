/** All paths of this project. For Node only. */
import { basename, join } from 'node:path';

const here = import.meta.dirname;
/** The project's top folder. In a bundle this file is elsewhere, but Astro always runs in the top folder. */
export const top = basename(here) === 'src' ? join(here, '..') : process.cwd();

/** The machine's files. A page fetches them from `machine/` below the site's base. */
export const machineFolder = join(top, 'public/machine');
/** The same files in the built site. */
export const builtMachineFolder = join(top, 'dist/machine');

/** The folder of the images' recipes, with one folder for each image. */
export const imageRecipes = join(top, 'guest/images');
/** The snapshots' paths from the top folder: builds make them, and git ignores them. */
export const snapshotFiles = /^public\/machine\/[\w-]+\/snapshot/;
