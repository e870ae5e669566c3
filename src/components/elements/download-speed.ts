/** The speed of a download over its last seconds. */

const WINDOW_MS = 5000;
/** Too short to give a speed. */
const MIN_MS = 500;

export class DownloadSpeed {
  readonly #samples: { bytes: number; at: number }[] = [];

  /** Notes the bytes so far at a time in milliseconds. Fewer bytes than before begin a new download. */
  add(bytes: number, at: number): void {
    const samples = this.#samples;
    if (bytes < (samples.at(-1)?.bytes ?? 0)) samples.length = 0;
    samples.push({ bytes, at });
    while (samples.length > 2 && at - (samples[1]?.at ?? at) >= WINDOW_MS) samples.shift();
  }

  /** Forgets what it has measured. */
  clear(): void {
    this.#samples.length = 0;
  }

  /** Bytes per second; undefined while it is unknown. */
  get bytesPerSecond(): number | undefined {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (!first || !last || last.at - first.at < MIN_MS || last.bytes === first.bytes)
      return undefined;
    return ((last.bytes - first.bytes) / (last.at - first.at)) * 1000;
  }
}
