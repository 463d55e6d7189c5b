/** Makes the demo merchant: two shops, their connections to the sandbox, one person per role. Safe to repeat. */
import { type Kysely, sql } from 'kysely'
import type { Role } from '@choba/shared/permissions.ts'
import { derivedPassword } from '../auth/passwords.ts'
import { ensureUser } from '../auth/users.ts'
import { connectionContext, type SecretBox } from '../core/secret-box.ts'
import { getInstallation } from '../db/installation.ts'
import type { Database } from '../db/schema.ts'
import type { NpAccount, SandboxAccounts, SbpsAccount } from './accounts.ts'
import { npTerms, putTerms, sbpsTerms } from './terms.ts'

export type DemoOptions = {
  readonly owner: Kysely<Database>
  readonly secrets: SecretBox
  /** CHOBA_SECRET: the demo passwords come out of it. */
  readonly secret: string
  readonly sandboxUrl: string
  readonly accounts: SandboxAccounts
}

export type SignIn = { readonly role: Role; readonly name: string; readonly email: string; readonly password: string }
export type Demo = {
  /** False when the merchant was there already. */
  readonly created: boolean
  readonly merchantId: string
  readonly shops: ReadonlyArray<{ readonly shopId: string; readonly code: string; readonly name: string }>
  readonly signIns: readonly SignIn[]
}

/** Whether there shall be a demo here: not beside a merchant of one's own, and not once it was removed. */
export async function wantsDemo(owner: Kysely<Database>): Promise<boolean> {
  const { demoRemovedAt } = await getInstallation(owner)
  if (demoRemovedAt !== null) return false
  const merchants = await owner.selectFrom('merchant').select('isDemo').execute()
  return merchants.every(({ isDemo }) => isDemo)
}

/** Fixed, so that a second run finds what the first one made. */
const MERCHANT_ID = '019aa000-0000-7000-8000-000000000001'
const MERCHANT_NAME = '帳場商店'
const SHOPS = [
  { shopId: '019aa000-0000-7000-8000-000000000011', code: 'main', name: '帳場商店 本店' },
  { shopId: '019aa000-0000-7000-8000-000000000012', code: 'outlet', name: '帳場商店 アウトレット' },
] as const
const PEOPLE: ReadonlyArray<Omit<SignIn, 'password'>> = [
  { role: 'staff', name: '佐藤 美咲', email: 'staff@demo.example' },
  { role: 'accountant', name: '鈴木 健一', email: 'accountant@demo.example' },
  { role: 'admin', name: '高橋 直樹', email: 'admin@demo.example' },
]
/** A provider on this machine may be asked often, so that a moved clock is seen at once. */
const POLLING = { pollSeconds: 5 }
/** Before any day the demo history plays. */
const VALID_FROM = '2020-01-01'

export async function seedDemo(options: DemoOptions): Promise<Demo> {
  const created = await options.owner.transaction().execute(async (tx) => {
    const isNew = await ensureMerchant(tx)
    for (const connection of connectionsOf(options)) await putConnection(tx, connection)
    await putTerms(tx, MERCHANT_ID, termsOf(options))
    return isNew
  })
  const signIns = PEOPLE.map((person) => ({ ...person, password: derivedPassword(options.secret, person.email) }))
  for (const signIn of signIns) await ensureUser(options.owner, { ...signIn, merchantId: MERCHANT_ID })
  return { created, merchantId: MERCHANT_ID, shops: SHOPS, signIns }
}

async function ensureMerchant(tx: Kysely<Database>): Promise<boolean> {
  const inserted = await tx
    .insertInto('merchant')
    .values({ merchantId: MERCHANT_ID, name: MERCHANT_NAME, environment: 'sandbox', isDemo: true })
    .onConflict((conflict) => conflict.column('merchantId').doNothing())
    .executeTakeFirst()
  await tx
    .insertInto('shop')
    .values(SHOPS.map((shop) => ({ merchantId: MERCHANT_ID, ...shop })))
    .onConflict((conflict) => conflict.columns(['merchantId', 'shopId']).doNothing())
    .execute()
  return inserted.numInsertedOrUpdatedRows === 1n
}

type Connection = {
  readonly connectionId: string
  readonly shopId: string
  readonly provider: 'sbps' | 'np'
  readonly methods: string[]
  /** `api` unless it says otherwise. */
  readonly connectionMethod?: 'link'
  readonly baseUrl: string
  readonly settings: Record<string, unknown>
  readonly secretBox: string
}

/** The first account of a provider is the first shop's, the second the second's. */
function connectionsOf({ accounts, secrets, sandboxUrl }: DemoOptions): Connection[] {
  return SHOPS.flatMap((shop, index) => {
    const [sbps, np, link] = [apiAccounts(accounts)[index], accounts.np[index], linkAccounts(accounts)[index]]
    return [
      ...(link ? [linkConnection(link, { ...shop, index, sandboxUrl, secrets }, np !== undefined)] : []),
      ...(sbps ? [sbpsConnection(sbps, { ...shop, index, sandboxUrl, secrets })] : []),
      ...(np ? [npConnection(np, { ...shop, index, sandboxUrl, secrets })] : []),
    ]
  })
}

/** The hosted page has a service number of its own, so that its notices and statements never mix with the API's. */
function apiAccounts({ sbps }: SandboxAccounts): SbpsAccount[] {
  return sbps.filter((account) => account.link === undefined)
}

function linkAccounts({ sbps }: SandboxAccounts): SbpsAccount[] {
  return sbps.filter((account) => account.link !== undefined)
}

type Place = {
  readonly shopId: string
  readonly index: number
  readonly sandboxUrl: string
  readonly secrets: SecretBox
}

function sbpsConnection({ hashKey, tripleDesKey, tripleDesIv, ...open }: SbpsAccount, place: Place): Connection {
  const connectionId = `019aa000-0000-7000-8000-0000000000${2 + place.index}1`
  return {
    connectionId,
    shopId: place.shopId,
    provider: 'sbps',
    methods: ['card', 'convenience_store'],
    baseUrl: place.sandboxUrl,
    settings: {
      ...POLLING,
      account: `${open.merchantId}-${open.serviceId}`,
      ...open,
    },
    secretBox: place.secrets.seal(
      JSON.stringify({ hashKey, tripleDesKey, tripleDesIv }),
      connectionContext(MERCHANT_ID, connectionId),
    ),
  }
}

function linkConnection(account: SbpsAccount, place: Place, offersNp: boolean): Connection {
  const { link: _, ...open } = account
  const connectionId = `019aa000-0000-7000-8000-0000000000${2 + place.index}3`
  const { hashKey, tripleDesKey, tripleDesIv } = account
  return {
    ...sbpsConnection(open, place),
    connectionId,
    connectionMethod: 'link',
    methods: ['card', 'convenience_store', ...(offersNp ? ['np_postpaid'] : [])],
    secretBox: place.secrets.seal(
      JSON.stringify({ hashKey, tripleDesKey, tripleDesIv }),
      connectionContext(MERCHANT_ID, connectionId),
    ),
  }
}

function npConnection({ spCode, ...open }: NpAccount, place: Place): Connection {
  const connectionId = `019aa000-0000-7000-8000-0000000000${2 + place.index}2`
  return {
    connectionId,
    shopId: place.shopId,
    provider: 'np',
    methods: ['np_postpaid'],
    baseUrl: place.sandboxUrl,
    settings: {
      ...POLLING,
      account: open.merchantCode,
      ...open,
    },
    secretBox: place.secrets.seal(JSON.stringify({ spCode }), connectionContext(MERCHANT_ID, connectionId)),
  }
}

function termsOf({ accounts }: DemoOptions) {
  return SHOPS.flatMap(({ shopId }, index) => {
    const [sbps, np] = [apiAccounts(accounts)[index], accounts.np[index]]
    const contracted = { shopId, since: VALID_FROM }
    return [...(sbps ? sbpsTerms(contracted, sbps) : []), ...(np ? npTerms(contracted, np) : [])]
  })
}

/** Written anew on every run: the sandbox may answer on another port, and CHOBA_SECRET may be another one. */
async function putConnection(tx: Kysely<Database>, connection: Connection): Promise<void> {
  const settings = JSON.stringify(connection.settings)
  await tx
    .insertInto('connection')
    .values({ merchantId: MERCHANT_ID, connectionMethod: 'api', validFrom: VALID_FROM, ...connection, settings })
    .onConflict((conflict) =>
      conflict.columns(['merchantId', 'connectionId']).doUpdateSet({
        baseUrl: connection.baseUrl,
        settings: sql`excluded.settings`,
        secretBox: connection.secretBox,
        methods: connection.methods,
      }),
    )
    .execute()
}
