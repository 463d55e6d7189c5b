import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { encodeApiRequest } from '@choba/wire/sbps/api-request.ts'
import { decodeApiResponse } from '@choba/wire/sbps/api-response.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { readAccountsFile } from './accounts.ts'
import { readEnv } from './env.ts'
import { basicOf, cardRequest } from './testing/sbps.ts'

const account = readAccountsFile(readEnv({}).accountsFile).sbps[0]!
const children: ChildProcess[] = []
const folder = mkdtempSync(join(tmpdir(), 'choba-sandbox-process-'))

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

type Running = { readonly url: string; readonly child: ChildProcess; readonly ended: Promise<number | null> }

/** Starts the real process on a free port and waits until it says where. */
async function start(): Promise<Running> {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env: { ...process.env, SANDBOX_PORT: '0', CHOBA_SANDBOX_DIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /listening on (\S+)/.exec(line)?.[1]
    if (url) return { url, child, ended }
  }
  throw new Error('the sandbox did not start')
}

async function authorize(url: string): Promise<string> {
  const head = { merchant_id: account.merchantId, service_id: account.serviceId, request_date: '20260803090000' }
  const written = encodeApiRequest('ST01-00111-101', { values: { ...head, ...cardRequest() } }, account)
  if (!written.ok) throw new Error('unwritable')
  const answer = await fetch(`${url}/api/xmlapi.do`, {
    method: 'POST',
    headers: { authorization: basicOf(account) },
    body: new Uint8Array(written.bytes),
  })
  const read = decodeApiResponse(new Uint8Array(await answer.arrayBuffer()), account, true)
  if (!read.ok || read.trackingId === undefined) throw new Error('not authorized')
  return read.trackingId
}

async function isKnown(url: string, trackingId: string): Promise<boolean> {
  const head = { merchant_id: account.merchantId, service_id: account.serviceId, request_date: '20260803090000' }
  const written = encodeApiRequest('MG01-00101-101', { values: { ...head, tracking_id: trackingId } }, account)
  if (!written.ok) throw new Error('unwritable')
  const answer = await fetch(`${url}/api/xmlapi.do`, {
    method: 'POST',
    headers: { authorization: basicOf(account) },
    body: new Uint8Array(written.bytes),
  })
  return (await answer.text()).includes('<res_result>OK</res_result>')
}

describe('the sandbox process', () => {
  it(
    'knows every payment it answered after kill -9, keeps its clock, and stops gracefully',
    { timeout: 60_000 },
    async () => {
      const first = await start()
      await fetch(`${first.url}/sandbox/clock`, { method: 'POST', body: '{"advanceDays":10}' })
      const answered: string[] = []
      const shopping = Array.from({ length: 4 }, async () => {
        for (;;) answered.push(await authorize(first.url))
      })
      setTimeout(() => first.child.kill('SIGKILL'), 700)
      await Promise.allSettled(shopping)
      await first.ended
      expect(answered.length).toBeGreaterThan(10)

      const second = await start()
      for (const trackingId of answered) expect(await isKnown(second.url, trackingId)).toBe(true)
      const { now } = (await (await fetch(`${second.url}/sandbox/clock`)).json()) as { now: string }
      expect(Date.parse(now)).toBeGreaterThan(Date.now() + 9 * 86_400_000)
      second.child.kill('SIGTERM')
      expect(await second.ended).toBe(0)
    },
  )
})
