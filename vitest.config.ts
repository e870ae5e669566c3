import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,scripts,guest}/**/*.test.ts'],
          exclude: ['**/*.machine.test.ts'],
        },
      },
      {
        // These boot or restore the emulated machine: one at a time, and with patience.
        test: {
          name: 'machine',
          include: ['{src,guest}/**/*.machine.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
