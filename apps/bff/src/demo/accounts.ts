/** The sandbox's own account file, read for the connections of the demo merchant. */
import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'
import { StartError } from '../core/start-error.ts'

const sbpsAccount = z.looseObject({
  merchantId: z.string().check(z.regex(/^\d{5}$/)),
  serviceId: z.string().check(z.regex(/^\d{3}$/)),
  hashKey: z.string().check(z.minLength(1)),
  tripleDesKey: z.string().check(z.length(24)),
  tripleDesIv: z.string().check(z.length(8)),
  /** Present on an account of the provider's hosted page. */
  link: z.optional(z.looseObject({})),
})
const npAccount = z.looseObject({
  merchantCode: z.string().check(z.minLength(1)),
  spCode: z.string().check(z.minLength(1)),
  terminalId: z.string().check(z.minLength(1)),
})
const sandboxAccounts = z.object({ sbps: z.array(sbpsAccount), np: z.array(npAccount) })

export type SbpsAccount = z.output<typeof sbpsAccount>
export type NpAccount = z.output<typeof npAccount>
export type SandboxAccounts = z.output<typeof sandboxAccounts>

/** @throws StartError when the file is missing or not an account file */
export function readAccounts(file: string): SandboxAccounts {
  return parseAccounts(readJson(file), file)
}

/** @throws StartError when it is no list of accounts; `from`: where it comes from */
export function parseAccounts(json: unknown, from: string): SandboxAccounts {
  const parsed = sandboxAccounts.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new StartError(`${from}: ${issue?.path.map(String).join('.')}: ${issue?.message}.`)
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  } catch (error) {
    throw new StartError(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}
