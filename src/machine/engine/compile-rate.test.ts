import { expect, test } from 'vitest';
import { CompileRate, hasCostlyCompiler, PAUSE } from './compile-rate.ts';

/** A compiler that is on or off, and a guest whose count of instructions the test sets. */
function setUp() {
  const compiler = {
    isOn: true,
    pages: 3,
    set_jit_config(index: number, value: number) {
      if (index === 0) this.isOn = value === 0;
      if (index === 1) this.pages = value;
    },
  };
  const guest = { count: 0 };
  const compiled: number[][] = [];
  const rate = new CompileRate();
  const { codegen_finalize, run_hardware_timers } = rate.changeImports({
    codegen_finalize: (...code) => void compiled.push(code),
    run_hardware_timers: (acpi, now) => (acpi ? now + 1 : 0),
  });
  rate.attach(compiler, () => guest.count >>> 0);
  const execute = (instructions: number) => {
    guest.count += instructions;
    return run_hardware_timers(true, 41);
  };
  return { compiler, compiled, compile: codegen_finalize, execute, guest };
}

test('one page is compiled at a time', () => {
  expect(setUp().compiler.pages).toBe(1);
});

test('after a compilation nothing is compiled until the guest has executed a million instructions', () => {
  const { compiler, compile, execute } = setUp();
  expect(compiler.isOn).toBe(true);
  compile();
  expect(compiler.isOn).toBe(false);
  execute(PAUSE - 1);
  expect(compiler.isOn).toBe(false);
  execute(1);
  expect(compiler.isOn).toBe(true);
});

test('work before a compilation does not shorten the pause after it', () => {
  const { compiler, compile, execute, guest } = setUp();
  for (let i = 0; i < 100; i++) execute(PAUSE);
  // v86 executes up to about 100,000 instructions between two calls of run_hardware_timers.
  guest.count += 50_000;
  compile();
  expect(compiler.isOn).toBe(false);
  execute(PAUSE - 1);
  expect(compiler.isOn).toBe(false);
});

test('the count of instructions may wrap around', () => {
  const { compiler, compile, execute, guest } = setUp();
  guest.count = 2 ** 32 - 1000;
  execute(0);
  compile();
  execute(2000);
  expect(compiler.isOn).toBe(false);
  execute(PAUSE - 2000);
  expect(compiler.isOn).toBe(true);
});

test('the calls go on to v86', () => {
  const { compiled, compile, execute } = setUp();
  compile(5, 4, 3, 2, 1);
  expect(compiled).toEqual([[5, 4, 3, 2, 1]]);
  expect(execute(1000)).toBe(42);
});

test.each([
  ['Node.js/24', true],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36', true],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', false],
  ['Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/18.4 Safari/605.1.15', false],
  // Chrome on a phone of Apple's runs on WebKit.
  ['Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 CriOS/140.0.0.0 Mobile Safari/604.1', false],
])('%s: compilations are costly: %s', (userAgent, isCostly) => {
  expect(hasCostlyCompiler(userAgent)).toBe(isCostly);
});
