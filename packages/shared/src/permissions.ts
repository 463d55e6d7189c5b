export const ROLES = ['staff', 'accountant', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** What each role may do. The BFF refuses the rest on every route; the SPA mirrors it. */
const GRANTS = {
  'sales.read': ['staff', 'accountant', 'admin'],
  'sales.act': ['staff', 'admin'],
  'sales.export': ['accountant', 'admin'],
  'returns.read': ['staff', 'accountant', 'admin'],
  'returns.request': ['staff', 'accountant', 'admin'],
  /** Sees the whole account number and says that the transfer was made. */
  'returns.transfer': ['accountant', 'admin'],
  'journal.read': ['accountant', 'admin'],
  'orders.create': ['staff', 'admin'],
  'imports.work': ['staff', 'admin'],
  'carriers.manage': ['admin'],
  'connections.sync': ['staff', 'accountant', 'admin'],
  'messages.read': ['staff', 'accountant', 'admin'],
  'messages.replay': ['admin'],
  'templates.write': ['admin'],
  'subscriptions.read': ['staff', 'accountant', 'admin'],
  'subscriptions.act': ['staff', 'admin'],
  'payouts.read': ['staff', 'accountant', 'admin'],
  'payouts.import': ['accountant', 'admin'],
  'contracts.read': ['accountant', 'admin'],
  'contracts.write': ['admin'],
  'developer.read': ['admin'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof GRANTS
export const PERMISSIONS = Object.keys(GRANTS) as Permission[]

export function allows(role: Role, permission: Permission): boolean {
  return (GRANTS[permission] as readonly Role[]).includes(role)
}
