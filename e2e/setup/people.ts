/** People of a test's own, so that what they change on their account disturbs nobody. */
import { inject } from 'vitest'
import type { Role } from '@choba/shared/permissions.ts'
import { addPersonTo, runCliOn, type SignIn } from './cli.ts'

export function addPerson(role: Role, name: string): Promise<SignIn> {
  return addPersonTo(inject('product').env, role, name)
}

/** A command for operators, on this run's database. @throws Error with its words when it fails. */
export function runCli(args: readonly string[]): Promise<string> {
  return runCliOn(inject('product').env, args)
}
