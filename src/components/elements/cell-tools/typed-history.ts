/** The commands that were typed at a prompt, for the arrow keys: up to earlier ones, down to later ones. */
export class TypedHistory {
  #commands: string[] = [];
  /** Index of the shown command. It equals the number of commands while the unfinished text is shown. */
  #at = 0;
  #unfinished = '';

  add(command: string): void {
    if (this.#commands.at(-1) !== command) this.#commands.push(command);
    this.#at = this.#commands.length;
  }

  /** The text to show after this key, or undefined if the key does nothing here. `shown` is the present text. */
  move(key: string, shown: string): string | undefined {
    const to = this.#at + ({ ArrowUp: -1, ArrowDown: 1 }[key] ?? 0);
    if (to === this.#at || to < 0 || to > this.#commands.length) return undefined;
    if (this.#at === this.#commands.length) this.#unfinished = shown;
    this.#at = to;
    return this.#commands[to] ?? this.#unfinished;
  }
}
