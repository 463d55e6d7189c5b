/** The invoice of this one order. */
import { printFileAddress, useInvoicePrint } from '../../../api/invoice-prints.ts'
import { PrintDialog } from '../../../ui/invoice-print/print-dialog.tsx'

export function PrintOne({ paymentId, onClose }: { readonly paymentId: string; readonly onClose: () => void }) {
  const print = useInvoicePrint({ paymentIds: [paymentId] })
  return <PrintDialog {...print} addressOf={(id) => printFileAddress(id)} onClose={onClose} />
}
