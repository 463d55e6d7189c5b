import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LiveLast } from './e2e/setup/sequencer.ts'

/** Tests that do not use the server of the test run: pure rooms, and those that start their own. */
const OWN_SERVER_OR_NONE = [
  'apps/bff/src/domain/**/*.test.ts',
  'apps/bff/src/core/**/*.test.ts',
  'apps/bff/src/invoices/**/*.test.ts',
  'apps/bff/src/db/{embedded,server-check}.test.ts',
]

/** The BFF and the pretend provider together. */
const HOUSE = 'tools/house/**/*.test.ts'

/** Tests speak both languages. */
const WORDS = ['packages/shared/src/labels/all.ts']

export default defineConfig({
  test: {
    sequence: { sequencer: LiveLast },
    // On two cores the runner's own choice is one at a time, which takes twice as long.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'packages/**/*.test.ts',
            'apps/web/**/*.test.{ts,tsx}',
            'apps/sandbox/**/*.test.ts',
            'tools/**/*.test.ts',
            ...OWN_SERVER_OR_NONE,
          ],
          exclude: [HOUSE, '**/node_modules/**'],
          setupFiles: WORDS,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'database',
          include: ['apps/bff/**/*.test.ts', HOUSE],
          exclude: [...OWN_SERVER_OR_NONE, '**/node_modules/**'],
          globalSetup: ['apps/bff/src/testing/global-setup.ts'],
          setupFiles: WORDS,
          // Each file has a database of its own; the program is loaded once for all of them, which saves a third of the time.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['e2e/**/*.test.ts'],
          globalSetup: ['e2e/setup/product.ts'],
          setupFiles: WORDS,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 15_000, interval: 100 } },
          fileParallelism: false,
        },
      },
    ],
  },
})
