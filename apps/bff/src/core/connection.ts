/** A merchant's agreement with a provider for one shop, with its secrets opened. Lives in memory only. */
export type Connection = {
  readonly merchantId: string
  readonly connectionId: string
  readonly shopId: string
  readonly provider: string
  readonly connectionMethod: string
  readonly methods: readonly string[]
  /** Without a trailing slash. */
  readonly baseUrl: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
  /** Told the provider's clock at each answer, ISO 8601. */
  readonly heard: (at: string) => void
}

/** @throws Error naming the missing setting; the value stays out of the message. */
export function textSetting(connection: Connection, name: string): string {
  const value = connection.settings[name]
  if (typeof value !== 'string' || value === '')
    throw new Error(`connection ${connection.connectionId} lacks the setting ${name}`)
  return value
}

export function numberSetting(connection: Connection, name: string, otherwise: number): number {
  const value = connection.settings[name]
  return typeof value === 'number' ? value : otherwise
}

/** @throws Error naming the missing secret. */
export function secretOf(connection: Connection, name: string): string {
  const value = connection.secrets[name]
  if (value === undefined || value === '')
    throw new Error(`connection ${connection.connectionId} lacks the secret ${name}`)
  return value
}
