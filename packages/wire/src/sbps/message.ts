/** The shapes that all SBPS codecs speak in. */

export type Values = Readonly<Record<string, string>>

/** The leaves of a message by tag, groups flattened (tags are unique within a function), and its detail rows. */
export type SbpsMessage = { readonly values: Values; readonly rows?: readonly Values[] }

export type SbpsKeys = { readonly hashKey: string; readonly tripleDesKey: string; readonly tripleDesIv: string }

export type UnreadableReason =
  | 'charset'
  | 'xml'
  | 'root'
  | 'function'
  | 'duplicate'
  | 'base64'
  | 'cipher'
  | 'text'
  | 'form'
  | 'value'

/** Bytes that are not the message they should be. `tag` names the leaf at fault where there is one. */
export type Unreadable = { readonly ok: false; readonly reason: UnreadableReason; readonly tag?: string }

/** A text that the provider's character set cannot hold: nothing is sent, and the characters are named. */
export type Unwritable = {
  readonly ok: false
  readonly reason: 'unmappable' | 'function'
  readonly tag?: string
  readonly characters?: readonly string[]
}

export type Written = { readonly ok: true; readonly bytes: Uint8Array }

export function unreadable(reason: UnreadableReason, tag?: string): Unreadable {
  return tag === undefined ? { ok: false, reason } : { ok: false, reason, tag }
}
