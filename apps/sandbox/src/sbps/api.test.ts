import { decodeCp932 } from '@choba/wire/cp932.ts'
import { encodeApiRequest } from '@choba/wire/sbps/api-request.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { basicOf, cardRequest, createWorld, type SbpsWorld } from '../testing/sbps.ts'

function bytesOf(world: SbpsWorld, functionId: string, values: Record<string, string>): Uint8Array {
  const head = { merchant_id: '99901', service_id: '001', request_date: '20260803090000' }
  const written = encodeApiRequest(functionId, { values: { ...head, ...values } }, world.account)
  if (!written.ok) throw new Error('unwritable')
  return written.bytes
}

async function xmlOf(answer: Response): Promise<string> {
  return decodeCp932(new Uint8Array(await answer.arrayBuffer()))!
}

describe('the API address', () => {
  it('answers 401 with a challenge and a body to a client without credentials, or with wrong ones', async () => {
    const world = createWorld()
    const wrong = Buffer.from(`99901001:${'f'.repeat(40)}`).toString('base64')
    for (const authorization of [undefined, 'Bearer x', `Basic ${wrong}`, 'Basic !!!', 'Basic OTk5']) {
      const answer = await world.app.request('/api/xmlapi.do', {
        method: 'POST',
        headers: authorization === undefined ? {} : { authorization },
      })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/)
      expect((await answer.text()).length).toBeGreaterThan(0)
    }
  })

  it('answers in the recorded form', async () => {
    const world = createWorld()
    const answer = await world.post(bytesOf(world, 'ST01-00111-101', { ...cardRequest(), encrypted_flg: '0' }))
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/xml;charset=Shift_JIS',
      'content-language': 'ja',
      pragma: 'No-cache',
      'cache-control': 'no-cache,no-store,max-age=0',
      expires: 'Thu, 01 Jan 1970 00:00:00 GMT',
      server: 'Apache',
    })
    expect(answer.headers.get('set-cookie')).toMatch(/^JSESSIONID=[0-9A-F]{32}\.\w+; Path=\/api$/)
    expect(await xmlOf(answer)).toMatch(
      new RegExp(
        "^<\\?xml version='1.0' encoding='Shift_JIS' \\?>\\r\\n<sps-api-response id=\"ST01-00111-101\">\\r\\n" +
          '  <res_result>OK</res_result>\\r\\n' +
          '  <res_sps_transaction_id>C99901001ST0100111101\\d{11}</res_sps_transaction_id>\\r\\n' +
          '  <res_tracking_id>00000616307001</res_tracking_id>\\r\\n' +
          '  <res_pay_method_info>\\r\\n    <cc_company_code>10035</cc_company_code>\\r\\n' +
          '    <recognized_no>\\d{6}</recognized_no>\\r\\n    <cardbrand_code>V</cardbrand_code>\\r\\n' +
          '  </res_pay_method_info>\\r\\n  <res_process_date>20260803090000</res_process_date>\\r\\n' +
          '  <res_err_code/>\\r\\n  <res_date>20260803090000</res_date>\\r\\n</sps-api-response>$',
      ),
    )
  })

  it('answers a validation error as HTTP 200 without an id, a processing error with it', async () => {
    const world = createWorld()
    const missing = await world.post(bytesOf(world, 'ST01-00111-101', { ...cardRequest(), order_id: '' }))
    expect(missing.status).toBe(200)
    expect(await xmlOf(missing)).toBe(
      "<?xml version='1.0' encoding='Shift_JIS' ?>\r\n<sps-api-response>\r\n  <res_result>NG</res_result>\r\n" +
        '  <res_err_code>10103004</res_err_code>\r\n  <res_date>20260803090000</res_date>\r\n</sps-api-response>',
    )
    const unknown = await world.post(bytesOf(world, 'ST02-00303-101', { tracking_id: '00000000000009' }))
    expect(await xmlOf(unknown)).toContain(
      '<sps-api-response id="ST02-00303-101">\r\n  <res_result>NG</res_result>\r\n  <res_err_code>10112027',
    )
  })

  it.each([
    ['a missing id', 'ST02-00303-101', {}, '10103026'],
    ['a wrong merchant', 'ST02-00303-101', { merchant_id: '99902', tracking_id: '1' }, '10114001'],
    ['a wrong service', 'ST02-00303-101', { service_id: '002', tracking_id: '1' }, '10114002'],
    ['a transaction id nobody knows', 'ST02-00303-101', { sps_transaction_id: 'B1' }, '10111026'],
    ['a function that is not offered', 'ST01-00132-101', cardRequest({ token: 'a', token_key: 'b' }), '10102000'],
  ])('refuses %s', async (_, functionId, values, code) => {
    const world = createWorld()
    const answer = await world.call(functionId, values)
    expect([answer.result, answer.errorCode]).toEqual(['NG', code])
  })

  it('leaves the id out whenever a value is at fault, and gives it when the state is', async () => {
    const world = createWorld()
    const request = cardRequest()
    expect(await world.call('ST01-00111-101', { ...request, amount: '1' })).not.toHaveProperty('functionId')
    await world.call('ST01-00111-101', request)
    expect(await world.call('ST01-00111-101', request)).toMatchObject({
      functionId: 'ST01-00111-101',
      errorCode: '10196999',
    })
  })

  it('refuses a checksum that does not hold', async () => {
    const world = createWorld()
    const bytes = bytesOf(world, 'ST02-00303-101', { tracking_id: '1' })
    const forged = Buffer.from(bytes).toString('latin1').replace('<tracking_id>1', '<tracking_id>2')
    expect(await xmlOf(await world.post(forged))).toContain('<res_err_code>10109999</res_err_code>')
  })

  it('refuses an old request only when the account wants its age checked', async () => {
    const values = { tracking_id: '1', request_date: '20260803084959' }
    const strict = createWorld({ account: { requestAgeCheck: true } })
    expect((await strict.call('ST02-00303-101', values)).errorCode).toBe('10110023')
    expect((await strict.call('ST02-00303-101', { ...values, limit_second: '601' })).errorCode).toBe('10112027')
    expect((await createWorld().call('ST02-00303-101', values)).errorCode).toBe('10112027')
  })

  it.each([
    ['no XML', 'hello', '99900999'],
    ['nothing', '', '99900999'],
    ['an unknown function', '<sps-api-request id="ST09-00000-101"/>', '10102000'],
    ['broken base64', '<sps-api-request id="ST01-00111-101"><item_name>%</item_name></sps-api-request>', '10106006'],
  ])('refuses %s', async (_, body, code) => {
    const answer = await createWorld().post(body)
    expect(answer.status).toBe(200)
    expect(await xmlOf(answer)).toContain(`<res_err_code>${code}</res_err_code>`)
  })

  it('answers any garbage with NG and remembers nothing of it', async () => {
    const world = createWorld()
    const seed = bytesOf(world, 'ST01-00111-101', { ...cardRequest() })
    const mangled = fc
      .tuple(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }), fc.nat())
      .map(([changes, cut]) => {
        const bytes = Uint8Array.from(seed)
        for (const [at, value] of changes)
          bytes[at % bytes.length] = bytes[at % bytes.length] === value ? value ^ 1 : value
        return bytes.subarray(0, Math.max(1, cut % bytes.length))
      })
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 300 }), mangled), async (bytes) => {
        const answer = await world.post(bytes)
        expect(answer.status).toBe(200)
        expect(await xmlOf(answer)).toContain('<res_result>NG</res_result>')
      }),
      { numRuns: 200 },
    )
    expect(world.deps.store.table('sbps_card').size).toBe(0)
  })

  it('answers HTTP 500 without processing when a tester asks for it', async () => {
    const world = createWorld()
    const answer = await world.post(
      bytesOf(world, 'ST01-00111-101', { ...cardRequest(), cust_code: 'error500+a@b.jp' }),
    )
    expect(answer.status).toBe(500)
    expect(world.deps.store.table('sbps_card').size).toBe(0)
  })

  it('keeps no card number', async () => {
    const world = createWorld()
    await world.call('ST01-00111-101', cardRequest({ cust_manage_flg: '1', sps_cust_info_return_flg: '1' }))
    const kept = ['sbps_card', 'sbps_stored_card', 'sbps_token'].flatMap((name) => [
      ...world.deps.store.table(name).values(),
    ])
    expect(JSON.stringify(kept)).toContain('1111')
    expect(JSON.stringify(kept)).not.toMatch(/411111/)
  })

  it('finds payments of an order in the portal', async () => {
    const world = createWorld()
    const made = await world.call('ST01-00111-101', cardRequest({ order_id: 'LOST-1', order_rowno: '1' }))
    const headers = { authorization: basicOf(world.account) }
    const answer = await world.app.request('/portal/payments?order_id=LOST-1', { headers })
    expect(await answer.json()).toEqual({
      results: [
        {
          tracking_id: made.trackingId,
          transaction_id: made.transactionId,
          pay_method: 'credit',
          order_rowno: '1',
          amount: 1080,
          status: '1',
        },
      ],
    })
    expect((await world.app.request('/portal/payments?order_id=LOST-1')).status).toBe(401)
  })
})
