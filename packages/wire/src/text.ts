/** The text of a file whose encoding nobody said: UTF-8 when its bytes are UTF-8, otherwise CP932. */
import { decodeCp932 } from './cp932.ts'

export type FileEncoding = 'utf8' | 'cp932'
export type FileText = { readonly text: string; readonly encoding: FileEncoding }

/** Japanese in CP932 is hardly ever valid UTF-8, so the stricter question comes first. Undefined when it is neither. */
export function decodeFileText(bytes: Uint8Array): FileText | undefined {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf8' }
  } catch {
    const text = decodeCp932(bytes)
    return text === undefined ? undefined : { text, encoding: 'cp932' }
  }
}
