/** The short search parameters of routes whose feature keeps no reader of its own: what makes no sense is left out. */
import {
  MESSAGE_DIRECTIONS,
  MESSAGE_STATES,
  type MessageDirection,
  type MessageState,
} from '@choba/shared/contracts/provider-messages.ts'
import { type Provider, PROVIDERS } from '@choba/shared/provider-accounts.ts'
import { GUARANTEE_RULES, type GuaranteeRule } from '@choba/shared/guarantee.ts'
import { IMPORT_KINDS, IMPORT_ROW_STATES, type ImportKind, type ImportRowState } from '@choba/shared/imports/names.ts'
import { ZOMBIE_KINDS, type ZombieKind } from '@choba/shared/states/zombie.ts'

type Raw = Readonly<Record<string, unknown>>

type GuaranteeSearch = { readonly rule?: GuaranteeRule; readonly shop?: string }

export function parseGuaranteeSearch(raw: Raw): GuaranteeSearch {
  const rule = GUARANTEE_RULES.find((known) => known === raw.rule)
  return {
    ...(rule === undefined ? {} : { rule }),
    ...(typeof raw.shop === 'string' ? { shop: raw.shop } : {}),
  }
}

export function parseNewOrderSearch(raw: Raw): { readonly customer?: string } {
  return typeof raw.customer === 'string' ? { customer: raw.customer } : {}
}

export function parseReturnsSearch(raw: Raw): { readonly view?: 'ended' } {
  return raw.view === 'ended' ? { view: 'ended' } : {}
}

export function parseZombiesSearch(raw: Raw): { readonly kind?: readonly ZombieKind[] } {
  const said = Array.isArray(raw.kind) ? raw.kind : String(raw.kind ?? '').split(',')
  const kind = ZOMBIE_KINDS.filter((known) => said.includes(known))
  return kind.length === 0 ? {} : { kind }
}

type ImportsSearch = { readonly kind?: ImportKind; readonly shop?: string }

export function parseImportsSearch(raw: Raw): ImportsSearch {
  const kind = IMPORT_KINDS.find((known) => known === raw.kind)
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(typeof raw.shop === 'string' && /^[0-9a-f-]{36}$/.test(raw.shop) ? { shop: raw.shop } : {}),
  }
}

export function parseImportSearch(raw: Raw): { readonly state?: ImportRowState } {
  const state = IMPORT_ROW_STATES.find((known) => known === raw.state)
  return state === undefined ? {} : { state }
}

/** `like`: what a new schedule begins with, as a list's export writes it. Its page reads it. */
export function parseSchedulesSearch({ like }: Raw): { readonly like?: string } {
  return typeof like === 'string' && like !== '' ? { like } : {}
}

type MessagesSearch = {
  readonly state?: MessageState
  readonly direction?: MessageDirection
  readonly provider?: Provider
  readonly providerId?: string
}

export function parseMessagesSearch(raw: Raw): MessagesSearch {
  const state = MESSAGE_STATES.find((known) => known === raw.state)
  const direction = MESSAGE_DIRECTIONS.find((known) => known === raw.direction)
  const provider = PROVIDERS.find((known) => known === raw.provider)
  const providerId = typeof raw.providerId === 'string' ? raw.providerId.trim().slice(0, 60) : ''
  return {
    ...(state && { state }),
    ...(direction && { direction }),
    ...(provider && { provider }),
    ...(providerId !== '' && { providerId }),
  }
}

/** Pages for whoever has no session. */
export const DOORS: readonly string[] = ['/sign-in', '/join', '/setup']

/** Why one stands before the door again. */
const WHY = ['ended', 'left', 'everywhere', 'address', 'issuer'] as const
export type SignInSearch = { readonly from?: string; readonly why?: (typeof WHY)[number] }

export function parseSignInSearch(raw: Record<string, unknown>): SignInSearch {
  const why = WHY.find((each) => each === raw.why)
  return {
    ...(typeof raw.from === 'string' && isOwnAddress(raw.from) ? { from: raw.from } : {}),
    ...(why === undefined ? {} : { why }),
  }
}

export function parseUsageSearch(raw: Record<string, unknown>): { readonly code?: string } {
  return typeof raw.code === 'string' ? { code: raw.code } : {}
}

/** A link may bring someone back to a page of ours, never to another site. */
function isOwnAddress(address: string): boolean {
  return /^\/(?![/\\])/.test(address)
}

/** Kinds as `a,b`: the page leaves out those it does not know. */
export function parseKindsSearch({ kind }: Raw): { readonly kind?: string } {
  return kind ? { kind: String(kind) } : {}
}
