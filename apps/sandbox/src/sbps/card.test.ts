import { describe, expect, it } from 'vitest'
import { cardRequest, createWorld, type SbpsWorld } from '../testing/sbps.ts'
import { TEST_CARDS } from './test-cards.ts'

async function authorized(world: SbpsWorld, values: Record<string, string> = {}): Promise<string> {
  const answer = await world.call('ST01-00111-101', cardRequest(values))
  expect(answer.errorCode).toBe('')
  return answer.trackingId!
}

async function stateOf(world: SbpsWorld, trackingId: string): Promise<string> {
  const { methodInfo } = await world.call('MG01-00101-101', { tracking_id: trackingId, encrypted_flg: '1' })
  return ['commit_status', 'payment_status', 'captured_amount', 'refunded_amount']
    .map((tag) => methodInfo![tag])
    .join(' ')
}

const COMMIT = 'ST02-00101-101'
const CAPTURE = 'ST02-00201-101'
const CANCEL_OR_REFUND = 'ST02-00303-101'
const CANCEL_AUTHORIZATION = 'ST02-00305-101'
const PARTIAL_REFUND = 'ST02-00307-101'

/** Runs functions one after the other and gives the error types. */
async function play(world: SbpsWorld, trackingId: string, steps: (string | [string, Record<string, string>])[]) {
  const types: string[] = []
  for (const step of steps) {
    const [functionId, values] = typeof step === 'string' ? [step, {}] : step
    const answer = await world.call(functionId, {
      tracking_id: trackingId,
      processing_datetime: '20260803090000',
      ...values,
    })
    types.push(answer.result === 'OK' ? 'OK' : answer.errorCode.slice(3, 5))
  }
  return types
}

describe('card authorization', () => {
  it('gives ids, company, approval number and brand', async () => {
    const world = createWorld()
    const answer = await world.call('ST01-00101-101', cardRequest({ cc_number: '5555555555554444' }))
    expect(answer).toMatchObject({
      functionId: 'ST01-00101-101',
      result: 'OK',
      trackingId: '00000616307001',
      methodInfo: {
        cc_company_code: '99665',
        cardbrand_code: 'M',
        recognized_no: expect.stringMatching(/^\d{6}$/) as string,
      },
      processDate: '20260803090000',
    })
    expect(answer.transactionId).toMatch(/^C99901001ST0100101101\d{11}$/)
  })

  it('refuses the same order id and branch number, and takes the next branch', async () => {
    const world = createWorld()
    const request = cardRequest({ order_rowno: '1' })
    await world.call('ST01-00111-101', request)
    expect((await world.call('ST01-00111-101', request)).errorCode).toBe('10196999')
    expect((await world.call('ST01-00111-101', { ...request, order_rowno: '2' })).result).toBe('OK')
  })

  it.each(TEST_CARDS)('with $number ends as the guide says ($en)', async ({ number, refusal }) => {
    const answer = await createWorld().call('ST01-00111-101', cardRequest({ cc_number: number }))
    expect(answer.errorCode).toBe(refusal ? `101${refusal}999` : '')
  })

  it.each([
    [{ cc_number: '4111111111111112' }, '10127999'],
    [{ cc_expiration: '202607' }, '10127999'],
    [{ amount: '1' }, '10107008'],
    [{ amount: '9000022' }, '10122999'],
    [{ amount: '9000090' }, '10190999'],
    [{ dealings_type: '61' }, '10103203'],
    [{ dealings_type: '61', divide_times: '4' }, '10134999'],
    [{ dealings_type: '61', divide_times: '3' }, ''],
    [{ cc_expiration: '202608' }, ''],
  ])('with %o answers %s', async (values, code) => {
    expect((await createWorld().call('ST01-00111-101', cardRequest(values))).errorCode).toBe(code)
  })
})

describe('the card flow', () => {
  it('commits, captures and refunds', async () => {
    const world = createWorld()
    const id = await authorized(world)
    expect(await stateOf(world, id)).toBe('0 1 0 0')
    expect(await play(world, id, [COMMIT])).toEqual(['OK'])
    expect(await stateOf(world, id)).toBe('1 1 0 0')
    expect(await play(world, id, [CAPTURE])).toEqual(['OK'])
    expect(await stateOf(world, id)).toBe('1 2 1080 0')
    expect(await play(world, id, [CANCEL_OR_REFUND])).toEqual(['OK'])
    expect(await stateOf(world, id)).toBe('1 4 1080 1080')
  })

  it.each([
    ['confirming twice', [COMMIT, COMMIT], ['OK', '60']],
    ['capturing before commit', [CAPTURE], ['59']],
    ['capturing twice', [COMMIT, CAPTURE, CAPTURE], ['OK', 'OK', '41']],
    ['capturing after cancel', [COMMIT, CANCEL_OR_REFUND, CAPTURE], ['OK', 'OK', '40']],
    ['cancelling twice', [CANCEL_OR_REFUND, CANCEL_OR_REFUND], ['OK', '40']],
    ['refunding twice', [COMMIT, CAPTURE, CANCEL_OR_REFUND, CANCEL_OR_REFUND], ['OK', 'OK', 'OK', '46']],
    ['cancelling a captured authorization', [COMMIT, CAPTURE, CANCEL_AUTHORIZATION], ['OK', 'OK', '49']],
    ['refunding part before capture', [COMMIT, [PARTIAL_REFUND, { amount: '1' }]], ['OK', 'K0']],
  ] as [string, (string | [string, Record<string, string>])[], string[]][])('answers %s', async (_, steps, types) => {
    const world = createWorld()
    expect(await play(world, await authorized(world), steps)).toEqual(types)
  })

  it('captures less than authorized, never more', async () => {
    const world = createWorld()
    const id = await authorized(world)
    expect(await play(world, id, [COMMIT, [CAPTURE, { amount: '1081' }], [CAPTURE, { amount: '1000' }]])).toEqual([
      'OK',
      '79',
      'OK',
    ])
    expect(await stateOf(world, id)).toBe('1 2 1000 0')
  })

  it('refunds in parts up to what was captured, each refund number once', async () => {
    const world = createWorld()
    const id = await authorized(world)
    const part = (amount: string, row: string): [string, Record<string, string>] => [
      PARTIAL_REFUND,
      { amount, refund_rowno: row },
    ]
    expect(
      await play(world, id, [
        COMMIT,
        CAPTURE,
        part('300', '1'),
        part('300', '1'),
        part('781', '2'),
        part('780', '2'),
        part('1', '3'),
      ]),
    ).toEqual(['OK', 'OK', 'OK', '97', 'K1', 'OK', '46'])
    expect(await stateOf(world, id)).toBe('1 4 1080 1080')
  })

  it('marks a cancel before and after commit apart', async () => {
    const world = createWorld()
    const [early, late] = [await authorized(world), await authorized(world)]
    await play(world, early, [CANCEL_OR_REFUND])
    await play(world, late, [COMMIT, CANCEL_AUTHORIZATION])
    expect([await stateOf(world, early), await stateOf(world, late)]).toEqual(['3 3 0 0', '2 3 0 0'])
  })

  it('dates sales and refunds by the day, everything else by the second', async () => {
    const world = createWorld()
    const id = await authorized(world)
    const dateOf = async (functionId: string) => (await world.call(functionId, { tracking_id: id })).processDate
    expect([await dateOf(COMMIT), await dateOf(CAPTURE), await dateOf(CANCEL_OR_REFUND)]).toEqual([
      '20260803090000',
      '20260803000000',
      '20260803000000',
    ])
  })

  it('captures and refunds until the end of the third month after the authorization', async () => {
    const world = createWorld()
    const [captured, open] = [await authorized(world), await authorized(world)]
    await play(world, captured, [COMMIT, CAPTURE])
    await play(world, open, [COMMIT])
    world.deps.clock.moveTo(new Date('2026-11-30T23:59:59+09:00'))
    expect(await play(world, captured, [[PARTIAL_REFUND, { amount: '1' }]])).toEqual(['OK'])
    world.deps.clock.moveTo(new Date('2026-12-01T00:00:00+09:00'))
    expect(await play(world, captured, [CANCEL_OR_REFUND])).toEqual(['56'])
    expect(await play(world, open, [CAPTURE])).toEqual(['42'])
  })

  it('takes the sale on commit when the contract says automatic', async () => {
    const world = createWorld({ account: { cardSales: 'automatic' } })
    const id = await authorized(world)
    expect(await play(world, id, [COMMIT, CAPTURE])).toEqual(['OK', '37'])
    expect(await stateOf(world, id)).toBe('1 2 1080 0')
  })

  it('finds a payment by its transaction id too', async () => {
    const world = createWorld()
    const made = await world.call('ST01-00111-101', cardRequest())
    const answer = await world.call(COMMIT, { sps_transaction_id: made.transactionId! })
    expect(answer.result).toBe('OK')
  })

  it('shows as much of the card as the inquiry asks for', async () => {
    const world = createWorld()
    const id = await authorized(world)
    const shown = async (type: string) =>
      (await world.call('MG01-00101-101', { tracking_id: id, response_info_type: type, encrypted_flg: '1' }))
        .methodInfoDetail
    expect(await shown('2')).toMatchObject({
      cc_number: '************1111',
      cc_expiration: '203012',
      dealings_type: '10',
    })
    expect(await shown('1')).toMatchObject({ cc_number: '****************' })
    expect(await shown('0')).not.toHaveProperty('cc_number')
  })

  it('does not show one shop the payment of another', async () => {
    const world = createWorld()
    const id = await authorized(world)
    const { hashKey, tripleDesKey, tripleDesIv, noticeUrl } = world.account
    const other = { ...world.account, serviceId: '002', hashKey, tripleDesKey, tripleDesIv, noticeUrl }
    world.deps.accounts.upsert({ sbps: [other], np: [] })
    const card = world.deps.store.table<{ serviceId: string }>('sbps_card')
    card.put(id, { ...card.get(id)!, serviceId: '002' })
    expect((await world.call(COMMIT, { tracking_id: id })).errorCode).toBe('10112027')
  })
})

describe('tokens', () => {
  async function makeToken(world: SbpsWorld, ccNumber = '4111111111111111') {
    const answer = await world.app.request('/sbpstoken/tokens', {
      method: 'POST',
      body: JSON.stringify({
        merchantId: '99901',
        serviceId: '001',
        ccNumber,
        ccExpiration: '203012',
        securityCode: '123',
      }),
    })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    return (await answer.json()) as {
      result: string
      errorCode?: string
      tokenResponse: { token: string; tokenKey: string }
    }
  }

  function tokenRequest(made: { token: string; tokenKey: string }) {
    const { cc_number: _n, cc_expiration: _e, security_code: _s, ...rest } = cardRequest()
    return { ...rest, token: made.token, token_key: made.tokenKey }
  }

  it('have the shapes of the real ones and work once', async () => {
    const world = createWorld()
    const { tokenResponse } = await makeToken(world)
    expect(tokenResponse.token).toMatch(/^[0-9A-F]{246}$/)
    expect(tokenResponse.tokenKey).toMatch(/^3059301306072A8648CE3D020106082A8648CE3D030107034200[0-9A-F]{130}$/)
    expect((await world.call('ST01-00131-101', tokenRequest(tokenResponse))).result).toBe('OK')
    expect((await world.call('ST01-00131-101', tokenRequest(tokenResponse))).errorCode).toBe('101T2227')
  })

  it('lapse, and are bound to their key', async () => {
    const world = createWorld()
    const [first, second] = [await makeToken(world), await makeToken(world)]
    const mixed = { token: first.tokenResponse.token, tokenKey: second.tokenResponse.tokenKey }
    expect((await world.call('ST01-00131-101', tokenRequest(mixed))).errorCode).toBe('101T1228')
    world.deps.realTime.ms += 10 * 60_000
    expect((await world.call('ST01-00131-101', tokenRequest(first.tokenResponse))).errorCode).toBe('101T2227')
  })

  it('carry the outcome of their test card', async () => {
    const world = createWorld()
    const { tokenResponse } = await makeToken(world, '4000000000000002')
    expect((await world.call('ST01-00131-101', tokenRequest(tokenResponse))).errorCode).toBe('10136999')
  })

  it('are refused for what is no card', async () => {
    const world = createWorld()
    expect(await makeToken(world, 'abc')).toEqual({ result: 'NG', errorCode: '10104200' })
    const answer = await world.app.request('/sbpstoken/tokens', { method: 'POST', body: '{' })
    expect(await answer.json()).toEqual({ result: 'NG', errorCode: '10114001' })
  })

  it('come from a script with the known global name', async () => {
    const script = await createWorld().app.request('/sbpstoken/com_sbps_system_token.js')
    expect(script.headers.get('content-type')).toContain('javascript')
    expect(await script.text()).toContain('global.com_sbps_system = { generateToken')
  })
})

describe('stored cards', () => {
  const register = {
    cust_code: 'CUST-9',
    sps_cust_info_return_flg: '1',
    encrypted_flg: '1',
    cc_number: '4111111111111111',
    cc_expiration: '203012',
  }

  it('are registered, read, updated, charged and deleted', async () => {
    const world = createWorld()
    const made = await world.call('MG02-00101-101', { ...register, resrv1: 'テスト' })
    expect(made).toMatchObject({ customerNo: '000000000001', paymentNo: '001', methodInfo: { cardbrand_code: 'V' } })
    const read = await world.call('MG02-00104-101', { cust_code: 'CUST-9', encrypted_flg: '0' })
    expect(read.methodInfo).toMatchObject({ cc_number: '************1111', cc_expiration: '203012', resrv1: 'テスト' })
    const updated = await world.call('MG02-00102-101', { ...register, cc_number: '5555555555554444' })
    expect(updated).toMatchObject({ customerNo: '000000000001', methodInfo: { cardbrand_code: 'M' } })
    const { cc_number: _n, cc_expiration: _e, security_code: _s, ...byStored } = cardRequest({ cust_code: 'CUST-9' })
    expect((await world.call('ST01-00131-101', byStored)).methodInfo).toMatchObject({ cardbrand_code: 'M' })
    expect((await world.call('MG02-00103-101', { cust_code: 'CUST-9' })).result).toBe('OK')
    expect((await world.call('MG02-00104-101', { cust_code: 'CUST-9' })).errorCode).toBe('10195999')
    expect((await world.call('ST01-00131-101', { ...byStored, order_id: 'X' })).errorCode).toBe('10195999')
  })

  it('can be saved along with an authorization, and registered once only', async () => {
    const world = createWorld()
    const answer = await world.call(
      'ST01-00111-101',
      cardRequest({ cust_code: 'CUST-9', cust_manage_flg: '1', sps_cust_info_return_flg: '1' }),
    )
    expect(answer).toMatchObject({ customerNo: '000000000001', paymentNo: '001' })
    expect((await world.call('MG02-00101-101', register)).errorCode).toBe('10195999')
  })

  it('give a 32-digit key when registered by token', async () => {
    const world = createWorld()
    const token = await world.app.request('/sbpstoken/tokens', {
      method: 'POST',
      body: JSON.stringify({
        merchantId: '99901',
        serviceId: '001',
        ccNumber: '4111111111111111',
        ccExpiration: '203012',
        securityCode: '123',
      }),
    })
    const { tokenResponse } = (await token.json()) as { tokenResponse: { token: string; tokenKey: string } }
    const answer = await world.call('MG02-00131-101', {
      cust_code: 'C',
      token: tokenResponse.token,
      token_key: tokenResponse.tokenKey,
      encrypted_flg: '1',
    })
    expect(answer.payInfoKey).toMatch(/^[0-9A-F]{32}$/)
  })
})
