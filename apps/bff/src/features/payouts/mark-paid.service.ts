/** A statement that was brought as a file is marked as paid by hand: nobody but the bank account tells its transfer. */
import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { payouts } from '@choba/shared/contracts/payouts.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { PaymentSet } from '../../ledger/payment-set.ts'
import { payStatement } from '../../ledger/statements.ts'
import { listPaymentsOf, lockStatement } from './mark-paid.queries.ts'
import type { PayoutDeps } from './payouts.service.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * The same day again changes nothing.
 * @throws AppError resource.not_found, request.invalid, statement.not_payable
 */
export async function markPaid(
  deps: PayoutDeps,
  session: Session,
  { id, body: { paidOn } }: Pick<Parsed<typeof payouts.markPaid>, 'body'> & { readonly id: string },
): Promise<Output<typeof payouts.markPaid>> {
  const { merchantId } = session
  if (!UUID.test(id)) throw new AppError('resource.not_found', { id })
  const key = { merchantId, statementId: id }
  return deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      // Payments before their statement, as whoever applies the provider's word locks them.
      const paymentIds = await listPaymentsOf(tx, key)
      const payments = await PaymentSet.lock(tx, merchantId, [], paymentIds)
      const statement = await lockStatement(tx, key)
      if (statement === undefined) throw new AppError('resource.not_found', { id })
      const { connectionId, statementNumber, source, state, closingOn } = statement
      if (state === 'paid' && statement.paidOn === paidOn) return { result: 'already' }
      if (state === 'paid' || source !== 'file') throw new AppError('statement.not_payable', { state, source })
      const now = deps.providerClocks.now(connectionId)
      if (paidOn < closingOn || paidOn > dayOf(now))
        throw new AppError('request.invalid', {
          issues: [{ path: 'paidOn', message: `from ${closingOn} to ${dayOf(now)}` }],
        })
      await payStatement(tx, { merchantId, connectionId }, statementNumber, paidOn)
      const news = { at: now.toISOString(), news: { kind: 'statement_paid', statementNumber, paidOn } } as const
      for (const paymentId of paymentIds) payments.apply(paymentId, [news], { actor: person(session) })
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'statement.mark_paid',
        subject: { kind: 'statement', id: statementNumber },
        before: { state },
        after: { state: 'paid', paidOn },
      })
      await payments.record()
      return { result: 'paid' }
    })
}
