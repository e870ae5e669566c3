/** The baseline: the same engine with Debian's stock kernel, an initramfs and Debian's programs. */
import { createEngine } from '../../src/machine/engine/engine.ts';
import type { Engine } from '../../src/machine/engine/engine.ts';
import { compileEngine } from '../../src/machine/load-machine.ts';
import type { MachineEffects } from '../../src/machine/load-machine.ts';
import type { ImageEntry } from '../../src/machine/image/manifest.ts';
import type { Baseline } from './find-baseline.ts';
import { serialShell } from './shell.ts';
import type { Shell } from './shell.ts';

/** Its initramfs is in memory, and takes twice its size while the kernel unpacks it. */
export const BASELINE_MEMORY_BYTES = 256 * 1024 * 1024;

/** A fair command line: no probing for missing hardware, and no mitigations for bugs of real processors. */
export const BASELINE_COMMAND_LINE =
  'console=ttyS0 quiet tsc=reliable random.trust_cpu=on mitigations=off';

/**
 * How often v86 compiles, and how many pages at once: `stock` is v86's default, `tuned` is our machine's setting
 * (src/machine/engine/compile-rate.ts).
 */
export type CompileSetting = 'stock' | 'tuned';

/** A running baseline at its shell's prompt. */
export interface BootedBaseline {
  engine: Engine;
  shell: Shell;
}

export type BootBaseline = (setting: CompileSetting) => Promise<BootedBaseline>;

/**
 * Boots it to the shell's first prompt, with the given compile setting. Rejects when the guest halts or prints nothing for
 * five minutes.
 */
export async function bootBaseline(
  baseline: Baseline,
  image: ImageEntry,
  { files }: MachineEffects,
  setting: CompileSetting,
): Promise<BootedBaseline> {
  const engine = await createEngine({
    wasm: await compileEngine(await files.readEngine(undefined)),
    memoryBytes: BASELINE_MEMORY_BYTES,
    hasStockCompiler: setting === 'stock',
    boot: {
      bios: await files.read(image.bios),
      vgaBios: await files.read(image.vgaBios),
      kernel: baseline.vmlinuz,
      initrd: baseline.initrd,
      commandLine: BASELINE_COMMAND_LINE,
    },
  });
  let console = '';
  engine.onConsole = (text) => (console = (console + text).slice(-4096));
  const halted = new Promise<never>((_, reject) => {
    engine.onHalt = () => reject(new Error(`The baseline stopped:\n${console}`));
  });
  return { engine, shell: await Promise.race([serialShell(engine), halted]) };
}
