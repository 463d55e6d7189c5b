/** The columns of a file of past sales: one row per sale, or one row per line of goods under the same order number. */
import type { ImportField } from './kinds.ts'

export const HISTORY_FIELDS: readonly ImportField[] = [
  field('orderNumber', true, [
    '注文番号',
    '受注番号',
    '受注ID',
    '加盟店取引ID',
    'order number',
    'order no',
    'order id',
  ]),
  field('orderedAt', true, ['注文日', '注文日時', '受注日', '受注日時', '加盟店注文日', 'ordered on', 'order date']),
  field('method', true, ['決済方法', '支払方法', 'お支払方法', '支払い方法', 'payment method', 'method']),
  field('state', true, ['状態', 'ステータス', '受注ステータス', '対応状況', '取引状態', 'status', 'state']),
  field('amountYen', false, ['請求額', '請求金額', '顧客請求金額', '合計金額', '合計', '決済金額', 'amount', 'total']),
  field('capturedOn', false, ['売上日', '出荷日', '発送日', '売上確定日', '入金確認日', 'shipped on', 'captured on']),
  field('endedOn', false, ['取消日', 'キャンセル日', '返金日', 'cancelled on', 'refunded on']),
  field('refundedYen', false, ['返金額', '返金金額', 'refunded', 'refund amount']),
  field('paidOutOn', false, ['入金日', '支払日', '立替払い日', '振込日', 'paid on', 'paid out on', 'payout date']),
  field('feeYen', false, ['手数料', '手数料（税込）', '決済手数料', 'fee']),
  field('feeTaxYen', false, ['手数料消費税', '手数料の消費税', 'fee tax']),
  field('providerId', false, ['NP取引ID', 'トラッキングID', '決済ID', '取引ID', 'transaction id', 'tracking id']),
  field('slipNumber', false, ['配送伝票番号', '伝票番号', '送り状番号', 'slip number', 'tracking number']),
  field('customerName', false, ['購入者名', '購入者氏名', '注文者氏名', '注文者名', '氏名', 'customer name', 'name']),
  field('customerKana', false, ['購入者カナ', '購入者フリガナ', '注文者カナ', 'フリガナ', 'kana']),
  field('customerZip', false, ['購入者郵便番号', '注文者郵便番号', '郵便番号', 'zip', 'postal code']),
  field('customerAddress', false, ['購入者住所', '注文者住所', '住所', 'address']),
  field('customerPhone', false, ['購入者電話番号', '注文者電話番号', '電話番号', 'phone', 'tel']),
  field('customerEmail', false, ['購入者メールアドレス', '注文者メールアドレス', 'メールアドレス', 'email', 'mail']),
  field('goodsName1', false, ['商品名', '商品名1', 'goods', 'item']),
  field('goodsPriceYen1', false, ['単価', '商品単価', '単価1', 'price', 'unit price']),
  field('goodsQuantity1', false, ['数量', '個数', '数量1', 'quantity']),
  field('goodsTaxRate1', false, ['税率', '税率1', 'tax rate']),
]

/** A provider's own list of transactions: each has the id the provider gave it. Layouts are behind logins, so columns are found by name. */
export const PROVIDER_LIST_FIELDS: readonly ImportField[] = HISTORY_FIELDS.map((each) =>
  each.id === 'providerId' ? { ...each, required: true } : each,
)

function field(id: string, required: boolean, aliases: readonly string[]): ImportField {
  return { id, required, aliases }
}
