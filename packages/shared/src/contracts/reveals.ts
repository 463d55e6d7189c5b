/** Personal data that is masked for its reader: shown once, of one record, for a reason, and told to the audit log. */
import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { customerRow } from './customers.ts'
import { paymentDetail } from './payments.ts'

const permission = 'personal_data.reveal'
const body = z.object({ reason: z.string().check(z.trim(), z.minLength(2), z.maxLength(200)) })
const errors = ['resource.not_found', 'auth.forbidden', 'reveal.off', 'reveal.too_many'] as const

/** Answers leave unmasked, whoever asks: that is what the permission is for (ADR 0042). */
export const reveals = {
  /** How many the caller may still see within this hour. */
  left: contract({
    method: 'GET',
    path: '/api/reveals',
    permission,
    response: z.object({ left: z.int(), perHour: z.int() }),
  }),
  payment: contract({
    method: 'POST',
    path: '/api/payments/:id/reveal',
    permission,
    body,
    response: z.pick(paymentDetail, { customer: true, delivery: true }),
    errors,
  }),
  customer: contract({
    method: 'POST',
    path: '/api/customers/:id/reveal',
    permission,
    body,
    response: z.pick(customerRow, { name: true, kana: true, phone: true, email: true }),
    errors,
  }),
} as const
