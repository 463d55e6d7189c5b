/** From where a merchant's people and programs may come. */
import { BlockList, isIPv6 } from 'node:net'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/schema.ts'
import { CACHE_MS } from './sessions.ts'

export type Addresses = {
  isAllowed(merchantId: string, address: string): Promise<boolean>
  /** After a change: this process looks again. */
  forget(merchantId: string): void
}

export function createAddresses(owner: Kysely<Database>): Addresses {
  const known = new Map<string, { readonly networks: readonly string[]; readonly until: number }>()
  async function networksOf(merchantId: string): Promise<readonly string[]> {
    const kept = known.get(merchantId)
    if (kept !== undefined && kept.until > Date.now()) return kept.networks
    const { rows } = await sql<{ networks: string[] }>`
      select allowed_addresses::text[] as networks from merchant_security where merchant_id = ${merchantId}::uuid`.execute(
      owner,
    )
    const networks = rows[0]?.networks ?? []
    known.set(merchantId, { networks, until: Date.now() + CACHE_MS })
    return networks
  }
  return {
    async isAllowed(merchantId, address) {
      const networks = await networksOf(merchantId)
      return networks.length === 0 || isWithin(address, networks)
    },
    forget: (merchantId) => void known.delete(merchantId),
  }
}

/** An IPv4 address that came over an IPv6 socket is the IPv4 address. */
export function isWithin(address: string, networks: readonly string[]): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  const list = new BlockList()
  for (const network of networks) {
    const [net = '', bits = ''] = network.split('/')
    const family = isIPv6(net) ? 'ipv6' : 'ipv4'
    list.addSubnet(net, bits === '' ? (family === 'ipv6' ? 128 : 32) : Number(bits), family)
  }
  return list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4')
}
