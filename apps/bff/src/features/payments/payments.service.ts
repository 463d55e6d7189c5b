import type { Clock } from '../../core/clock.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { Db } from '../../db/client.ts'

export type PaymentDeps = { readonly db: Db; readonly clock: Clock; readonly providerClocks: ProviderClocks }
