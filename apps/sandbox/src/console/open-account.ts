/** A merchant without a contract gets an account, with contracts like those of the accounts that are here already. */
import { randomBytes, randomInt } from 'node:crypto'
import type { Accounts, NpAccount, SbpsAccount } from '../accounts.ts'
import { objectOf, textOf } from '../parse.ts'

/** Numbers of opened accounts, away from those of account files. @see accounts.ts for what they look like */
const FIRST_NUMBER = 10_000
const LAST_NUMBER = 89_999

/** Answers the accounts with their secrets, once. @throws Malformed naming the field that is wrong. */
export function openAccounts(accounts: Accounts, body: unknown): { sbps: SbpsAccount[]; np: NpAccount[] } {
  const request = objectOf(body, 'the body')
  const noticesUrl = textOf(request['noticesUrl'], 'noticesUrl', /^https?:\/\/\S+$/)
  const [likeSbps] = accounts.listSbps().filter(({ link }) => link === undefined)
  const [likeNp] = accounts.listNp()
  if (likeSbps === undefined || likeNp === undefined) return { sbps: [], np: [] }
  const merchantId = freeNumber((number) => accounts.findSbps(number, '001') === undefined)
  const { link: _, ...contract } = likeSbps
  const sbps = {
    ...contract,
    merchantId,
    serviceId: '001',
    hashKey: randomBytes(20).toString('hex'),
    tripleDesKey: randomBytes(12).toString('hex'),
    tripleDesIv: randomBytes(4).toString('hex'),
    noticeUrl: `${noticesUrl}/${merchantId}-001`,
  }
  const np = {
    ...likeNp,
    merchantCode: `SB${merchantId}`,
    terminalId: `T${merchantId}`,
    spCode: randomBytes(16).toString('hex'),
  }
  const opened = { sbps: [sbps], np: [np] }
  accounts.upsert(opened)
  return opened
}

function freeNumber(isFree: (number: string) => boolean): string {
  for (;;) {
    const number = String(randomInt(FIRST_NUMBER, LAST_NUMBER + 1))
    if (isFree(number)) return number
  }
}
