// The cost of starting a machine of an image, which its pages state before the download.
import { DEFAULT_IMAGE } from '../machine/image/default-image.ts';
import { readImage } from '../machine/image/read-image.ts';
import { readRecord, recordFile } from '../machine/image/snapshot-record.ts';
import { nodeEffects } from '../machine/node-machine.ts';
import { imageRecipes, machineFolder } from '../paths.ts';

export interface StartCost {
  /** The download in MB: whole numbers from 10 on. */
  megabytes: number;
  /** The number of machines of the default image that have as much memory together. */
  machines: number;
}

/** Undefined for the default image, whose cost is small, and for an image whose snapshot has no record yet. */
export async function startCost(
  image: string,
  folder = machineFolder,
  recipes = imageRecipes,
): Promise<StartCost | undefined> {
  const record = readRecord(recordFile(image, recipes));
  if (image === DEFAULT_IMAGE || !record) return undefined;
  const [own, other] = await Promise.all(
    [image, DEFAULT_IMAGE].map((name) => readImage(nodeEffects(folder, name))),
  );
  const machines = (own?.memoryBytes ?? 0) / (other?.memoryBytes ?? 1);
  const megabytes = record.megabytes < 10 ? record.megabytes : Math.round(record.megabytes);
  return { megabytes, machines };
}
