import type { Generated } from 'kysely'
import type { TagColour } from '@choba/shared/contracts/tags.ts'

export interface TagTable {
  merchantId: string
  tagId: string
  name: string
  colour: TagColour
  isArchived: boolean
  changedAt: Generated<Date>
}

export interface PaymentTagTable {
  merchantId: string
  paymentId: string
  tagId: string
  shopId: string
  putAt: Generated<Date>
}
