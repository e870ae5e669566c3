import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,scripts,guest}/**/*.test.ts'],
          exclude: ['**/*.{machine,soak}.test.ts'],
          // The test files of a process share their modules. Loading the modules again for each file takes as long as the tests.
          isolate: false,
          unstubGlobals: true,
          restoreMocks: true,
        },
      },
      {
        // These boot or restore the emulated machine, one at a time.
        test: {
          name: 'machine',
          include: ['{src,scripts,guest}/**/*.machine.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // Long tests, for `npm run test:full`.
        test: {
          name: 'soak',
          include: ['{src,guest}/**/*.soak.test.ts'],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
