/** The shop-front's settings from the environment. */
export type DemoEnv = {
  readonly bffUrl: string
  readonly sandboxUrl: string
  readonly email: string
  readonly password: string
  /** Where the diary lies, beside the sandbox's own memory. */
  readonly folder: string
  readonly days: number
  readonly payments: number
  /** Accounts told to the sandbox again after it was wiped; its own start-up file when absent. */
  readonly accountsFile?: string
}

const DEFAULT_DAYS = 120
/** 3,000 payments over 120 days. */
const PAYMENTS_PER_DAY = 25

/** @throws Error with one sentence for the person who started it. */
export function readDemoEnv(env: Readonly<Record<string, string | undefined>> = process.env): DemoEnv {
  const days = wholeNumber(env, 'CHOBA_DEMO_DAYS', 3_650) ?? DEFAULT_DAYS
  const accountsFile = env['CHOBA_SANDBOX_ACCOUNTS']
  return {
    bffUrl: address(env, 'BFF_URL'),
    sandboxUrl: address(env, 'SANDBOX_URL'),
    email: required(env, 'CHOBA_DEMO_EMAIL'),
    password: required(env, 'CHOBA_DEMO_PASSWORD'),
    folder: required(env, 'CHOBA_SANDBOX_DIR'),
    days,
    payments: wholeNumber(env, 'CHOBA_DEMO_PAYMENTS', 1_000_000) ?? Math.round(days * PAYMENTS_PER_DAY),
    ...(accountsFile ? { accountsFile } : {}),
  }
}

function required(env: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = env[name]
  if (!value) throw new Error(`${name} must be set.`)
  return value
}

function address(env: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = required(env, name)
  if (!URL.canParse(value)) throw new Error(`${name} must be an address, not "${value}".`)
  return value.replace(/\/+$/, '')
}

function wholeNumber(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  most: number,
): number | undefined {
  const text = env[name]
  if (!text) return undefined
  if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > most)
    throw new Error(`${name} must be a whole number from 1 to ${most}, not "${text}".`)
  return Number(text)
}
