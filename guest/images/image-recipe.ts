/** What an image is made of, beside the files that its folder names. */
export interface ImageRecipe {
  /**
   * Run before the snapshot is taken. What it reads lies in the snapshot's page cache, which every reader
   * fetches; so it is only what the first command of a reader needs.
   */
  prepare: readonly string[];
  /** Run after the snapshot was taken. The parts of the disk that it reads are fetched ahead, in the same order. */
  recorded: readonly string[];
}
