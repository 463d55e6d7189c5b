/**
 * A provider's deadlines are judged by the provider's clock, which each of its answers tells (the Date header). Between
 * answers ours runs on from there. Small differences are the network's, not the clock's.
 */
import type { Clock } from './clock.ts'

const NETWORK_MS = 5 * 60 * 1000

export type ProviderClocks = {
  /** @param at the provider's clock, ISO 8601, as just heard */
  heard(connectionId: string, at: string): void
  now(connectionId: string): Date
}

export function providerClocks(clock: Clock): ProviderClocks {
  const offsets = new Map<string, number>()
  return {
    heard(connectionId, at) {
      const offset = Date.parse(at) - clock.now().getTime()
      if (Number.isNaN(offset)) return
      offsets.set(connectionId, Math.abs(offset) < NETWORK_MS ? 0 : offset)
    },
    now(connectionId) {
      return new Date(clock.now().getTime() + (offsets.get(connectionId) ?? 0))
    },
  }
}
