/** Permissions under the words a person looks for; one that no group names stands with the settings. */
import { type Permission, PERMISSIONS } from '@choba/shared/permissions.ts'

type Group =
  | 'group_sales'
  | 'group_returns'
  | 'group_subscriptions'
  | 'group_money'
  | 'group_exchange'
  | 'group_settings'

const GROUP_OF: Readonly<Record<string, Group>> = {
  sales: 'group_sales',
  orders: 'group_sales',
  returns: 'group_returns',
  subscriptions: 'group_subscriptions',
  payouts: 'group_money',
  journal: 'group_money',
  contracts: 'group_money',
  imports: 'group_exchange',
  connections: 'group_exchange',
  messages: 'group_exchange',
}
const ORDER: readonly Group[] = [
  'group_sales',
  'group_returns',
  'group_subscriptions',
  'group_money',
  'group_exchange',
  'group_settings',
]

export const PERMISSION_GROUPS: ReadonlyArray<{ readonly group: Group; readonly permissions: readonly Permission[] }> =
  ORDER.map((group) => ({
    group,
    permissions: PERMISSIONS.filter((each) => (GROUP_OF[each.split('.')[0] ?? ''] ?? 'group_settings') === group),
  }))
