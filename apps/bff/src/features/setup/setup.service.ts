/** The first merchant and its admin, made once by whoever holds the code. */
import type { Kysely } from 'kysely'
import type { SetupDoor, SetupRequest } from '@choba/shared/contracts/setup.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { hasMerchant, lockInstallation, putSetupCode } from '../../db/installation.ts'
import type { Database } from '../../db/schema.ts'
import { isSetupCode, type SetupCodeDeps } from './setup-code.ts'
import { insertFirstAdmin, insertFirstMerchant } from './setup.queries.ts'

export type SetupDeps = Pick<SetupCodeDeps, 'db' | 'clock'> & {
  readonly hasSandbox: boolean
  readonly accounts: {
    /** Makes the account of a person, and answers its id. */
    create(
      tx: Kysely<Database>,
      account: { readonly email: string; readonly name: string; readonly password: string },
    ): Promise<string>
  }
}

export async function lookAtDoor({ db, hasSandbox }: SetupDeps): Promise<SetupDoor> {
  return { isOpen: !(await hasMerchant(db.owner)), hasSandbox }
}

/** @throws AppError setup.closed, setup.wrong_code, sandbox.not_here */
export async function setUp(
  { db, clock, hasSandbox, accounts }: SetupDeps,
  { code, merchantName, environment, ...admin }: SetupRequest,
): Promise<{ email: string }> {
  return db.owner.transaction().execute(async (tx) => {
    const installation = await lockInstallation(tx)
    if (await hasMerchant(tx)) throw new AppError('setup.closed')
    if (!isSetupCode(code, installation, clock.now())) throw new AppError('setup.wrong_code')
    if (environment === 'sandbox' && !hasSandbox) throw new AppError('sandbox.not_here')
    const merchantId = uuidv7()
    await insertFirstMerchant(tx, { merchantId, name: merchantName, environment })
    const userId = await accounts.create(tx, admin)
    await insertFirstAdmin(tx, merchantId, userId)
    await putSetupCode(tx, null)
    await audit(tx, {
      merchantId,
      actor: person({ userId }),
      action: 'merchant.set_up',
      subject: { kind: 'merchant', id: merchantId },
      after: { merchantName, environment, admin: userId },
    })
    return { email: admin.email.toLowerCase() }
  })
}
