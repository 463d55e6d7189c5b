import type { Generated } from 'kysely'

export interface PaymentNoteTable {
  merchantId: string
  noteId: string
  paymentId: string
  shopId: string
  authorId: string
  body: string
  writtenAt: Generated<Date>
  removedAt: Date | null
}

export interface NoteMentionTable {
  merchantId: string
  noteId: string
  userId: string
  readAt: Date | null
}

export interface PaymentAssigneeTable {
  merchantId: string
  paymentId: string
  shopId: string
  userId: string
  assignedBy: string
  assignedAt: Generated<Date>
  readAt: Date | null
}
