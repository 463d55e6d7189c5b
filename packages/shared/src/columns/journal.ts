import type { JournalRow } from '../contracts/journal.ts'
import { columns } from './column.ts'

export const journalColumns = columns<JournalRow>()([
  { id: 'bookedOn', kind: 'day', sortable: true, shown: true },
  { id: 'entryId', kind: 'id', shown: true },
  { id: 'kind', kind: 'code', labels: 'entry_kind', shown: true },
  { id: 'account', kind: 'code', labels: 'account', shown: true },
  { id: 'subAccount', kind: 'code', labels: 'method', shown: true },
  { id: 'debitYen', kind: 'yen', shown: true },
  { id: 'creditYen', kind: 'yen', shown: true },
  { id: 'taxClass', kind: 'code', labels: 'tax_class', shown: true },
  { id: 'orderNumber', kind: 'id', shown: true },
  { id: 'statementNumber', kind: 'id', shown: true },
  { id: 'method', kind: 'code', labels: 'method', shown: true },
  { id: 'shopId', kind: 'code', labels: 'shop', shown: true },
  { id: 'ownCode', kind: 'id' },
  { id: 'ownName', kind: 'text' },
  { id: 'ownSubAccount', kind: 'text' },
  { id: 'ownTaxName', kind: 'text' },
])

export type JournalColumnId = (typeof journalColumns)[number]['id']
