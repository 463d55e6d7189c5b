import { np } from './np/np.ts'
import type { ProviderRegistry } from './port.ts'
import { sbps } from './sbps/sbps.ts'

/** A new provider is one more entry here. */
export const PROVIDERS: ProviderRegistry = { np, sbps }
