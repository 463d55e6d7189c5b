import { expect, test } from 'vitest'
import { AppError } from './app-error.ts'
import { createLog } from './log.ts'

function logged(fields: object): string {
  const lines: string[] = []
  createLog('info', { write: (line: string) => void lines.push(line) }).info(fields, 'message')
  return lines.join('')
}

test('masks secrets and personal data at any depth', () => {
  const line = logged({
    paymentId: 'p1',
    connection: { settings: [{ hashKey: 'HASH', tripleDesIv: 'IV', spCode: 'SP' }] },
    customer: { name: '山田' },
    email: 'a@b.example',
    headers: { Cookie: 'choba.session_token=T', authorization: 'Basic X' },
  })
  expect(line).toContain('"paymentId":"p1"')
  expect(line).not.toMatch(/HASH|IV"|"SP"|山田|a@b|=T|Basic/)
})

test('logs an error without the values that PostgreSQL quotes', () => {
  const error = Object.assign(new Error('duplicate key value violates unique constraint "x"'), {
    code: '23505',
    constraint: 'x',
    detail: 'Key (email)=(a@b.example) already exists.',
  })
  const line = logged({ err: error })
  expect(line).toContain('"code":"23505"')
  expect(line).not.toContain('a@b.example')
})

test('logs the details of a refusal, masked', () => {
  const line = logged({ err: new AppError('request.invalid', { field: 'q', phone: '0312345678' }) })
  expect(line).toContain('"field":"q"')
  expect(line).not.toContain('0312345678')
})
