/** `node tools/crash.ts [--kills 20] [--days 40] [--payments 1200] [--port 8901] [--seed 1]`: twenty kills, nothing lost, nothing doubled. */
import { parseArgs } from 'node:util'
import { crash } from './crash/run.ts'

const { values } = parseArgs({
  options: {
    kills: option('20'),
    days: option('40'),
    payments: option('1200'),
    port: option('8901'),
    seed: option('1'),
  },
})

const startedAt = Date.now()
const { payments, events, problems } = await crash({
  kills: Number(values.kills),
  days: Number(values.days),
  payments: Number(values.payments),
  port: Number(values.port),
  seed: Number(values.seed),
  say: (line) => console.log(line),
})
console.log(
  `${payments} payments, ${events} events, ${problems.length} problems, ${Math.round((Date.now() - startedAt) / 1000)} s`,
)
for (const problem of problems.slice(0, 50)) console.log(`  ${problem}`)
process.exitCode = problems.length === 0 ? 0 : 1

function option(value: string) {
  return { type: 'string', default: value } as const
}
