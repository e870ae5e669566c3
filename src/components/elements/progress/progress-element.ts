/** <course-progress>: counts what the reader has done in each chapter. Saves it as a file, loads such a file, and forgets it. */
import { keepFocus } from '../keep-focus.ts';
import { onPress } from '../on-press.ts';
import { required } from '../required.ts';
import { allTexts, countDone, describeCount, progressStore } from './page-progress.ts';
import { show as showMarks } from './show-progress.ts';

/** Progress.astro contains its HTML. */
class CourseProgress extends HTMLElement {
  #listening: AbortController | undefined;

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const on = (selector: string, act: () => void): void =>
      onPress(required(this, selector), act, { signal });
    on('.forget', () => this.#ask(true));
    on('.keep', () => this.#ask(false));
    on('.confirm', () => {
      progressStore.forget();
      showMarks();
      this.#ask(false);
      this.#say('Your progress has been deleted from this browser.');
      this.#show();
    });
    on('.save', () => this.#withFiles(({ saveFile }) => saveFile()));
    on('.load', () => required<HTMLInputElement>(this, 'input').click());
    required(this, 'input').addEventListener('change', () => this.#load(), { signal });
    addEventListener('storage', () => this.#show(), { signal });
    this.hidden = false;
    this.#show();
  }

  disconnectedCallback(): void {
    this.#listening?.abort();
  }

  #ask(isAsking: boolean): void {
    const change = (): void => {
      required<HTMLElement>(this, '.forget').hidden = isAsking;
      required<HTMLElement>(this, '.sure').hidden = !isAsking;
    };
    keepFocus(this, change, '.confirm, .forget');
    if (isAsking) this.#say('');
  }

  #load(): void {
    const input = required<HTMLInputElement>(this, 'input');
    const [file] = input.files ?? [];
    if (file) this.#withFiles(({ loadFile }) => loadFile(file));
    // The same file can then be chosen again.
    input.value = '';
  }

  /** Saves or loads a file, and shows what came of it. */
  #withFiles(
    act: (files: typeof import('./progress-file-buttons.ts')) => string | Promise<string>,
  ): void {
    import('./progress-file-buttons.ts').then(act).then(
      (said) => {
        showMarks();
        this.#show();
        this.#say(said);
      },
      () =>
        this.#say('The script that saves and loads progress could not be loaded. Reload the page.'),
    );
  }

  #show(): void {
    allTexts().then(
      (texts) => {
        const progress = progressStore.read();
        for (const item of this.querySelectorAll<HTMLElement>('li')) {
          const address = item.dataset['address'] ?? '';
          const count = countDone(progress, address, texts.get(address));
          required(item, 'span').textContent = `: ${describeCount(count)}`;
        }
      },
      () => this.#say('The list of cells could not be loaded. Reload the page.'),
    );
  }

  #say(text: string): void {
    required(this, '.said').textContent = text;
  }
}

if (!customElements.get('course-progress'))
  customElements.define('course-progress', CourseProgress);
