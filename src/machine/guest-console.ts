/** The kernel's console, as the machine listens to it. */
import type { Engine } from './engine/engine.ts';
import { listenForLastWords } from './engine/last-words.ts';
import { listenForNotices } from './kernel-notices.ts';
import type { KernelNotice } from './kernel-notices.ts';

export class GuestConsole {
  readonly #listeners = new Set<(notice: KernelNotice) => void>();
  readonly #onText: ((text: string) => void) | undefined;

  /** `onText` gets all text of the console. */
  constructor(onText?: (text: string) => void) {
    this.#onText = onText;
  }

  /** Calls the listener with each notice of the kernel. Returns a function that unsubscribes. */
  onNotice(listener: (notice: KernelNotice) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Listens to an engine. Calls `onStopped` with a sentence for the reader when its kernel stops. */
  listenTo(
    engine: Pick<Engine, 'onHalt' | 'onConsole'>,
    onStopped: (message: string) => void,
  ): void {
    const hearLastWords = listenForLastWords(onStopped);
    const hearNotices = listenForNotices((notice) => {
      for (const listener of this.#listeners) listener(notice);
    });
    // A panic does not halt the processor, and a halt does not give a reason.
    engine.onHalt = () => onStopped('The processor halted.');
    engine.onConsole = (text) => {
      this.#onText?.(text);
      hearLastWords(text);
      hearNotices(text);
    };
  }
}
