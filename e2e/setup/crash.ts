/** Kills the console without a word. Its starter starts it again; answers when it is back. */
import { expect, inject } from 'vitest'
import { killHard } from '../../tools/crash/processes.ts'

const BACK_WITHIN_MS = 60_000

export async function killConsole(): Promise<void> {
  const { starterPid, env, url } = inject('product')
  expect(killHard('console', starterPid, env['CHOBA_DATA_DIR'] ?? '')).toHaveLength(1)
  async function isReady(): Promise<boolean> {
    return fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
  }
  // The old one may still hold the port for a moment: it is gone first.
  await expect.poll(isReady, { timeout: BACK_WITHIN_MS, interval: 50 }).toBe(false)
  await expect.poll(isReady, { timeout: BACK_WITHIN_MS, interval: 200 }).toBe(true)
}
