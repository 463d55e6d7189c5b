/** A person as typed: buyer or recipient. */
import type { SubscriptionInput } from '@choba/shared/contracts/subscription-input.ts'

export type PersonText = Readonly<
  Record<'name' | 'kana' | 'company' | 'department' | 'zip' | 'address' | 'phone' | 'email', string>
>
export type PersonField = keyof PersonText

export const NOBODY: PersonText = {
  name: '',
  kana: '',
  company: '',
  department: '',
  zip: '',
  address: '',
  phone: '',
  email: '',
}

export function personOf(text: PersonText): SubscriptionInput['customer'] {
  return {
    name: text.name.trim(),
    kana: text.kana.trim(),
    company: text.company.trim(),
    department: text.department.trim(),
    zip: digitsOf(text.zip),
    address: text.address.trim(),
    phone: digitsOf(text.phone),
    email: text.email.normalize('NFKC').trim(),
  }
}

/** As typed on a Japanese keyboard: full-width digits and every kind of hyphen. */
export function digitsOf(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[‐‑‒–—―−ー－]/g, '-')
    .replace(/[\s()]/g, '')
}
