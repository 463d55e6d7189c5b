/** What can go wrong before the words of a page are there, in Japanese. */
export const firstErrors = {
  error: {
    'request.invalid': '入力内容を受け付けられませんでした',
    'request.too_large': '送信された内容が大きすぎます',
    'request.cross_site': '別のサイトからの操作を受け付けませんでした',
    'auth.required': 'サインインが必要です',
    'auth.forbidden': 'この操作を行う権限がありません',
    'auth.too_many_attempts': '試行回数が上限に達しました',
    'resource.not_found': '対象が見つかりません',
    'route.not_found': 'ページが見つかりません',
    'service.unavailable': 'サービスを利用できません',
    'service.timeout': '時間内に応答がありませんでした',
    internal: '処理中に問題が起きました',
    'network.offline': 'サーバーに接続できません',
    unknown: '問題が起きました',
  },
}
