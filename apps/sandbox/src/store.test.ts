import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { openStore } from './store.ts'

const folders: string[] = []

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'choba-sandbox-'))
  folders.push(folder)
  return folder
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

describe('the store', () => {
  it('finds everything again after it was closed, in the order of first writing', () => {
    const folder = newFolder()
    const first = openStore(folder)
    const table = first.table<{ n: number }>('thing')
    for (const id of ['c', 'a', 'b']) table.put(id, { n: 1 })
    table.put('c', { n: 2 })
    table.delete('a')
    expect(first.nextNumber('series')).toBe(1)
    first.close()

    const second = openStore(folder)
    expect([...second.table('thing').entries()]).toEqual([
      ['c', { n: 2 }],
      ['b', { n: 1 }],
    ])
    expect(second.nextNumber('series')).toBe(2)
    second.close()
  })

  it('undoes every change of a transaction that throws, in memory and on disk', () => {
    const folder = newFolder()
    const first = openStore(folder)
    const table = first.table<number>('thing')
    table.put('kept', 1)
    expect(() =>
      first.transaction(() => {
        table.put('kept', 2)
        table.put('new', 3)
        table.delete('kept')
        throw new Error('refused')
      }),
    ).toThrow('refused')
    expect([...table.entries()]).toEqual([['kept', 1]])
    first.close()
    const second = openStore(folder)
    expect([...second.table('thing').entries()]).toEqual([['kept', 1]])
    second.close()
  })

  it('forgets everything on reset and tells who listens', () => {
    const store = openStore()
    const table = store.table<number>('thing')
    table.put('a', 1)
    let told = 0
    store.onReset(() => (told += 1))
    store.reset()
    expect([table.size, told]).toEqual([0, 1])
  })

  it('has lost nothing that was answered when the process is killed with -9', { timeout: 30_000 }, async () => {
    const folder = newFolder()
    for (let round = 0; round < 3; round += 1) {
      const answered = await writeUntilKilled(folder, 200 + round * 50)
      const store = openStore(folder)
      const [pairs, halves] = [store.table<number>('pair'), store.table<number>('half')]
      expect(answered).toBeGreaterThan(0)
      for (let n = 1; n <= answered; n += 1) expect(pairs.get(String(n))).toBe(n)
      // Both rows of a transaction, or none.
      expect(halves.size).toBe(pairs.size)
      store.close()
    }
  })
})

/** Runs a writer in a process of its own, kills it after so many answers, and says how many it had answered. */
async function writeUntilKilled(folder: string, answers: number): Promise<number> {
  const script = fileURLToPath(new URL('./testing/endless-writer.ts', import.meta.url))
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  let answered = 0
  for await (const line of createInterface({ input: child.stdout })) {
    answered = Number(line)
    if (answered % answers === 0) child.kill('SIGKILL')
  }
  await ended
  return answered
}
