import type { Clock } from '../../core/clock.ts'
import type { Db } from '../../db/client.ts'

export type PaymentDeps = { readonly db: Db; readonly clock: Clock }
