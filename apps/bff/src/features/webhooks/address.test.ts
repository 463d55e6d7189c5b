import { describe, expect, test } from 'vitest'
import type { AppError } from '../../core/app-error.ts'
import { checkAddress } from './address.ts'

function reasonOf(url: string, environment: 'live' | 'sandbox'): unknown {
  try {
    checkAddress(url, environment)
    return 'taken'
  } catch (error) {
    return (error as AppError).details?.['reason']
  }
}

describe('where a live merchant’s events may go', () => {
  test.each([
    ['https://hooks.shop.example/np', 'taken'],
    ['http://hooks.shop.example/np', 'scheme'],
    ['ftp://hooks.shop.example/np', 'scheme'],
    ['https://user:pass@hooks.shop.example/', 'credentials'],
    ['https://127.0.0.1/', 'private'],
    ['https://10.1.2.3/', 'private'],
    ['https://172.20.0.1/', 'private'],
    ['https://192.168.1.1/', 'private'],
    ['https://169.254.169.254/latest', 'private'],
    ['https://100.64.0.1/', 'private'],
    ['https://2130706433/', 'private'],
    ['https://[::1]/', 'private'],
    ['https://[fd00::1]/', 'private'],
    ['https://[::ffff:127.0.0.1]/', 'private'],
    ['https://localhost/', 'private'],
    ['https://db.internal/', 'private'],
    ['https://172.32.0.1/', 'taken'],
  ])('%s: %s', (url, expected) => expect(reasonOf(url, 'live')).toBe(expected))
})

test('a sandbox merchant may listen on the own machine, without TLS', () => {
  expect(reasonOf('http://127.0.0.1:4000/hook', 'sandbox')).toBe('taken')
  expect(reasonOf('file:///etc/passwd', 'sandbox')).toBe('scheme')
})
