/** Who may be sent a file that is written in somebody's name: whoever could take that file from the export centre. */
import { type ExportList, EXPORT_READS, EXPORTS_WITHOUT_PEOPLE } from '@choba/shared/contracts/exports.ts'
import { may } from '@choba/shared/permissions.ts'
import type { Membership } from '../../db/people.ts'

type Holder = Pick<Membership, 'permissions' | 'shops'>

/** Whether files of a list may be taken by them, or in their name. */
export function mayTake<M extends Holder>(member: M | undefined, list: ExportList): member is M {
  return member !== undefined && may(member, 'sales.export') && may(member, EXPORT_READS[list])
}

/** As a download: no list, no shop and no customer that they may not see themselves. */
export function mayReceive(reader: Holder | undefined, list: ExportList, owner: Holder): boolean {
  if (!mayTake(reader, list)) return false
  const isMasked = EXPORTS_WITHOUT_PEOPLE.includes(list) || !may(owner, 'personal_data.read')
  if (!isMasked && !may(reader, 'personal_data.read')) return false
  return reader.shops === 'all' || (owner.shops !== 'all' && owner.shops.every((shop) => reader.shops.includes(shop)))
}
