/** The machine's files in a browser, for the page and for its worker. */
import { downloader } from './download.ts';
import { httpFiles } from './files.ts';
import type { FileSource, FileUrls } from './files.ts';
import { sha256 } from './hash.ts';

/** Downloads with this thread's `fetch` and timers. */
export const download = downloader({
  fetch: (url, init) => fetch(url, init),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
  onOnline: (call) => {
    addEventListener('online', call);
    return () => removeEventListener('online', call);
  },
});

export function browserFiles(urls: FileUrls): FileSource {
  return httpFiles(urls, download, sha256);
}
