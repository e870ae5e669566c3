/** Reads the recipes of the images: guest/images/<name>/image.ts. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { imageRecipes } from '../../src/paths.ts';
import type { ImageRecipe } from './image-recipe.ts';

/** The folder of an image's recipe. */
export function imageFolder(name: string): string {
  return join(imageRecipes, name);
}

/** Rejects when there is no such image. */
export async function readRecipe(name: string): Promise<ImageRecipe> {
  const path = join(imageFolder(name), 'image.ts');
  const found = (await import(pathToFileURL(path).href).catch((cause: unknown) => {
    throw new Error(`There is no image "${name}": ${path} cannot be read.`, { cause });
  })) as { image: ImageRecipe };
  return found.image;
}

/** The Debian packages of an image, without their dependencies. Rejects when there is no such image. */
export async function readPackages(name: string): Promise<string[]> {
  const { extends: base } = await readRecipe(name);
  const text = await readFile(join(imageFolder(name), 'packages'), 'utf8');
  const own = text.replace(/#.*$/gm, '').split(/\s+/).filter(Boolean);
  return base === undefined ? own : [...(await readPackages(base)), ...own];
}
