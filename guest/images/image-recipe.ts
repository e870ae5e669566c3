/** A file system of ours to write on. */
export interface EmptyDisk {
  /** What the kernel calls it. */
  device: string;
  label: string;
  mebibytes: number;
  /** Where the agent mounts it. */
  mountPoint: string;
}

/** What an image is made of, beside the files that its folder names. */
export interface ImageRecipe {
  /** Memory of the machine, in MiB; a snapshot holds only what is used of it. */
  memory: number;
  /** Limit of what may be committed, in MiB, all parts together. */
  limit: number;
  /** Options of the kernel. What the agent has to mount is added when the image is packed. */
  kernelOptions: readonly string[];
  /**
   * The disk with the programs: what the kernel calls it, and its layers, the lowest first. What a later one
   * has takes the place of what earlier ones have; libraries that earlier ones have are not taken again.
   */
  root: { device: string; layers: readonly string[] };
  /** An ext4 file system without anything in it, as a second disk. */
  scratch?: EmptyDisk;
  /**
   * Run before the snapshot is taken. What it reads lies in the snapshot's page cache, which every reader
   * fetches; so it is only what the first command of a reader needs.
   */
  prepare: readonly string[];
  /** Run after the snapshot was taken. The parts of the disk that it reads are fetched ahead, in the same order. */
  recorded: readonly string[];
}
