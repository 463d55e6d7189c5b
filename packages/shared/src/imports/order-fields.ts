/** The columns of an order file: one row per order, or one row per line of goods under the same order number. */
import type { ImportField } from './kinds.ts'

/** Goods that stand side by side in one row. Rows with the same order number hold as many more as they like. */
export const GOODS_COLUMNS = 5

export const ORDER_FIELDS: readonly ImportField[] = [
  field('orderNumber', true, [
    '注文番号',
    '加盟店取引ID',
    '受注番号',
    '受注ID',
    'order number',
    'order no',
    'order id',
  ]),
  field('orderedAt', true, ['注文日', '注文日時', '加盟店注文日', '受注日', '受注日時', 'ordered on', 'order date']),
  field('site', false, ['利用サイト', 'サイト', '端末', 'site', 'device']),
  field('amountYen', true, ['請求額', '顧客請求金額', '請求金額', '合計金額', '合計', 'amount', 'total']),
  field('customerName', true, [
    '購入者名',
    '購入者氏名',
    '注文者氏名',
    '注文者名',
    'ご購入者名',
    '氏名',
    'customer name',
    'name',
  ]),
  field('customerKana', false, ['購入者カナ', '購入者フリガナ', '注文者カナ', 'フリガナ', 'kana']),
  field('customerCompany', false, ['購入者会社名', '注文者会社名', '会社名', 'company']),
  field('customerZip', true, ['購入者郵便番号', '注文者郵便番号', '郵便番号', 'zip', 'postal code']),
  field('customerAddress', true, ['購入者住所', '注文者住所', '住所', '住所1', '都道府県', 'address']),
  field('customerAddress2', false, ['購入者住所2', '注文者住所2', '住所2', '市区町村', 'address 2']),
  field('customerAddress3', false, ['購入者住所3', '注文者住所3', '住所3', '番地建物', 'address 3']),
  field('customerPhone', true, ['購入者電話番号', '注文者電話番号', '電話番号', 'phone', 'tel']),
  field('customerEmail', true, ['購入者メールアドレス', '注文者メールアドレス', 'メールアドレス', 'email', 'mail']),
  field('deliveryName', false, ['配送先名', '配送先氏名', '届け先氏名', 'お届け先名', 'delivery name']),
  field('deliveryKana', false, ['配送先カナ', '配送先フリガナ', 'delivery kana']),
  field('deliveryCompany', false, ['配送先会社名', 'delivery company']),
  field('deliveryZip', false, ['配送先郵便番号', '届け先郵便番号', 'お届け先郵便番号', 'delivery zip']),
  field('deliveryAddress', false, ['配送先住所', '届け先住所', 'お届け先住所', 'delivery address']),
  field('deliveryPhone', false, ['配送先電話番号', '届け先電話番号', 'お届け先電話番号', 'delivery phone']),
  field('invoice', false, ['請求書', '請求書の送り方', '決済方法', 'invoice']),
  field('shipOn', false, ['出荷予定日', '発送予定日', 'planned shipment', 'ship on']),
  ...Array.from({ length: GOODS_COLUMNS }, (_, index) => goods(index + 1)).flat(),
  field('shippingYen', false, ['送料', '配送料', 'shipping']),
  field('handlingYen', false, ['決済手数料', '手数料', 'handling fee']),
  field('discountYen', false, ['値引き', '値引額', '割引額', 'ポイント利用額', 'discount']),
]

/** What a line of goods is called in column n. The first also stands in every further row of an order. */
function goods(n: number): ImportField[] {
  const bare = n === 1
  return [
    field(`goodsName${n}`, bare, [...(bare ? ['商品名', 'goods', 'item'] : []), `商品名${n}`, `goods ${n}`]),
    field(`goodsPriceYen${n}`, bare, [
      ...(bare ? ['単価', '商品単価', 'price', 'unit price'] : []),
      `単価${n}`,
      `商品単価${n}`,
      `unit price ${n}`,
    ]),
    field(`goodsQuantity${n}`, false, [
      ...(bare ? ['数量', '個数', 'quantity'] : []),
      `数量${n}`,
      `個数${n}`,
      `quantity ${n}`,
    ]),
    field(`goodsTaxRate${n}`, false, [...(bare ? ['税率', 'tax rate'] : []), `税率${n}`, `tax rate ${n}`]),
  ]
}

function field(id: string, required: boolean, aliases: readonly string[]): ImportField {
  return { id, required, aliases }
}
