/** Why NP holds (a list of RE codes) or rejects (one NG code) a transaction. NP may add codes: an unknown one passes through as it is. */

export type HoldReason = {
  code: string
  /** The fields of the transaction an operator should look at, in wire spelling; empty when none is at fault. */
  fields: readonly string[]
  remedy: 'correct_and_rescreen' | 'confirm_with_customer' | 'cancel_if_applicable' | 'ask_np'
  ja: string
  en: string
}
export type NgReason = { code: string; ja: string; en: string }

export const HOLD_REASONS: readonly HoldReason[] = [
  {
    code: 'RE009',
    fields: ['customer.address', 'customer.company_name'],
    remedy: 'correct_and_rescreen',
    ja: 'ご購入者の住所が不足している可能性があります。建物名・部屋番号、または会社名・店舗名を補ってください。',
    en: 'The buyer’s address looks incomplete: add building and room, or the company or shop name.',
  },
  {
    code: 'RE014',
    fields: ['customer.address', 'customer.company_name'],
    remedy: 'confirm_with_customer',
    ja: 'ご購入者の住所が勤務先・一時滞在先です。ホテル、郵便局・コンビニ・営業所受取は利用できません。在籍を確認してください。',
    en: 'The buyer’s address is a workplace or temporary place; hotels and pick-up points are not allowed. Confirm that the buyer works there.',
  },
  {
    code: 'RE015',
    fields: ['dest_customer.address', 'dest_customer.company_name'],
    remedy: 'correct_and_rescreen',
    ja: 'お届け先の住所が不足している可能性があります。建物名・部屋番号、または会社名・店舗名を補ってください。',
    en: 'The delivery address looks incomplete: add building and room, or the company or shop name.',
  },
  {
    code: 'RE020',
    fields: ['dest_customer.address', 'dest_customer.company_name'],
    remedy: 'confirm_with_customer',
    ja: 'お届け先が勤務先・一時滞在先です。ホテル、郵便局・コンビニ・営業所受取は利用できません。在籍を確認してください。',
    en: 'The delivery address is a workplace or temporary place; hotels and pick-up points are not allowed. Confirm that the recipient works there.',
  },
  {
    code: 'RE021',
    fields: ['customer.tel'],
    remedy: 'correct_and_rescreen',
    ja: 'ご購入者の電話番号に誤りがあります。確認して修正してください。',
    en: 'The buyer’s phone number is wrong: ask and correct it.',
  },
  {
    code: 'RE023',
    fields: ['dest_customer.tel'],
    remedy: 'correct_and_rescreen',
    ja: 'お届け先の電話番号に誤りがあります。確認して修正してください。',
    en: 'The phone number of the delivery address is wrong: ask and correct it.',
  },
  {
    code: 'RE026',
    fields: [],
    remedy: 'cancel_if_applicable',
    ja: '加盟店側の事由です（私書箱、自社従業員の注文、審査前のサイト、送料・手数料のみ、取扱禁止商品、テスト注文など）。該当する場合は取消してください。',
    en: 'A reason on the merchant’s side (PO box, own employee, site not examined, shipping or fee only, prohibited goods, test order): cancel if it applies.',
  },
]

export const NG_REASONS: readonly NgReason[] = [
  { code: 'NG001', ja: 'ご利用限度額を超えています', en: 'The buyer’s usage limit is exceeded' },
  { code: 'NG002', ja: '情報の不足・不整合があります', en: 'The information is insufficient or inconsistent' },
  { code: 'NG999', ja: 'その他（NPは理由を開示しません）', en: 'Other (NP does not disclose the reason)' },
]

const HOLD_BY_CODE = new Map(HOLD_REASONS.map((reason) => [reason.code, reason]))
const NG_BY_CODE = new Map(NG_REASONS.map((reason) => [reason.code, reason]))

export function holdReason(code: string): HoldReason {
  return (
    HOLD_BY_CODE.get(code) ?? {
      code,
      fields: [],
      remedy: 'ask_np',
      ja: `${code}（NPにご確認ください）`,
      en: `${code} (ask NP)`,
    }
  )
}

export function ngReason(code: string): NgReason {
  return NG_BY_CODE.get(code) ?? { code, ja: `${code}（NPにご確認ください）`, en: `${code} (ask NP)` }
}
