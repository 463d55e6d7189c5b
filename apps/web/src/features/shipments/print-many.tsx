/** The invoices of the chosen orders, or of all bundled ones in the list. */
import { printFileAddress, type ToPrint, useInvoicePrint } from '../../api/invoice-prints.ts'
import { PrintDialog } from '../../ui/invoice-print/print-dialog.tsx'

export function PrintMany({ which, onClose }: { readonly which: ToPrint; readonly onClose: () => void }) {
  return <PrintDialog {...useInvoicePrint(which)} addressOf={(id) => printFileAddress(id)} onClose={onClose} />
}
