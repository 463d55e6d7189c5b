/** What a method itself knows of a payment, read leniently: a piece that is not there, or not as expected, is not shown. */
import * as z from 'zod/mini'

const nullableText = z.optional(z.nullable(z.string()))

const attempt = z.object({ result: z.string(), reasons: z.array(z.string()), at: z.string() })
const refusal = z.object({ codes: z.array(z.string()), at: z.string() })
const shipment = z.object({ carrierCode: z.string(), slipNumber: z.string(), at: z.string(), shippedOn: nullableText })
const invoice = z.object({ issuedOn: z.string(), dueOn: z.string(), inquiryNumber: z.string(), reissue: z.int() })
const reminders = z.object({ count: z.int(), lastOn: z.string() })
const customerPayment = z.object({ on: z.string(), place: nullableText, store: nullableText })
const report = z.object({ totalYen: z.int(), at: z.string() })
const statement = z.object({
  statementNumber: z.string(),
  /** Of the payout that holds it; null where only the payment was told of it. */
  statementId: nullableText,
  closingOn: z.string(),
  payOn: z.string(),
  grossYen: z.int(),
  feeYen: z.int(),
  paidOn: z.nullable(z.string()),
})

export type ScreeningAttempt = z.output<typeof attempt>
export type StatementLine = z.output<typeof statement>

export function readFacts(state: Readonly<Record<string, unknown>>) {
  const one = <S extends z.ZodMiniType>(schema: S, value: unknown): z.output<S> | null => {
    const parsed = z.safeParse(schema, value)
    return parsed.success ? parsed.data : null
  }
  const many = <S extends z.ZodMiniType>(schema: S, value: unknown): z.output<S>[] =>
    Array.isArray(value) ? value.flatMap((each) => one(schema, each) ?? []) : []
  return {
    attempts: many(attempt, state.attempts),
    refusals: many(refusal, state.refusals),
    shipOn: one(z.string(), state.shipOn),
    delivery: one(z.string(), state.delivery),
    shipment: one(shipment, state.shipment),
    invoice: one(invoice, state.invoice),
    reminders: one(reminders, state.reminders),
    customerPayment: one(customerPayment, state.customerPayment),
    arrivalOn: one(z.string(), state.arrivalOn),
    authorizedOn: one(z.string(), state.authorizedOn),
    brand: one(z.string(), state.brand),
    transactionId: one(z.string(), state.transactionId),
    store: one(z.string(), state.store),
    numbers: many(z.string(), state.numbers),
    payBy: one(z.string(), state.payBy),
    preliminary: one(report, state.preliminary),
    definite: one(report, state.definite),
    statements: many(statement, state.statements),
  }
}

export type MethodFacts = ReturnType<typeof readFacts>
