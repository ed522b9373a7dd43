/**
 * Test runner settings: everything under tests/ named *.test.ts(x). With `--mode long` what takes long, which system
 * block `long` runs because `npm test` is to stay short; harness, system and bench runs have runners of their own.
 */
import { defineConfig } from 'vitest/config'

export default defineConfig(({ mode }) => ({
  test: {
    ...(mode === 'long'
      ? { include: ['tests/long/**/*.test.ts'], maxWorkers: 2 }
      : // Many tests wait for processes and clocks: a third worker uses what two cores leave.
        { include: ['tests/**/*.test.{ts,tsx}'], exclude: ['tests/long/**'], maxWorkers: 3 }),
    setupFiles: ['tests/support/after-file.ts'],
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
  },
}))
