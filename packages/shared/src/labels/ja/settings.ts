/** Settings: their list and the pages behind it, in Japanese. */
export const settingsWords = {
  settings: {
    nothing: 'この権限で変えられる設定はありません',
  },
  settings_section: {
    people: 'メンバーと権限',
    security: 'サインインの条件',
    contracts: '契約条件',
    carriers: '配送会社',
  },
  settings_lead: {
    people: 'サインインできる人、役割、招待',
    security: '2段階認証、接続できるアドレス',
    contracts: '手数料、締めと入金、限度額、ポイント。店舗と決済手段ごとに、適用日つき',
    carriers: '送り状の会社と、ファイルでの呼び名',
  },
} as const
