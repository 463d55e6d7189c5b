/** What a connection to each provider consists of: which account, which secrets, for which methods. */
import type { ConnectionMethod, Method } from './methods.ts'

export const PROVIDERS = ['np', 'sbps'] as const
export type Provider = (typeof PROVIDERS)[number]

export type AccountField = 'merchantCode' | 'terminalId' | 'merchantId' | 'serviceId'
export type SecretField = 'spCode' | 'hashKey' | 'tripleDesKey' | 'tripleDesIv'

type ProviderAccount = {
  readonly connectionMethods: readonly ConnectionMethod[]
  readonly methods: readonly Method[]
  /** Names the account at the provider. Fixed once the connection is made: its payments belong to the account. */
  readonly account: Readonly<Partial<Record<AccountField, RegExp>>>
  readonly secrets: Readonly<Partial<Record<SecretField, RegExp>>>
}

const PRINTABLE = /^[\x21-\x7e]{1,100}$/

export const PROVIDER_ACCOUNTS: Readonly<Record<Provider, ProviderAccount>> = {
  // np-postpaid 2.1: Basic credentials out of merchant and SP code, and the terminal's number.
  np: {
    connectionMethods: ['api'],
    methods: ['np_postpaid'],
    account: { merchantCode: /^[\x21-\x39\x3b-\x7e]{1,50}$/, terminalId: /^[\x21-\x7e]{1,30}$/ },
    secrets: { spCode: PRINTABLE },
  },
  // sbps-protocol 2.1: five and three digits, a hash key, and the 3DES key with its vector.
  sbps: {
    connectionMethods: ['api', 'link'],
    methods: ['card', 'convenience_store', 'np_postpaid'],
    account: { merchantId: /^\d{5}$/, serviceId: /^\d{3}$/ },
    secrets: { hashKey: PRINTABLE, tripleDesKey: /^[\x21-\x7e]{24}$/, tripleDesIv: /^[\x21-\x7e]{8}$/ },
  },
}

/** NP postpaid through SBPS goes by its hosted page alone. */
export function methodsOf(provider: Provider, connectionMethod: ConnectionMethod): readonly Method[] {
  const { methods } = PROVIDER_ACCOUNTS[provider]
  return provider === 'sbps' && connectionMethod === 'api' ? methods.filter((each) => each !== 'np_postpaid') : methods
}

export function accountFieldsOf(provider: Provider): readonly AccountField[] {
  return Object.keys(PROVIDER_ACCOUNTS[provider].account) as AccountField[]
}

export function secretFieldsOf(provider: Provider): readonly SecretField[] {
  return Object.keys(PROVIDER_ACCOUNTS[provider].secrets) as SecretField[]
}

/** Whether a typed value can be what the provider gives out. */
export function isFit(provider: Provider, field: AccountField | SecretField, value: string): boolean {
  const { account, secrets } = PROVIDER_ACCOUNTS[provider]
  const patterns: Readonly<Record<string, RegExp>> = { ...account, ...secrets }
  return patterns[field]?.test(value) ?? false
}

/** How notices and payments find the account: SBPS's two numbers together, NP's code. */
export function accountKey(provider: Provider, fields: Readonly<Partial<Record<AccountField, string>>>): string {
  return provider === 'sbps' ? `${fields.merchantId}-${fields.serviceId}` : String(fields.merchantCode)
}

/** When a card is sold: by a request at shipment, or with the order. */
export const CARD_SALES = ['specified', 'automatic'] as const
