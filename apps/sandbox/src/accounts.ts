/** The merchants this pretend provider knows, and their contracts: data from a file or from `POST /sandbox/accounts`. */
import { readFileSync } from 'node:fs'
import { type NpContract, parseContracts } from './np/contract.ts'
import { type NpSettings, parseNpSettings } from './np/settings.ts'
import { parseSbpsContracts, type SbpsContract } from './sbps/contract.ts'
import { type LinkContract, parseLinkContract } from './sbps/link/contract.ts'
import { arrayOf, booleanOf, Malformed, objectOf, oneOf, optional, textOf } from './parse.ts'
import type { Store } from './store.ts'

export type SbpsAccount = {
  readonly merchantId: string
  readonly serviceId: string
  readonly hashKey: string
  readonly tripleDesKey: string
  readonly tripleDesIv: string
  readonly noticeUrl: string
  readonly requestAgeCheck: boolean
  readonly encryptedNotices: boolean
  /** `specified` waits for a sales request, `automatic` takes the sale on commit. */
  readonly cardSales: 'specified' | 'automatic'
  /** Ascending by the day each holds from; never empty. */
  readonly card: readonly SbpsContract[]
  readonly convenienceStore: readonly SbpsContract[]
  /** What the hosted page offers beside card and convenience store. */
  readonly link?: LinkContract
}

export type NpAccount = {
  readonly merchantCode: string
  readonly spCode: string
  readonly terminalId: string
  /** Ascending by the day each holds from; never empty. */
  readonly contracts: readonly NpContract[]
  readonly settings: NpSettings
}

export type AccountsInput = { readonly sbps: readonly SbpsAccount[]; readonly np: readonly NpAccount[] }

export type Accounts = {
  findSbps(merchantId: string, serviceId: string): SbpsAccount | undefined
  findNp(merchantCode: string): NpAccount | undefined
  listSbps(): SbpsAccount[]
  listNp(): NpAccount[]
  upsert(input: AccountsInput): void
  /** As `upsert`, but an account that is already known keeps what it has. */
  addMissing(input: AccountsInput): void
}

export function createAccounts(store: Store): Accounts {
  const sbps = store.table<SbpsAccount>('sbps_account')
  const np = store.table<NpAccount>('np_account')

  function write(input: AccountsInput, keepKnown: boolean): void {
    store.transaction(() => {
      for (const account of input.sbps) {
        const id = `${account.merchantId}-${account.serviceId}`
        if (!keepKnown || !sbps.get(id)) sbps.put(id, account)
      }
      for (const account of input.np) {
        if (!keepKnown || !np.get(account.merchantCode)) np.put(account.merchantCode, account)
      }
    })
  }

  return {
    findSbps: (merchantId, serviceId) => upgradedSbps(sbps.get(`${merchantId}-${serviceId}`)),
    findNp: (merchantCode) => upgraded(np.get(merchantCode)),
    listSbps: () => [...sbps.values()].map((account) => upgradedSbps(account)),
    listNp: () => [...np.values()].map((account) => upgraded(account)),
    upsert: (input) => write(input, false),
    addMissing: (input) => write(input, true),
  }
}

/** An account kept by an earlier version has one contract without a day. */
function upgraded(account: NpAccount): NpAccount
function upgraded(account: NpAccount | undefined): NpAccount | undefined
function upgraded(account: NpAccount | undefined): NpAccount | undefined {
  if (account === undefined || 'contracts' in account) return account
  const kept: Readonly<Record<string, unknown>> = account
  return { ...(account as NpAccount), contracts: parseContracts(kept, 'np') }
}

/** Here each method had one contract, with one tax class for all its fees. */
function upgradedSbps(account: SbpsAccount): SbpsAccount
function upgradedSbps(account: SbpsAccount | undefined): SbpsAccount | undefined
function upgradedSbps(account: SbpsAccount | undefined): SbpsAccount | undefined {
  if (account === undefined || Array.isArray(account.card)) return account
  const card = parseSbpsContracts(account.card, 'card', 'credit')
  return { ...account, card, convenienceStore: parseSbpsContracts(account.convenienceStore, 'store', 'webcvs') }
}

/** @throws Malformed naming the field that is wrong. */
export function readAccountsFile(path: string): AccountsInput {
  return parseAccounts(JSON.parse(readFileSync(path, 'utf8')))
}

/** @throws Malformed naming the field that is wrong. */
export function parseAccounts(value: unknown): AccountsInput {
  const root = objectOf(value, 'accounts')
  return {
    sbps: optional(root['sbps'], (list) => arrayOf(list, 'sbps', parseSbpsAccount)) ?? [],
    np: optional(root['np'], (list) => arrayOf(list, 'np', parseNpAccount)) ?? [],
  }
}

/** What a page or a listing may show: the account without its secrets. */
export function maskSecrets<T extends SbpsAccount | NpAccount>(account: T): T {
  const masked: Record<string, unknown> = { ...account }
  for (const field of ['hashKey', 'tripleDesKey', 'tripleDesIv', 'spCode']) if (field in masked) masked[field] = '••••'
  return masked as T
}

function parseSbpsAccount(value: unknown, at: string): SbpsAccount {
  const account = objectOf(value, at)
  const noticeUrl = textOf(account['noticeUrl'], `${at}.noticeUrl`, /^https?:\/\/\S+$/)
  if (!URL.canParse(noticeUrl)) throw new Malformed(`${at}.noticeUrl is no address`)
  return {
    merchantId: textOf(account['merchantId'], `${at}.merchantId`, /^\d{5}$/),
    serviceId: textOf(account['serviceId'], `${at}.serviceId`, /^\d{3}$/),
    hashKey: textOf(account['hashKey'], `${at}.hashKey`, /^[\x21-\x7e]{1,64}$/),
    tripleDesKey: textOf(account['tripleDesKey'], `${at}.tripleDesKey`, /^[\x20-\x7e]{24}$/),
    tripleDesIv: textOf(account['tripleDesIv'], `${at}.tripleDesIv`, /^[\x20-\x7e]{8}$/),
    noticeUrl,
    requestAgeCheck: optional(account['requestAgeCheck'], (flag) => booleanOf(flag, `${at}.requestAgeCheck`)) ?? true,
    encryptedNotices:
      optional(account['encryptedNotices'], (flag) => booleanOf(flag, `${at}.encryptedNotices`)) ?? true,
    cardSales:
      optional(account['cardSales'], (kind) => oneOf(kind, `${at}.cardSales`, ['specified', 'automatic'])) ??
      'specified',
    ...(account['link'] === undefined ? {} : { link: parseLinkContract(account['link'], `${at}.link`) }),
    card: parseSbpsContracts(account['card'], `${at}.card`, 'credit'),
    convenienceStore: parseSbpsContracts(account['convenienceStore'], `${at}.convenienceStore`, 'webcvs'),
  }
}

function parseNpAccount(value: unknown, at: string): NpAccount {
  const account = objectOf(value, at)
  return {
    merchantCode: textOf(account['merchantCode'], `${at}.merchantCode`, /^[\x21-\x7e]{1,40}$/),
    spCode: textOf(account['spCode'], `${at}.spCode`, /^[\x21-\x7e]{1,80}$/),
    terminalId: textOf(account['terminalId'], `${at}.terminalId`, /^[\x21-\x7e]{1,40}$/),
    contracts: parseContracts(account, at),
    settings: parseNpSettings(account['settings'], `${at}.settings`),
  }
}
