import * as z from 'zod/mini'
import { personal } from '../personal.ts'

/** A customer as an order was written; empty where it said nothing. */
export const writtenPerson = z.object({
  name: personal('name', z.string()),
  kana: personal('name', z.string()),
  company: personal('text', z.string()),
  department: personal('text', z.string()),
  zip: personal('zip', z.string()),
  address: personal('address', z.string()),
  phone: personal('phone', z.string()),
  email: personal('email', z.string()),
})
export type WrittenPerson = z.infer<typeof writtenPerson>
