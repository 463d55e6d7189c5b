/** Small byte work shared by the SBPS codecs. */

/** Drops every byte up to 0x20 at both ends: spaces, line ends, and the paddings that clients leave behind. */
export function trimBytes(bytes: Uint8Array): Uint8Array {
  let [start, end] = [0, bytes.length]
  while (start < end && bytes[start]! <= 0x20) start += 1
  while (end > start && bytes[end - 1]! <= 0x20) end -= 1
  return start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end)
}

/** As `trimBytes`, for text: a full-width space is a letter here and stays. */
export function trimText(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && text.charCodeAt(start) <= 0x20) start += 1
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end -= 1
  return text.slice(start, end)
}

/** Undefined when the text is not base64. Line breaks inside are left out: some encoders write them. */
export function fromBase64(text: string): Uint8Array | undefined {
  const compact = text.replace(/[\t\r\n ]/g, '')
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return undefined
  return Buffer.from(compact, 'base64')
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}
