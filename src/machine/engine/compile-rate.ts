/**
 * How often v86 compiles, and how many pages at once. In V8, which runs in Chromium and Node, a compilation takes a long
 * time. A short command usually ends before its compiled code has saved that time. A long loop runs long enough. In V8, v86
 * therefore compiles one page of the guest's code at a time. After each compilation, it compiles nothing until the guest has
 * executed a million instructions. Code that is already compiled stays in use. A compilation takes about a tenth as long in
 * Firefox as in Chromium, and about a third as long in WebKit. There, a pause costs more time than it saves. docs/levers.md
 * has the figures.
 */

/** The least number of instructions that the guest executes between two compilations. */
export const PAUSE = 1_000_000;
/** The most pages of the guest's code in one compilation. v86 has three by default. */
const PAGES_PER_COMPILATION = 1;

/** The function of v86's program that sets up its compiler; see set_jit_config in v86's src/rust/jit.rs. */
export interface Compiler {
  set_jit_config(index: number, value: number): void;
}

/** Whether this is V8, by the value of `navigator.userAgent`, which Node has as well. */
export function hasCostlyCompiler(userAgent = navigator.userAgent): boolean {
  return /\b(Chrome|Chromium|Node\.js)\//.test(userAgent);
}

/** Indexes of set_jit_config, with v86's names. The value 1 at JIT_DISABLED switches compilation off. */
const SETTING = { JIT_DISABLED: 0, MAX_PAGES: 1 } as const;

/** The imports of v86's program that are observed here. */
export interface CompilerImports {
  /** Makes WebAssembly of code that the compiler has generated. */
  codegen_finalize: (...code: number[]) => void;
  /** Runs all due timers. v86 calls it about every 100,000 instructions, and when the guest rests. */
  run_hardware_timers: (acpi: boolean, now: number) => number;
}

/** Limits how often one v86 compiles. */
export class CompileRate {
  #compiler: Compiler | undefined;
  #instructions: () => number = () => 0;
  #seen = 0;
  /** Instructions until the next compilation. */
  #left = 0;

  changeImports({ codegen_finalize, run_hardware_timers }: CompilerImports): CompilerImports {
    return {
      codegen_finalize: (...code) => {
        this.#count();
        this.#left = PAUSE;
        this.#compiler?.set_jit_config(SETTING.JIT_DISABLED, 1);
        codegen_finalize(...code);
      },
      run_hardware_timers: (acpi, now) => {
        this.#count();
        return run_hardware_timers(acpi, now);
      },
    };
  }

  /** Called with v86's new program, and the guest's count of executed instructions modulo 2^32. */
  attach(compiler: Compiler, instructions: () => number): void {
    compiler.set_jit_config(SETTING.MAX_PAGES, PAGES_PER_COMPILATION);
    this.#compiler = compiler;
    this.#instructions = instructions;
    this.#seen = instructions();
  }

  #count(): void {
    const count = this.#instructions();
    const executed = (count - this.#seen) >>> 0;
    this.#seen = count;
    if (this.#left === 0) return;
    // A restored guest brings another count. That ends the pause a little early, or at once.
    this.#left = Math.max(0, this.#left - executed);
    if (this.#left === 0) this.#compiler?.set_jit_config(SETTING.JIT_DISABLED, 0);
  }
}
