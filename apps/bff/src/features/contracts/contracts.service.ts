/** Reading and changing what contracts say. A change begins on a day and leaves every day before it as it was. */
import type { Output } from '@choba/shared/contract.ts'
import type { contractTerms, TermChange, TermPreview } from '@choba/shared/contracts/contract-terms.ts'
import { addDays, businessDate, type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import {
  MONEY_TERMS,
  type Term,
  TERM_VALUES,
  type TermKind,
  termIn,
  termKindsOf,
  type TermValues,
} from '@choba/shared/terms.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { Session } from '../../core/session.ts'
import { loadCalendar } from '../../db/calendar.ts'
import type { Db } from '../../db/client.ts'
import { listTerms } from '../../db/terms.ts'
import { type Contracted, listContracted, putTerm } from './contracts.queries.ts'
import { closingsPreview, feeEffect, feeExample } from './term-preview.ts'

export type ContractDeps = { readonly db: Db; readonly providerClocks: ProviderClocks }

export async function listContracts(
  { db, providerClocks }: ContractDeps,
  merchantId: string,
): Promise<Output<typeof contractTerms.list>> {
  const reader = db.merchant(merchantId)
  const [terms, contracted] = await Promise.all([listTerms(reader, merchantId), listContracted(reader, merchantId)])
  return {
    terms: terms.map(({ value, ...term }) => ({ ...term, value: { ...value } })),
    contracts: contracted.map((contract) => ({
      shopId: contract.shopId,
      method: contract.method,
      since: contract.since,
      changeFrom: changeFrom(contract),
      today: dayOf(providerClocks.now(contract.connectionId)),
    })),
  }
}

/** What a change would do, before it is made. @throws AppError as {@link changeTerm} */
export async function previewTerm(
  { db, providerClocks }: ContractDeps,
  { merchantId }: Session,
  change: TermChange,
): Promise<TermPreview> {
  const { term, terms, connectionId } = await checked(db, merchantId, change)
  const today = dayOf(providerClocks.now(connectionId))
  const calendar = await loadCalendar(db.merchant(merchantId), merchantId)
  const place = { shopId: term.shopId, method: term.method }
  const same = terms.filter((each) => each.kind === term.kind)
  const next = same.find((each) => each.validFrom > term.validFrom)
  const before = termIn(terms, term.kind, { ...place, on: term.validFrom })
  return {
    before: before === undefined ? null : { ...before },
    until: next === undefined ? null : addDays(businessDate(next.validFrom), -1),
    replaces: same.some((each) => each.validFrom === term.validFrom),
    closings: term.kind === 'closing' ? closingsPreview({ terms, calendar }, term) : [],
    example: term.kind === 'fees' ? feeExample(terms, term) : null,
    effect: await feeEffect(db.merchant(merchantId), { merchantId, today, terms, term }),
  }
}

/** @throws AppError resource.not_found, contract.too_early, request.invalid */
export async function changeTerm(
  { db }: ContractDeps,
  session: Session,
  change: TermChange,
): Promise<{ replaced: boolean }> {
  const { merchantId } = session
  const { term } = await checked(db, merchantId, change)
  return db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const written = { ...change, value: { ...term.value } }
      const before = await putTerm(tx, merchantId, written)
      const { shopId, method, kind, validFrom, value, assumed } = written
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'contract.change',
        subject: { kind: 'contract', id: `${shopId}/${method}/${kind}/${validFrom}` },
        ...(before && { before }),
        after: { value, assumed },
      })
      return { replaced: before !== undefined }
    })
}

/** The first day on which a term that decides money may begin: what a statement has stated stays as it was. */
function changeFrom({ since, closedOn }: Contracted): BusinessDate {
  return closedOn === null ? businessDate(since) : addDays(businessDate(closedOn), 1)
}

type Checked = { readonly term: Term; readonly terms: readonly Term[]; readonly connectionId: string }

async function checked(db: Db, merchantId: string, change: TermChange): Promise<Checked> {
  const { shopId, method, kind, validFrom } = change
  const reader = db.merchant(merchantId)
  const [contracted, terms] = await Promise.all([
    listContracted(reader, merchantId),
    listTerms(reader, merchantId, { shopId, method }),
  ])
  const contract = contracted.find((each) => each.shopId === shopId && each.method === method)
  if (contract === undefined) throw new AppError('resource.not_found', { shopId, method })
  if (!termKindsOf(method).includes(kind)) throw invalid('kind', `${method} has no such term`)
  const earliest = MONEY_TERMS.includes(kind) ? changeFrom(contract) : businessDate(contract.since)
  if (validFrom < earliest) throw new AppError('contract.too_early', { earliest })
  const value = parseValue(kind, change.value)
  return {
    term: { shopId, method, kind, validFrom, value, assumed: change.assumed } as Term,
    terms,
    connectionId: contract.connectionId,
  }
}

/** @throws AppError request.invalid with the names of the fields at fault */
function parseValue(kind: TermKind, value: unknown): Term['value'] {
  const parsed = TERM_VALUES[kind].safeParse(value)
  if (!parsed.success)
    throw new AppError('request.invalid', {
      issues: parsed.error.issues.map(({ path, message }) => ({
        path: ['value', ...path].map(String).join('.'),
        message,
      })),
    })
  const read = parsed.data
  if ('cycle' in read && read.cycle === 'designated_friday' && read.friday === undefined)
    throw invalid('value.friday', 'a designated Friday needs its number')
  if ('cycle' in read && read.cycle === 'by_day') checkDays(read)
  return read
}

/** A closing by day names its days and one payment, and pays after it closed. @throws AppError request.invalid */
function checkDays({ closingDays, payMonths, payDay, payAfterDays }: TermValues['closing']): void {
  if (closingDays === undefined) throw invalid('value.closingDays', 'the days that close are missing')
  if (payAfterDays !== undefined) {
    if (payMonths !== undefined || payDay !== undefined) throw invalid('value.payAfterDays', 'two payments are named')
    return
  }
  if (payMonths === undefined) throw invalid('value.payMonths', 'the month of the payment is missing')
  if (payDay === undefined || (payMonths === 0 && payDay <= Math.max(...closingDays)))
    throw invalid('value.payDay', 'the payment is not after the closing')
}

function invalid(path: string, message: string): AppError {
  return new AppError('request.invalid', { issues: [{ path, message }] })
}
