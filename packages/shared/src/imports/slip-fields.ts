/** The columns of a slip number file, as carriers' programs write them. */
import type { ImportField } from './kinds.ts'

export const SLIP_FIELDS: readonly ImportField[] = [
  {
    id: 'orderNumber',
    required: true,
    aliases: [
      '注文番号',
      'お客様管理番号',
      'お客様側管理番号',
      '受注番号',
      '加盟店取引ID',
      'order number',
      'order no',
      'order id',
    ],
  },
  {
    id: 'slipNumber',
    required: true,
    aliases: [
      '配送伝票番号',
      '伝票番号',
      '送り状番号',
      'お問い合せ送り状No',
      '送り状No',
      'お問い合わせ番号',
      '追跡番号',
      'slip number',
      'tracking number',
    ],
  },
  { id: 'carrier', required: false, aliases: ['運送会社コード', '運送会社', '配送会社', '配送業者', 'carrier'] },
  { id: 'deliveryMethod', required: false, aliases: ['配送方法', '発送方法', '送り状種類', 'delivery method'] },
  { id: 'billIssuedOn', required: false, aliases: ['請求書発行日', 'invoice date'] },
  { id: 'shippedOn', required: false, aliases: ['出荷日', '発送日', '出荷予定日', '発送予定日', 'shipped on'] },
]
