/** The paths of this project. No other file knows them. For Node only. */
import { basename, join } from 'node:path';

const here = import.meta.dirname;
/** The project's top folder. In a bundle this file lies elsewhere, but Astro always runs in the top folder. */
export const top = basename(here) === 'src' ? join(here, '..') : process.cwd();

/** The machine's files. A page fetches them from `machine/` below the site's base. */
export const machineFolder = join(top, 'public/machine');
/** The same files in the built site. */
export const builtMachineFolder = join(top, 'dist/machine');

/** The folder of the images' recipes, each in a folder of its name. */
export const imageRecipes = join(top, 'guest/images');
/** Snapshots, by their paths from the top folder: builds make them, and git does not keep them. */
export const snapshotFiles = /^public\/machine\/[\w-]+\/snapshot/;
