/** Writes transaction after transaction and says each number once it is kept, until someone kills it. */
import { writeSync } from 'node:fs'
import { openStore } from '../store.ts'

const store = openStore(process.argv[2])
const [pairs, halves] = [store.table<number>('pair'), store.table<number>('half')]
for (;;) {
  const answered = store.transaction(() => {
    const n = store.nextNumber('writer')
    pairs.put(String(n), n)
    halves.put(String(n), n)
    return n
  })
  writeSync(1, `${answered}\n`)
}
