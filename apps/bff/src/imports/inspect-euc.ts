/** Whether bytes are EUC-JP, as older carts write it. The same bytes may be CP932's half-width kana: then they stay that. */

export type EucInspector = { take(chunk: Uint8Array): void; isLikely(): boolean }

export function eucInspector(): EucInspector {
  let valid = true
  /** Bytes that a character still lacks. */
  let lacking = 0
  let pairs = 0
  /** Pairs that would be no word in half-width kana: kana rows, and bytes beyond the kana. */
  let telling = 0

  return {
    take(chunk) {
      if (!valid) return
      for (const byte of chunk) {
        if (lacking > 0) {
          if (byte < 0xa1 || byte > 0xfe) return void (valid = false)
          if (byte > 0xdf) telling += 1
          lacking -= 1
        } else if (byte === 0x8e) lacking = 1
        else if (byte === 0x8f) lacking = 2
        else if (byte >= 0xa1 && byte <= 0xfe) {
          lacking = 1
          pairs += 1
          if (byte === 0xa4 || byte === 0xa5 || byte > 0xdf) telling += 1
        } else if (byte >= 0x80) return void (valid = false)
      }
    },
    isLikely: () => valid && lacking === 0 && pairs > 0 && telling * 10 >= pairs,
  }
}
