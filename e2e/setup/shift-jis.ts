/** Text as a shop's program on Windows writes it. The platform decodes Shift_JIS but does not write it: its table turned round. */
export function encodeShiftJis(text: string): Buffer {
  return Buffer.concat(
    [...text].map((character) => {
      const bytes = table().get(character)
      if (bytes === undefined) throw new RangeError(`Shift_JIS has no ${character}`)
      return bytes
    }),
  )
}

let built: ReadonlyMap<string, Buffer> | undefined

function table(): ReadonlyMap<string, Buffer> {
  built ??= build()
  return built
}

function build(): ReadonlyMap<string, Buffer> {
  const decoder = new TextDecoder('shift_jis')
  const found = new Map<string, Buffer>()
  const add = (bytes: Buffer) => {
    const character = decoder.decode(bytes)
    if ([...character].length === 1 && character !== '\uFFFD' && !found.has(character)) found.set(character, bytes)
  }
  for (let byte = 0; byte < 0xe0; byte += 1) add(Buffer.of(byte))
  for (let lead = 0x81; lead <= 0xfc; lead += 1)
    for (let trail = 0x40; trail <= 0xfc; trail += 1) add(Buffer.of(lead, trail))
  return found
}
