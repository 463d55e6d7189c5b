/** The built-in roles. A merchant adds its own from the same permissions: those members have the role `custom`. */
export const ROLES = ['staff', 'accountant', 'admin', 'read_only'] as const
export type Role = (typeof ROLES)[number]
/** What stands on a member, and what a person reads. Never asked for a right: rights are {@link Permission}s. */
export const ROLE_CODES = [...ROLES, 'custom'] as const
export type RoleCode = (typeof ROLE_CODES)[number]

/** What each built-in role may do. The BFF refuses the rest on every route; the SPA mirrors it. */
const GRANTS = {
  'sales.read': ['staff', 'accountant', 'admin', 'read_only'],
  'sales.act': ['staff', 'admin'],
  /** Agrees to what another person asked for and may not do alone. */
  'approvals.decide': ['accountant', 'admin'],
  'sales.export': ['accountant', 'admin'],
  /** Notes among colleagues, and whose a payment is. */
  'notes.write': ['staff', 'accountant', 'admin'],
  /** Views of lists that everybody of the merchant sees. */
  'views.share': ['accountant', 'admin'],
  'returns.read': ['staff', 'accountant', 'admin', 'read_only'],
  'returns.request': ['staff', 'accountant', 'admin'],
  /** Sees the whole account number and says that the transfer was made. */
  'returns.transfer': ['accountant', 'admin'],
  'journal.read': ['accountant', 'admin', 'read_only'],
  /** Names, addresses, telephone numbers and mail addresses of customers; they are masked for everybody else. */
  'personal_data.read': ['staff', 'accountant', 'admin'],
  /** Masked as they are, shown once for a reason that is written down; whoever reads them anyway needs it only to give it. */
  'personal_data.reveal': ['admin', 'read_only'],
  /** For good; the books stay. */
  'customers.erase': ['admin'],
  'orders.create': ['staff', 'admin'],
  'imports.work': ['staff', 'admin'],
  'carriers.manage': ['admin'],
  'connections.sync': ['staff', 'accountant', 'admin'],
  'messages.read': ['staff', 'accountant', 'admin', 'read_only'],
  'messages.replay': ['admin'],
  'templates.write': ['admin'],
  'subscriptions.read': ['staff', 'accountant', 'admin', 'read_only'],
  'subscriptions.act': ['staff', 'admin'],
  'payouts.read': ['staff', 'accountant', 'admin', 'read_only'],
  'payouts.import': ['accountant', 'admin'],
  'contracts.read': ['accountant', 'admin', 'read_only'],
  'contracts.write': ['admin'],
  /** The merchant, its shops and what connects them to providers. */
  'settings.manage': ['admin'],
  'people.manage': ['admin'],
  'security.manage': ['admin'],
  'developer.read': ['admin'],
  'keys.manage': ['admin'],
  'webhooks.manage': ['admin'],
  'audit.read': ['accountant', 'admin', 'read_only'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof GRANTS
export const PERMISSIONS = Object.keys(GRANTS) as Permission[]

/** Who may do what: a session, or what stands for one in a job. */
export type Holder = { readonly permissions: readonly Permission[] }

export function may({ permissions }: Holder, permission: Permission): boolean {
  return permissions.includes(permission)
}

export function permissionsOf(role: Role): Permission[] {
  return PERMISSIONS.filter((permission) => allows(role, permission))
}

/** Whether a built-in role has it. Of a person ask {@link may}: their role may be the merchant's own. */
export function allows(role: Role, permission: Permission): boolean {
  return (GRANTS[permission] as readonly Role[]).includes(role)
}
