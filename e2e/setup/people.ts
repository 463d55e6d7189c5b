/** People of a test's own, so that what they change on their account disturbs nobody. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { inject } from 'vitest'
import type { Role } from '@choba/shared/permissions.ts'
import { ROOT } from '../../tools/root.ts'
import type { SignIn } from './product.ts'

export async function addPerson(role: Role, name: string): Promise<SignIn> {
  const email = `${crypto.randomUUID().slice(0, 8)}@e2e.example`
  const printed = await runCli(['user', 'add', '--email', email, '--name', name, '--role', role])
  const { password } = JSON.parse(printed) as { password: string }
  return { role, email, password }
}

/** A command for operators, on this run's database. @throws Error with its words when it fails. */
export async function runCli(args: readonly string[]): Promise<string> {
  const env = { ...process.env, ...inject('product').env }
  const { stdout } = await promisify(execFile)(process.execPath, ['apps/bff/src/cli.ts', ...args], { cwd: ROOT, env })
  return stdout
}
