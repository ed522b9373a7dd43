/**
 * Test runner settings: everything under tests/ named *.test.ts(x). With `--mode long` what takes long, which system
 * block `long` runs because `npm test` is to stay short; harness, system and bench runs have runners of their own.
 */
import { defineConfig } from 'vitest/config'

/** Files that change what a process has only once (a page, the working folder, the environment): each in a process of its own. */
const ALONE = ['tests/dashboard/**', 'tests/agent/probe/**', 'tests/tools/**']

const COMMON = {
  setupFiles: ['tests/support/after-file.ts'],
  pool: 'forks' as const,
  testTimeout: 30_000,
  hookTimeout: 60_000,
  teardownTimeout: 10_000,
}

export default defineConfig(({ mode }) => ({
  test:
    mode === 'long'
      ? { ...COMMON, include: ['tests/long/**/*.test.ts'], maxWorkers: 2 }
      : {
          // Many tests wait for processes and clocks: a third worker uses what two cores leave.
          maxWorkers: 3,
          projects: [
            // A new process for each file costs more than most files: these share three, one after the other.
            {
              test: {
                ...COMMON,
                name: 'together',
                include: ['tests/**/*.test.{ts,tsx}'],
                exclude: ['tests/long/**', ...ALONE],
                isolate: false,
              },
            },
            { test: { ...COMMON, name: 'alone', include: ALONE.map((folder) => `${folder}/*.test.{ts,tsx}`) } },
          ],
        },
}))
