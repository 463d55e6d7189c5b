/** The sandbox's settings from the environment. */
import { fileURLToPath } from 'node:url'

export type Env = { readonly port: number; readonly folder?: string; readonly accountsFile: string }

/** @throws Error with one sentence for the person who started it. */
export function readEnv(env: Readonly<Record<string, string | undefined>> = process.env): Env {
  const portText = env['SANDBOX_PORT'] ?? '8788'
  const port = Number(portText)
  if (!/^\d+$/.test(portText) || port > 65_535)
    throw new Error(`SANDBOX_PORT must be a port number, not "${portText}".`)
  const folder = env['CHOBA_SANDBOX_DIR']
  const accountsFile = env['CHOBA_SANDBOX_ACCOUNTS'] ?? fileURLToPath(new URL('../demo-accounts.json', import.meta.url))
  return { port, accountsFile, ...(folder ? { folder } : {}) }
}
