/** An empty file system for writing. */
export interface EmptyDisk {
  label: string;
  mebibytes: number;
}

/** The components of an image, in addition to the files in its folder. */
export interface ImageRecipe {
  /** An image whose Debian packages this one has as well. */
  extends?: string;
  /** Memory of the machine, in MiB; a snapshot contains only the used part. */
  memory: number;
  /** Limit for the committed size of all parts together, in MiB. */
  limit: number;
  /** Options of the kernel. Packing the image adds the layers for the agent. */
  kernelOptions: readonly string[];
  /**
   * The disk with the programs: the kernel's name for it, and its layers, lowest first. Files of a later layer
   * replace those of earlier ones; libraries in earlier layers are not added again.
   */
  root: {
    device: string;
    layers: readonly string[];
    /** MiB of the parts of a layer; 0.5 for a layer that is not named. Large parts are for files that have much in common. */
    partMebibytes?: Readonly<Record<string, number>>;
  };
  /** An empty ext4 file system, as a second disk. A layer's fstab(5) says where it can be mounted. */
  scratch?: EmptyDisk;
  /**
   * Commands to run before the snapshot. The files that they read stay in the snapshot's page cache, which
   * every reader downloads, so they read only those for a reader's first cell.
   */
  prepare: readonly string[];
  /** Commands to run after the snapshot. Pages prefetch the parts of the disk that they read, in that order. */
  recorded: readonly string[];
}
