import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, errorOf, type TestApp } from '../../testing/app.ts'

let house: TestApp
beforeAll(async () => {
  house = await createTestApp()
})
afterAll(() => house.close())

test('keeps a value for the person who set it, and nobody else', async () => {
  const [staff, admin] = [await house.signIn('staff'), await house.signIn('admin')]
  await staff.send('PUT', '/api/preferences/payments.columns', { value: ['orderNumber', 'amountYen'] })
  await staff.send('PUT', '/api/preferences/theme', { value: 'light' })
  await staff.send('PUT', '/api/preferences/theme', { value: 'dark' })
  expect(await (await staff.get('/api/preferences')).json()).toEqual({
    values: { 'payments.columns': ['orderNumber', 'amountYen'], theme: 'dark' },
  })
  expect(await (await admin.get('/api/preferences')).json()).toEqual({ values: {} })
})

test('refuses a key nobody planned and a value that is too large', async () => {
  const staff = await house.signIn('staff')
  expect(await errorOf(await staff.send('PUT', '/api/preferences/anything', { value: 1 }))).toMatchObject({
    code: 'request.invalid',
    details: { issues: [{ path: 'key' }] },
  })
  const large = await staff.send('PUT', '/api/preferences/theme', { value: 'あ'.repeat(6_000) })
  expect(await errorOf(large)).toMatchObject({ code: 'request.invalid', details: { issues: [{ path: 'value' }] } })
})
