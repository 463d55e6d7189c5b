/** Faults of an order before it is sent to NP, in Japanese: what is wrong, then what to do. `{field}` names the field. */
export const checks = {
  check: {
    missing: '{field}が空です。入力してください。',
    too_long: '{field}が{length}文字あり、上限の{max}文字を超えています。短くするか、別の欄に分けてください。',
    forbidden_characters:
      '{field}の{place}文字目に使えない文字があります（{characters}）。別の文字に置き換えてください。',
    not_kana: '{field}にカナと英数字以外の文字があります。カナで入力してください。',
    not_digits: '{field}に数字とハイフン以外の文字があります。数字で入力してください。',
    zip_format: '{field}は7桁の数字です。桁数を確かめてください。',
    zip_address_mismatch: '{field}は{expected}のものですが、住所は{named}です。どちらかを直してください。',
    phone_start: '{field}は0から始まる番号です。市外局番から入力してください。',
    phone_digits: '{field}は{digits}桁のはずですが、{length}桁です。抜けや重なりを確かめてください。',
    email_format: '{field}の形式が正しくありません。@の前後を確かめてください。',
    goods_missing: '商品がありません。1行以上入力してください。',
    goods_total:
      '商品の合計{totalYen}円と請求額{amountYen}円の差が{max}円を超えています。送料・手数料・値引きの行で合わせてください。',
    amount_not_positive: '請求額が0円以下です。1円以上にしてください。',
    order_number_missing: '注文番号が空です。入力してください。',
    order_number_too_long: '注文番号が{length}文字あり、上限の{max}文字を超えています。短くしてください。',
    bundled_elsewhere:
      '同梱の請求書は、ご購入者とお届け先が同じときだけ使えます。別送にするか、お届け先をご購入者と同じにしてください。',
    zip_unknown: '{field}が郵便番号表にありません。新しい番号や事業所の番号でなければ、確かめてください。',
    zip_city_mismatch:
      '{field}は{expected}の番号ですが、住所に見当たりません。保留になることがあるので、確かめてください。',
    address_without_number: '{field}に番地が見当たりません。番地・建物名・部屋番号まで入力すると、保留を避けられます。',
    address_not_home:
      '{field}に「{word}」とあります。ホテル・局留・私書箱などは保留になるため、ご自宅の住所を確かめてください。',
  },
  check_field: {
    orderNumber: '注文番号',
    amountYen: '請求額',
    goods: '商品',
    goods_name: '商品名',
    unitPriceYen: '単価',
    quantity: '数量',
    customer: 'ご購入者',
    delivery: 'お届け先',
    name: 'お名前',
    kana: 'フリガナ',
    company: '会社名',
    department: '部署名',
    zip: '郵便番号',
    address: '住所',
    phone: '電話番号',
    email: 'メールアドレス',
  },
  check_side: { customer: 'ご購入者の{field}', delivery: 'お届け先の{field}' },
  check_severity: { error: '要修正', warning: '要確認' },
} as const
