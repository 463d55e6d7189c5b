/** What stands on the paper. Its reader is a customer in Japan, so it speaks Japanese whatever language the console has. */
export const words = {
  title: '請求書',
  honorific: '様',
  issuedOn: '発行日',
  inquiryNumber: 'お問い合わせ番号',
  transaction: 'NP取引ID',
  orderNumber: 'ご注文番号',
  orderedOn: 'ご注文日',
  shop: 'ご購入店',
  atStoreOrBank: 'コンビニエンスストアまたは銀行',
  atBank: '銀行振込',
  billed: 'ご請求金額',
  due: 'お支払期限',
  goods: '商品名',
  unitPrice: '単価(税込)',
  quantity: '数量',
  taxRate: '税率',
  amount: '金額(税込)',
  others: (count: number) => `ほか${count}点の合計`,
  difference: '調整額',
  total: '合計(税込)',
  taxPart: (percent: number, amount: string) => `${percent}%対象 ${amount}円`,
  tax: (amount: string) => `内消費税 ${amount}円`,
  reducedMark: '※',
  reducedNote: '※は軽減税率(8%)の対象です。',
  cut: 'キリトリ線',
  slip: '払込票(コンビニエンスストア用)',
  receipt: '払込受領証(お客様控)',
  payee: '収納先',
  /** The claim is assigned to it (np-postpaid 1.6). */
  payeeName: '株式会社ネットプロテクションズ(NP後払い)',
  /** For the narrow part. */
  payeeShort: '(株)ネットプロテクションズ',
  payer: 'お名前',
  stamp: '収納印',
  revenue: '印紙',
  bankOnly: 'コンビニエンスストアではお取り扱いできない金額です。銀行振込でお支払いください。',
  byBank: '銀行振込の場合(振込手数料はお客様のご負担となります)',
  holder: '口座名義',
  keep: '窓口でお受け取りになった受領証は、大切に保管してください。',
} as const

export function money(amount: number): string {
  return amount.toLocaleString('en-US')
}

export function yenText(amountYen: number): string {
  return `${money(amountYen)}円`
}

/** `2026-08-17` as it is written in Japan. */
export function day(date: string): string {
  const [year, month, dayOfMonth] = date.split('-').map(Number)
  return `${year}年${month}月${dayOfMonth}日`
}
