import { expect, test } from 'vitest'
import { readEnv } from './env.ts'

const good = { DATABASE_URL: 'postgres://u:p@localhost:5432/choba', CHOBA_SECRET: 'x'.repeat(32) }

test('reads a short environment with safe defaults', () => {
  expect(readEnv(good)).toMatchObject({
    port: 8787,
    host: '127.0.0.1',
    sandboxPort: 8788,
    sandbox: true,
    publicUrl: null,
    logLevel: 'info',
  })
})

test.each([
  [{ ...good, PORT: '99999' }, 'PORT must be a port number'],
  [{ ...good, PORT: 'http' }, 'PORT must be a port number'],
  [{ ...good, SANDBOX_PORT: '0' }, 'SANDBOX_PORT must be a port number'],
  [{ ...good, CHOBA_SANDBOX: 'no' }, 'CHOBA_SANDBOX must be "on" or "off"'],
  [{ ...good, LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of'],
  [{ ...good, PUBLIC_URL: 'console.example' }, 'PUBLIC_URL must be an address'],
  [{ ...good, DATABASE_URL: 'mysql://u@h/db' }, 'DATABASE_URL must look like'],
  [{ ...good, CHOBA_SECRET: 'short' }, 'CHOBA_SECRET has 5 characters'],
  [{ DATABASE_URL: good.DATABASE_URL }, 'CHOBA_SECRET is not set'],
  [{ CHOBA_SECRET: good.CHOBA_SECRET }, 'DATABASE_URL is not set'],
])('refuses a bad value in one sentence that names it', (environment, sentence) => {
  expect(() => readEnv(environment)).toThrow(sentence)
})

test('never repeats a password or a secret in a refusal', () => {
  const refusalOf = (environment: NodeJS.ProcessEnv) => {
    try {
      return JSON.stringify(readEnv(environment))
    } catch (error) {
      return String(error)
    }
  }
  expect(refusalOf({ ...good, DATABASE_URL: 'mysql://u:hunter2@h/db' })).not.toContain('hunter2')
  expect(refusalOf({ ...good, CHOBA_SECRET: 'hunter2' })).not.toContain('hunter2')
})
