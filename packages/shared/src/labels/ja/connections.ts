/** Connections to providers: whether they answer, in Japanese. */
export const connectionWords = {
  polling: {
    title: '決済機関への問い合わせ',
    answered: '応答あり（{at}）',
    never: 'まだ問い合わせていません',
    failing: '{at}から応答がありません',
    last_answer: '最後の応答 {at}',
    next_try: '次の問い合わせ {at}',
    now: '今すぐ問い合わせる',
    banner: '{provider}（{shop}）から{at}以降の知らせを受け取れていません。この一覧は最新でないことがあります。',
  },
  connection_settings: {
    title: '接続の設定',
    lead: '決済機関との接続ごとに、この画面の動きを決める値です。変更は保存するとすぐに使われます。',
    usual: '標準値',
    save: '設定を保存',
    saved: '接続の設定を保存しました',
    range: '{min}から{max}までの整数を入力してください',
    bad_word: '半角の英小文字と数字、30文字まで',
    failed: '接続の設定を読み込めませんでした',
  },
  connection_setting: {
    longReviewHours: '審査を「長い」とみなす時間',
    pollSeconds: '決済機関に問い合わせる間隔',
    storeDueDays: 'コンビニの支払期限（回答に期限がないとき）',
    mostSends: '決済機関の障害時に送る回数の上限',
    npPayMethod: 'SBPSでのNP後払いの決済方法コード',
  },
  connection_setting_unit: { longReviewHours: '時間', pollSeconds: '秒', storeDueDays: '日', mostSends: '回' },
  connection_setting_hint: {
    longReviewHours: 'これより長い審査は「審査の対応」に出ます。',
    pollSeconds: '短くすると知らせが早く届き、決済機関への問い合わせが増えます。',
    storeDueDays: 'SBPSで認められるのは59日までです。',
    mostSends: 'これを超えると自動の再試行をやめ、取引に「失敗」と出ます。',
    npPayMethod: '公開されていない値です。SBPSから通知されたコードを入力してください。',
  },
  /** Why a provider's news does not come. */
  poll_failure: {
    unreachable: '接続できません。ネットワークと接続先の設定を確認してください。',
    no_answer: '時間内に応答がありません。決済機関の障害かもしれません。',
    unauthorized: '認証を拒まれました。接続の認証情報を確認してください。',
    unavailable: '決済機関が一時的に応じられません。',
    refused: '問い合わせが受け付けられませんでした。',
    unreadable: '応答の内容を読み取れません。',
    internal: 'この画面の側の不具合か設定の不足で、問い合わせできません。システムの担当者に連絡してください。',
  },
} as const
