/** Starts the pretend shop-front: plays a history of trade into the console, then ends. */
import { createConsoleClient } from './console-client.ts'
import { readDemoEnv } from './env.ts'
import { play } from './player.ts'
import { createSandboxClient } from './sandbox-client.ts'

/** On a terminal one line moves; in a log every tenth day gets its own. */
const LOG_EVERY_DAYS = 10

async function main(): Promise<void> {
  const env = readDemoEnv()
  const startedAt = Date.now()
  const shopFront = createConsoleClient(env.bffUrl)
  await shopFront.signIn(env.email, env.password)
  const played = await play({
    consoleUrl: env.bffUrl,
    folder: env.folder,
    days: env.days,
    payments: env.payments,
    shopFront,
    sandbox: createSandboxClient(env.sandboxUrl, env.accountsFile),
    realNow: () => new Date(),
    say: (line) => console.log(line),
    progress: showProgress,
  })
  if (!played) return
  const seconds = Math.round((Date.now() - startedAt) / 1_000)
  console.log(`${played.payments.toLocaleString('en')} payments in ${seconds} s.`)
  for (const [reason, count] of Object.entries(played.refused)) console.log(`  not taken: ${reason} ${count}`)
}

function showProgress(day: number, days: number, payments: number): void {
  const line = `day ${day}/${days}  ${payments.toLocaleString('en')} payments`
  if (process.stdout.isTTY) process.stdout.write(`\r${line}${day === days ? '\n' : ''}`)
  else if (day % LOG_EVERY_DAYS === 0 || day === days) console.log(line)
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
