/** What happened to a payment, in Japanese, as the timeline says it. */
export const events = {
  event: {
    registered: '取引を登録しました',
  },
} as const
