import type pg from 'pg'
import type { Db } from '../db/client.ts'
import type { TestMerchant } from '../testing/factory.ts'
import type { HttpConnection } from './http-client.ts'
import type { Ports } from './serve.ts'

/** What the measures are given. */
export type Target = {
  readonly db: Db
  /** A bare connection as the owner: the floor. */
  readonly bare: pg.Client
  readonly merchant: TestMerchant
  readonly ports: Ports
  /** The session of a person of the merchant, as a header. */
  readonly cookie: string
  /** Signed in, to the application. */
  readonly http: HttpConnection
}
