/** Commands for operators, on the database of a started product. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Role } from '@choba/shared/permissions.ts'
import { ROOT } from '../../tools/root.ts'

export interface SignIn {
  role: Role
  email: string
  password: string
}

type Environment = Readonly<Record<string, string>>

/** @throws Error with the command's words when it fails. */
export async function runCliOn(environment: Environment, args: readonly string[]): Promise<string> {
  const env = { ...process.env, ...environment }
  const { stdout } = await promisify(execFile)(process.execPath, ['apps/bff/src/cli.ts', ...args], { cwd: ROOT, env })
  return stdout
}

export async function addPersonTo(environment: Environment, role: Role, name: string): Promise<SignIn> {
  const email = `${crypto.randomUUID().slice(0, 8)}@e2e.example`
  const args = ['user', 'add', '--email', email, '--name', name, '--role', role]
  const { password } = JSON.parse(await runCliOn(environment, args)) as { password: string }
  return { role, email, password }
}
