/** Reads what a page's form or a program sends to the sandbox's own side, and refuses what cannot be read. */
import type { Context } from 'hono'
import { Malformed, objectOf } from '../parse.ts'

export type ConsoleRequest = { readonly values: Readonly<Record<string, unknown>>; readonly isForm: boolean }

/** @throws Malformed */
export async function readRequest(c: Context): Promise<ConsoleRequest> {
  const text = await c.req.text()
  // A command line client often sends JSON under the form's content type: the body itself decides.
  const isForm = !text.trimStart().startsWith('{') && isFormType(c)
  return { values: isForm ? readForm(text) : objectOf(parseJson(text), 'the body'), isForm }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Malformed('the body is not JSON')
  }
}

export async function refusingMalformed(c: Context, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Malformed) return c.json({ error: error.message }, 400)
    throw error
  }
}

const NUMBERS = ['advanceDays', 'amountYen']

/** A form sends words; what is a number becomes one. */
function readForm(text: string): Record<string, unknown> {
  return Object.fromEntries(
    [...new URLSearchParams(text)].map(([name, value]) => [
      name,
      NUMBERS.includes(name) && /^-?\d+$/.test(value) ? Number(value) : value,
    ]),
  )
}

function isFormType(c: Context): boolean {
  return /^application\/x-www-form-urlencoded/i.test(c.req.header('content-type') ?? '')
}
