/** Payment methods in the words of SBPS's Link type, both ways (sbps-protocol 1.4). */
import type { Method } from '@choba/shared/methods.ts'
import type { Connection } from '../../core/connection.ts'

/** SBPS's word for a method. That of NP postpaid is not public: a setting, `nppostpay` unless it says otherwise [assumed]. */
export function payMethodOf(connection: Connection, method: Method): string {
  if (method === 'card') return 'credit'
  if (method === 'convenience_store') return 'webcvs'
  return nppostpaidWord(connection)
}

export function methodOfPayMethod(connection: Connection, payMethod: string): Method | undefined {
  if (/^credit(3d2?)?$/.test(payMethod)) return 'card'
  if (payMethod === 'webcvs') return 'convenience_store'
  return payMethod === nppostpaidWord(connection) ? 'np_postpaid' : undefined
}

function nppostpaidWord({ settings }: Connection): string {
  const word = settings['npPayMethod']
  return typeof word === 'string' && word !== '' ? word : 'nppostpay'
}
