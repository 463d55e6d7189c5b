/** What an order leaves behind, by what it is. */
export const RECORD_KINDS = [
  'payment',
  'event',
  'operation',
  'refund',
  'screening',
  'shipment',
  'invoice',
  'statement',
  'posting',
  'message',
  'note',
  'audit',
  'import',
] as const
export type RecordKind = (typeof RECORD_KINDS)[number]
