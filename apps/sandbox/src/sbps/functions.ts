/** Which part of the pretend SBPS answers which function id. */
import type { Call, Outcome } from './answer.ts'
import {
  authorize,
  authorizeAgain,
  cancelAuthorization,
  cancelOrRefund,
  capture,
  commit,
  inquireCard,
  refundPart,
} from './card.ts'
import { cancelBill, inquireBill, requestPayment } from './convenience-store.ts'
import type { Sbps } from './records.ts'
import { stopRecurring } from './simple-recurring.ts'
import { deleteCard, readCard, registerCard, updateCard } from './stored-card.ts'

export type ApiFunction = (sbps: Sbps, call: Call) => Outcome

const FUNCTIONS: Readonly<Record<string, ApiFunction>> = {
  'ST01-00101-101': authorize,
  'ST01-00111-101': authorize,
  'ST01-00131-101': authorize,
  'ST01-00113-101': authorizeAgain,
  'ST01-00133-101': authorizeAgain,
  'ST02-00101-101': commit,
  'ST02-00201-101': capture,
  'ST02-00303-101': cancelOrRefund,
  'ST02-00305-101': cancelAuthorization,
  'ST02-00307-101': refundPart,
  'ST02-00302-101': stopRecurring,
  'MG01-00101-101': inquireCard,
  'MG02-00101-101': registerCard,
  'MG02-00102-101': updateCard,
  'MG02-00103-101': deleteCard,
  'MG02-00104-101': readCard,
  'MG02-00131-101': registerCard,
  'MG02-00132-101': updateCard,
  'ST01-00101-701': requestPayment,
  'MG01-00101-701': inquireBill,
  // Assumed.
  'ST02-00303-701': cancelBill,
}

export function findFunction(functionId: string): ApiFunction | undefined {
  return Object.hasOwn(FUNCTIONS, functionId) ? FUNCTIONS[functionId] : undefined
}
