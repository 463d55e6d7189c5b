/** Every function of the API byte by byte, both ways. The examples were written by another client (tools/clients/python). */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeApiRequest, encodeApiRequest } from './api-request.ts'
import { type ApiAnswer, decodeApiResponse, encodeApiResponse } from './api-response.ts'
import { listFunctionIds } from './fields.ts'
import type { SbpsKeys, Values } from './message.ts'

type Example = {
  readonly functionId: string
  readonly values: Values
  readonly rows: readonly Values[]
  readonly encrypted: boolean
  readonly request: string
  readonly answer: ApiAnswer
  readonly response: string
  readonly refused: ApiAnswer
  readonly refusal: string
}

const examples = JSON.parse(
  readFileSync(new URL('../../fixtures/sbps-function-bytes.json', import.meta.url), 'utf8'),
) as Example[]

const keys: SbpsKeys = {
  hashKey: '0123456789abcdef0123456789abcdef01234567',
  tripleDesKey: '0123456789ABCDEFGHIJKLMN',
  tripleDesIv: 'abcdefgh',
}

/** Messages are ASCII on the wire: what is not travels in base64. */
function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}

it('has an example of each function', () => {
  expect(examples.map(({ functionId }) => functionId).toSorted()).toEqual(listFunctionIds().toSorted())
})

describe.each(examples)('$functionId', (example) => {
  const { functionId, values, rows, encrypted } = example

  it('is asked in these bytes', () => {
    const written = encodeApiRequest(functionId, { values, rows }, keys)
    expect(written.ok && textOf(written.bytes)).toBe(example.request)
  })

  it('is understood from these bytes', () => {
    const read = decodeApiRequest(Buffer.from(example.request, 'latin1'), keys)
    if (!read.ok) throw new Error(read.reason)
    expect(read.checksumHolds).toBe(true)
    const { sps_hashcode: _, ...said } = read.values
    expect(said).toEqual(values)
    expect(read.rows.map((row) => ({ ...row }))).toEqual(rows)
  })

  it.each([
    ['answered', example.answer, example.response],
    ['refused', example.refused, example.refusal],
  ])('is %s in these bytes, and understood from them', (_, answer, bytes) => {
    expect(textOf(encodeApiResponse(answer, keys, encrypted))).toBe(bytes)
    const read = decodeApiResponse(Buffer.from(bytes, 'latin1'), keys, encrypted)
    expect(structuredClone(read)).toEqual({ ok: true, ...answer })
  })
})
