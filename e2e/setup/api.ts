/** The console's API as a program uses it: to prepare what a test needs, and to compare the screen with. */
import { inject } from 'vitest'
import type { PaymentDetail, PaymentRow, PaymentTotals } from '@choba/shared/contracts/payments.ts'
import type { Role } from '@choba/shared/permissions.ts'
import type { Session } from './session.ts'

/** @throws Error with the answer when the console refuses. */
export async function askConsole<T>(path: string, options: { as: Role; body?: unknown }): Promise<T> {
  const answer = await fetch(`${inject('product').url}${path}`, {
    headers: { ...sessionHeader(options.as), 'content-type': 'application/json' },
    ...(options.body === undefined ? {} : { method: 'POST', body: JSON.stringify(options.body) }),
  })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as T
}

export async function listPayments(query: string): Promise<PaymentRow[]> {
  return (await askConsole<{ items: PaymentRow[] }>(`/api/payments?${query}`, { as: 'admin' })).items
}

export function getTotals(query = ''): Promise<PaymentTotals> {
  return askConsole(`/api/payments/totals?${query}`, { as: 'admin' })
}

export function getPayment(id: string): Promise<PaymentDetail> {
  return askConsole(`/api/payments/${id}`, { as: 'admin' })
}

export function sessionHeader(role: Role): { cookie: string } {
  const { cookie } = sessionOf(role)
  return { cookie: `${cookie.name}=${cookie.value}` }
}

/** @throws Error when nobody of the demo has the role. */
export function sessionOf(role: Role): Session {
  const session = inject('product').sessions.find((each) => each.role === role)
  if (!session) throw new Error(`nobody is signed in as ${role}`)
  return session
}
