/** Saves progress as a file, and loads such a file. Nothing is sent anywhere. Loaded at the first press. */
import { counted } from '../../../counted.ts';
import { allTexts, progressStore } from './page-progress.ts';
import {
  countEntries,
  FILE_NAME,
  MAX_FILE_BYTES,
  mergeProgress,
  printProgressFile,
  ProgressFileError,
  readProgressFile,
} from './progress-file.ts';

/** Has the browser save the progress as a file. Returns a sentence for the reader. */
export function saveFile(): string {
  const text = printProgressFile(progressStore.read());
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = FILE_NAME;
  link.click();
  // The browser reads the file after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return `Your browser is saving your progress as “${FILE_NAME}”.`;
}

/** Adds a file's progress to that of this browser. Resolves to a sentence for the reader. Never rejects. */
export async function loadFile(file: Blob): Promise<string> {
  try {
    if (file.size > MAX_FILE_BYTES) {
      throw new ProgressFileError('This file is too large to be a progress file of this course.');
    }
    const texts = await allTexts().catch(() => {
      throw new ProgressFileError('The list of cells could not be loaded. Reload the page.');
    });
    const hashes = [...texts].map(([address, { cells, tasks }]) => {
      return [address, new Map(Object.entries({ ...cells, ...tasks }))] as const;
    });
    const loaded = readProgressFile(await file.text(), new Map(hashes));
    const count = countEntries(loaded);
    if (!count)
      throw new ProgressFileError(
        'This file contains no progress for the current version of this course.',
      );
    if (!progressStore.replace(mergeProgress(progressStore.read(), loaded))) {
      throw new ProgressFileError(
        'A newer version of this site has stored your progress in this browser. Reload the page.',
      );
    }
    return `Loaded ${counted(count, 'entry', 'entries')} from the file.`;
  } catch (error) {
    const reason = error instanceof ProgressFileError ? error.message : 'The file cannot be read.';
    return `Nothing was loaded. ${reason}`;
  }
}
