/** The engine: v86 behind our own interface. No other file imports v86. */
import './no-nested-workers.ts';
import { V86 } from 'v86';
import type { BlockDevice } from './block-device.ts';
import { CompileRate, hasCostlyCompiler } from './compile-rate.ts';
import type { Compiler, CompilerImports } from './compile-rate.ts';
import { checkProcessor } from './engine-time.ts';
import type { EngineImports, EngineTime } from './engine-time.ts';
import { MachineError } from '../errors.ts';
import { inflate } from './inflate.ts';
import type { Inflater } from './inflate.ts';
import { realTime } from './real-time.ts';
import { withTimeout } from '../with-timeout.ts';

/** The files for a cold boot, except the disks. */
export interface BootImages {
  bios: Uint8Array<ArrayBuffer>;
  vgaBios: Uint8Array<ArrayBuffer>;
  kernel: Uint8Array<ArrayBuffer>;
  initrd: Uint8Array<ArrayBuffer>;
  commandLine: string;
}

/** An engine can only restore a snapshot that was saved with the same options (v86.d.ts, restore_state). */
export interface EngineOptions {
  wasm: WebAssembly.Module;
  memoryBytes: number;
  /** At most two. Without any, the guest runs from its initramfs, like the benchmark's baseline. */
  disks?: readonly BlockDevice[];
  /** Without it, the engine waits for `restore`. */
  boot?: BootImages;
  /** The default is the computer's time. */
  time?: EngineTime;
  /** Lets v86 compile as much as it does by default, for the benchmark. */
  hasStockCompiler?: boolean;
}

/** An emulated computer. Its second serial line leads to the agent. */
export interface Engine {
  /** Sends bytes to the agent. */
  send(bytes: Uint8Array): void;
  /** Called with the agent's bytes, at most once per turn of the event loop. */
  onReceive: (bytes: Uint8Array) => void;
  /** Called with the kernel's console output, as Latin-1. */
  onConsole: (text: string) => void;
  /** Called when the processor halts for good: poweroff, reboot, panic. */
  onHalt: () => void;
  run(): Promise<void>;
  /** Stops the guest; its clock stands still until `run`. */
  pause(): Promise<void>;
  save(): Promise<Uint8Array<ArrayBuffer>>;
  /** Zeroes the memory of the BIOS and the VGA BIOS, which Linux does not use after its boot. */
  clearFirmware(): void;
  /** Inflates zstd data of a known inflated length. Throws when it is not zstd. */
  inflate(bytes: Uint8Array, inflatedBytes: number): Uint8Array<ArrayBuffer>;
  /** The guest's time in milliseconds, from an arbitrary origin. A restore sets it back, a pause stops it. */
  guestTime(): number;
  /** The guest's executed instructions, modulo 2^32: they measure its work, whatever the host's load. */
  instructions(): number;
  /** Replaces the whole state of the running engine by one from `save`. */
  restore(state: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Ends the engine. Rejects with 'EngineFailed' when v86 does not stop, after a fault of its own for instance. */
  destroy(): Promise<void>;
}

/**
 * The exports of v86's WebAssembly that we use: its clock, which its own restore sets wrongly, its zstd and
 * its compiler.
 */
interface EngineExports extends Compiler, Inflater {
  store_current_tsc(): void;
  set_tsc(low: number, high: number): void;
}

/** Cycles of v86's time stamp counter in a millisecond. */
const TSC_RATE = 1_000_000;
/** Address of the 64-bit time stamp counter that store_current_tsc writes. */
const TSC_ADDRESS = 960;
/** Address of v86's 32-bit count of instructions. */
const INSTRUCTIONS_ADDRESS = 664;

function buffer(bytes: Uint8Array<ArrayBuffer>): { buffer: ArrayBuffer } {
  return { buffer: bytes.slice().buffer };
}

function readClock(exports: EngineExports): [number, number] {
  exports.store_current_tsc();
  const words = new Uint32Array(exports.memory.buffer, TSC_ADDRESS, 2);
  return [words[0] ?? 0, words[1] ?? 0];
}

/**
 * v86's set_tsc ignores the offset from its previous call, so the counter jumps by that offset. Setting the
 * counter to its present value makes the offset zero; the next set_tsc, also in a restore, is then correct.
 */
function clearClockOffset(exports: EngineExports): void {
  exports.set_tsc(...readClock(exports));
}

/**
 * Reads the count of instructions. v86's own function takes 0.5 µs, too slow for a virtual clock, which
 * reads it millions of times during a boot.
 */
function instructionCounter(exports: EngineExports): () => number {
  let count = new Uint32Array(0);
  return () => {
    // When the memory grows, the view becomes empty.
    if (!count.length) count = new Uint32Array(exports.memory.buffer, INSTRUCTIONS_ADDRESS, 1);
    return count[0] ?? 0;
  };
}

/** Address of the initramfs in the guest's memory. If there is no room for it, v86 silently does not boot. */
const INITRD_ADDRESS = 64 << 20;

/** Maximum wait for v86 to start, once its program is compiled, in ms. */
const START_MS = 30_000;
/** Maximum wait for v86 to stop, in ms. */
const DESTROY_MS = 5000;

/** Where a PC has its VGA BIOS, the ROMs of its devices and its BIOS. */
const FIRMWARE = { address: 0xc0000, bytes: 0x40000 };

/** Starts v86. Rejects with 'EngineFailed' when WebAssembly fails or the memory is too small to boot. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { boot, disks: [disk, second] = [] } = options;
  const time = options.time ?? realTime();
  if (boot && options.memoryBytes < INITRD_ADDRESS + boot.initrd.length)
    throw new MachineError(
      'EngineFailed',
      'A machine that boots needs more than 64 MiB of memory.',
    );
  let exports: EngineExports | undefined;
  let emulator: V86 | undefined;
  let release: (() => void) | undefined;
  const isLimited = time.compiles && !options.hasStockCompiler && hasCostlyCompiler();
  const rate = isLimited ? new CompileRate() : undefined;
  const loaded = new Promise<void>((resolve, reject) => {
    emulator = new V86({
      wasm_fn: (imports: WebAssembly.Imports) =>
        WebAssembly.instantiate(options.wasm, changeImports(imports, time, rate)).then(
          ({ exports: found }) => {
            exports = found as unknown as EngineExports;
            rate?.attach(exports, instructionCounter(exports));
            return found;
          },
          (reason: unknown) => {
            // v86 cannot handle this error, so the promise that it awaits stays pending.
            reject(new MachineError('EngineFailed', String(reason), { cause: reason }));
            return new Promise<WebAssembly.Exports>(() => {});
          },
        ) as unknown as Promise<WebAssembly.Exports>,
      memory_size: options.memoryBytes,
      vga_memory_size: 1 << 20,
      // v86 accepts any object with get, set and load as a disk, although its types do not.
      ...(disk && { hda: disk as never }),
      ...(second && { hdb: second as never }),
      uart1: true,
      fastboot: true,
      autostart: false,
      disable_jit: !time.compiles,
      disable_keyboard: true,
      disable_mouse: true,
      disable_speaker: true,
      ...(boot && {
        bios: buffer(boot.bios),
        vga_bios: buffer(boot.vgaBios),
        bzimage: buffer(boot.kernel),
        initrd: buffer(boot.initrd),
        cmdline: boot.commandLine,
      }),
    });
    onceSet(emulator, 'v86', (processor) => {
      try {
        checkProcessor(processor);
        // v86 loads its program before it makes its processor, so `exports` is set.
        release = time.attach(processor, instructionCounter(exports as EngineExports));
      } catch (reason) {
        reject(reason as Error);
      }
    });
    emulator.add_listener('emulator-loaded', () => resolve());
  });
  // v86 reports no error of its start, such as too little memory for the guest.
  const late = () =>
    new MachineError(
      'EngineFailed',
      'The engine did not start. The device may not have enough memory.',
    );
  await withTimeout(START_MS, loaded, late);
  if (!emulator || !exports || !release)
    throw new MachineError('EngineFailed', 'v86 did not create its processor.');
  return wrap(emulator, exports, release);
}

function changeImports(
  imports: WebAssembly.Imports,
  time: EngineTime,
  rate: CompileRate | undefined,
): WebAssembly.Imports {
  const env = imports['env'] as WebAssembly.ModuleImports & EngineImports & CompilerImports;
  const timed = { ...env, ...time.changeImports(env) };
  return { ...imports, env: { ...timed, ...rate?.changeImports(timed) } };
}

/** Calls back when v86 has made its processor, but before it makes the devices, which read the clock. */
function onceSet(owner: object, name: string, onSet: (value: object) => void): void {
  Object.defineProperty(owner, name, {
    configurable: true,
    set(value: object) {
      Object.defineProperty(owner, name, { value, writable: true, configurable: true });
      onSet(value);
    },
  });
}

function wrap(emulator: V86, exports: EngineExports, release: () => void): Engine {
  let received: number[] = [];
  let stoppedAt: [number, number] | undefined;
  // v86 never resolves a stop that is followed by a run too early.
  let stopping: Promise<void> | undefined;
  const engine: Engine = {
    onReceive: () => {},
    onConsole: () => {},
    onHalt: () => {},
    send: (bytes) => emulator.serial_send_bytes(1, bytes),
    async run() {
      await stopping;
      // Otherwise the guest's time would jump by the length of the pause, and all its sleeps would end at once.
      if (stoppedAt) {
        clearClockOffset(exports);
        exports.set_tsc(...stoppedAt);
        stoppedAt = undefined;
      }
      await emulator.run();
    },
    async pause() {
      stopping ??= emulator.stop().finally(() => {
        stopping = undefined;
      });
      await stopping;
      stoppedAt ??= readClock(exports);
    },
    guestTime() {
      const [low, high] = stoppedAt ?? readClock(exports);
      return (high * 2 ** 32 + low) / TSC_RATE;
    },
    inflate: (bytes, inflatedBytes) => inflate(exports, bytes, inflatedBytes),
    instructions: instructionCounter(exports),
    clearFirmware: () => emulator.write_memory(new Uint8Array(FIRMWARE.bytes), FIRMWARE.address),
    async save() {
      return new Uint8Array(await emulator.save_state());
    },
    async restore(state) {
      // Otherwise `sleep 1` takes many seconds after this restore.
      clearClockOffset(exports);
      stoppedAt = undefined;
      received = [];
      const whole = state.byteOffset === 0 && state.byteLength === state.buffer.byteLength;
      await emulator.restore_state(whole ? state.buffer : state.slice().buffer);
      received = [];
    },
    async destroy() {
      // v86 stops in its next slice, which in a browser `release` would prevent. It gets none after a fault.
      const late = () => new MachineError('EngineFailed', 'v86 does not stop.');
      try {
        await withTimeout(DESTROY_MS, emulator.destroy(), late);
      } finally {
        release();
      }
    },
  };
  emulator.add_listener('serial1-output-byte', (byte: number) => {
    received.push(byte);
    if (received.length > 1) return;
    queueMicrotask(() => {
      const bytes = Uint8Array.from(received);
      received = [];
      if (bytes.length) engine.onReceive(bytes);
    });
  });
  emulator.add_listener('serial0-output-byte', (byte: number) => {
    engine.onConsole(String.fromCharCode(byte));
  });
  emulator.add_listener('cpu-event-halt' as never, () => engine.onHalt());
  return engine;
}
