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
  /** Why a provider's news does not come. */
  poll_failure: {
    unreachable: '接続できません。ネットワークと接続先の設定を確認してください。',
    no_answer: '時間内に応答がありません。決済機関の障害かもしれません。',
    unauthorized: '認証を拒まれました。接続の認証情報を確認してください。',
    unavailable: '決済機関が一時的に応じられません。',
    refused: '問い合わせが受け付けられませんでした。',
    unreadable: '応答の内容を読み取れません。',
  },
} as const
