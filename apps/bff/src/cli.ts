/** Commands for whoever runs the server. Each prints its result on stdout and what went wrong, in a sentence, on stderr. */
import { parseArgs } from 'node:util'
import { ROLES, type Role } from '@choba/shared/permissions.ts'
import { randomPassword } from './auth/passwords.ts'
import { ensureUser, getUserId } from './auth/users.ts'
import { backUp } from './backup/backup.ts'
import { checkBackup } from './backup/backup-file.ts'
import { restore } from './backup/restore.ts'
import { systemClock } from './core/clock.ts'
import { StartError } from './core/start-error.ts'
import { secretBox } from './core/secret-box.ts'
import { type Db, openDatabase } from './db/client.ts'
import { migrate } from './db/migrate.ts'
import { readAccounts } from './demo/accounts.ts'
import { seedDemo, wantsDemo } from './demo/seed.ts'
import { type Env, readEnv } from './env.ts'
import { makeSetupCode } from './features/setup/setup-code.ts'
import { verifyAll } from './ledger/verify.ts'
import { rotateSecret } from './rotation.ts'
import { clearAddresses, makeAdmin, recoverPassword, removeSecondFactor, tellAdded } from './recovery.ts'

type Options = Readonly<Record<string, string | undefined>>
type Command = {
  readonly usage: string
  /** One word more than its name: a file. */
  readonly takesFile?: true
  run(env: Env, options: Options): Promise<unknown>
}

const COMMANDS: Readonly<Record<string, Command>> = {
  migrate: {
    usage: 'migrate                                                         bring the database to this version',
    run: async (env) => {
      await migrate(env.databaseUrl)
      return { migrated: true }
    },
  },
  'demo-seed': {
    usage: 'demo-seed --accounts FILE                                       make the demo merchant, once',
    run: (env, options) => withDatabase(env, (db) => runDemoSeed(env, db, need(options, 'accounts'))),
  },
  'setup-code': {
    usage:
      'setup-code                                                      a new code for /setup, while there is no merchant',
    run: (env) => withDatabase(env, newSetupCode),
  },
  verify: {
    usage:
      'verify                                                          recompute the books from their events and report differences',
    run: (env) => withDatabase(env, (db) => runVerify(db)),
  },
  backup: {
    usage: 'backup FILE                                                     one snapshot of everything, while it runs',
    takesFile: true,
    run: (env, options) => withDatabase(env, (db) => backUp(db, need(options, 'file'))),
  },
  'backup check': {
    usage: 'backup check FILE                                               whether a backup is whole',
    takesFile: true,
    run: (_env, options) => checkBackup(need(options, 'file')),
  },
  restore: {
    usage:
      'restore FILE                                                    a backup into an empty database, then verify',
    takesFile: true,
    run: async (env, options) => ({
      ...(await restore(env.databaseUrl, need(options, 'file'))),
      ...(await withDatabase(env, (db) => runVerify(db))),
    }),
  },
  'secrets rotate': {
    usage:
      'secrets rotate                                                  seal every secret anew with CHOBA_SECRET_NEW; stop the console first',
    run: (env) => withDatabase(env, ({ owner }) => rotateSecret(owner, { from: env.secret, to: needNewSecret(env) })),
  },
  'user add': {
    usage: `user add --email E --name N --role ${ROLES.join('|')} [--merchant ID]   add a person, print a password`,
    run: (env, options) => withDatabase(env, (db) => addUser(db, options)),
  },
  'user password': {
    usage:
      'user password --email E                                         set and print a new password, end their sessions',
    run: (env, options) => withDatabase(env, ({ owner }) => recoverPassword(owner, need(options, 'email'))),
  },
  'user second-factor-off': {
    usage:
      'user second-factor-off --email E                                remove codes and passkeys, end their sessions',
    run: (env, options) => withDatabase(env, ({ owner }) => removeSecondFactor(owner, need(options, 'email'))),
  },
  'user admin': {
    usage: 'user admin --email E                                            make an admin, let in again',
    run: (env, options) => withDatabase(env, ({ owner }) => makeAdmin(owner, need(options, 'email'))),
  },
  'addresses clear': {
    usage:
      'addresses clear [--merchant ID]                                 let people and programs come from anywhere again',
    run: (env, options) =>
      withDatabase(env, async (db) => clearAddresses(db.owner, options['merchant'] ?? (await getOnlyMerchant(db)))),
  },
}

async function main(): Promise<void> {
  const { values, positionals } = readArguments()
  const { command, file } = findCommand(positionals)
  if (!command)
    throw new StartError(
      `Usage: node apps/bff/src/cli.ts <command>\n${Object.values(COMMANDS)
        .map(({ usage }) => `  ${usage}`)
        .join('\n')}`,
    )
  process.stdout.write(`${JSON.stringify(await command.run(readEnv(), { ...values, file }))}\n`)
}

function findCommand(words: readonly string[]): { command?: Command; file?: string } {
  const whole = COMMANDS[words.join(' ')]
  if (whole && !whole.takesFile) return { command: whole }
  const command = COMMANDS[words.slice(0, -1).join(' ')]
  const file = words.at(-1)
  return command?.takesFile && file !== undefined ? { command, file } : {}
}

function readArguments(): { values: Options; positionals: string[] } {
  const option = { type: 'string' } as const
  try {
    return parseArgs({
      allowPositionals: true,
      options: { accounts: option, email: option, name: option, role: option, merchant: option },
    })
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error))
  }
}

async function runDemoSeed(env: Env, db: Db, accountsFile: string): Promise<unknown> {
  if (!env.sandbox) throw new StartError('CHOBA_SANDBOX is off: there is no demo merchant without the sandbox.')
  if (!(await wantsDemo(db.owner)))
    throw new StartError('There is a merchant already, or the demo was removed: no demo merchant is made beside it.')
  return seedDemo({
    owner: db.owner,
    secrets: secretBox(env.secret),
    secret: env.secret,
    sandboxUrl: `http://127.0.0.1:${env.sandboxPort}`,
    accounts: readAccounts(accountsFile),
  })
}

async function newSetupCode(db: Db): Promise<{ setupCode: string }> {
  const setupCode = await makeSetupCode({ db, clock: systemClock, makeCode: randomPassword })
  if (setupCode === undefined) throw new StartError('There is a merchant already: sign in, or see `user`.')
  return { setupCode }
}

/** Exit code 2 when anything differs, so that a script can tell. */
async function runVerify(db: Db): Promise<{ clean: boolean; reports: unknown }> {
  const reports = await verifyAll(db.owner)
  if (reports.some((report) => report.differences.length > 0)) process.exitCode = 2
  return { clean: process.exitCode !== 2, reports }
}

async function addUser(db: Db, options: Options): Promise<unknown> {
  const user = {
    email: need(options, 'email'),
    name: need(options, 'name'),
    role: needRole(options),
    password: randomPassword(),
  }
  const known = await getUserId(db.owner, user.email).catch(() => undefined)
  if (known) throw new StartError(`${user.email} is known already: \`user password\` gives a new password.`)
  const merchantId = options['merchant'] ?? (await getOnlyMerchant(db))
  const userId = await ensureUser(db.owner, { ...user, merchantId })
  await tellAdded(db.owner, { merchantId, userId, email: user.email, role: user.role })
  return { userId, merchantId, email: user.email, role: user.role, password: user.password }
}

async function getOnlyMerchant(db: Db): Promise<string> {
  const merchants = await db.owner.selectFrom('merchant').select('merchantId').limit(2).execute()
  const [only] = merchants
  if (merchants.length !== 1 || !only)
    throw new StartError('There is not exactly one merchant: name it with --merchant.')
  return only.merchantId
}

function needNewSecret({ newSecret }: Env): string {
  if (newSecret === null)
    throw new StartError('CHOBA_SECRET_NEW is not set: give the secret that takes the place of CHOBA_SECRET.')
  return newSecret
}

function need(options: Options, name: string): string {
  const value = options[name]
  if (!value) throw new StartError(`--${name} is missing.`)
  return value
}

function needRole(options: Options): Role {
  const role = ROLES.find((each) => each === options['role'])
  if (!role) throw new StartError(`--role must be one of ${ROLES.join(', ')}.`)
  return role
}

async function withDatabase<T>(env: Env, work: (db: Db) => Promise<T>): Promise<T> {
  const db = openDatabase(env.databaseUrl, { max: 3 })
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

try {
  await main()
} catch (error) {
  if (!(error instanceof StartError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
