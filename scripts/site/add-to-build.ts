// Adds snapshots that were made after the pages to the built site.
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { builtMachineFolder, machineFolder } from '../../src/paths.ts';
import { writeFileList } from './file-list.ts';

/** Copies an image's snapshot into the built site, in place of an older one. `to` is the machine's folder in it. */
export async function addToBuild(
  image: string,
  from = machineFolder,
  to = builtMachineFolder,
): Promise<void> {
  const snapshots = async (folder: string): Promise<string[]> => {
    const files = await readdir(join(folder, image)).catch(() => []);
    return files.filter((file) => file.startsWith('snapshot'));
  };
  const wanted = await snapshots(from);
  await mkdir(join(to, image), { recursive: true });
  for (const file of wanted) await copyFile(join(from, image, file), join(to, image, file));
  const old = (await snapshots(to)).filter((file) => !wanted.includes(file));
  for (const file of old) await rm(join(to, image, file));
  await writeFileList(dirname(to));
}
