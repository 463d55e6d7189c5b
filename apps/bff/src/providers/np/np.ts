/** The connector to Net Protections. */
import type { ProviderAdapter } from '../port.ts'
import { executeNp } from './execute.ts'
import { inquireNp } from './inquire.ts'
import { interpretNp } from './interpret.ts'
import { pollNp } from './poll.ts'
import { askNpPrintData } from './print-data.ts'
import { npStatementFiles } from './statement-file.ts'

export const np: ProviderAdapter = {
  execute: executeNp,
  inquire: inquireNp,
  poll: pollNp,
  interpret: (_, message) => interpretNp(message),
  printData: askNpPrintData,
  statementFiles: npStatementFiles,
}
