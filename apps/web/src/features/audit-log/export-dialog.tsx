/** Exactly the entries that are shown, as a file. */
import { AUDIT_EXPORT_PATH, auditLog } from '@choba/shared/contracts/audit-log.ts'
import { useListExport } from '../../api/use-list-export.ts'
import { useLanguage } from '../../i18n/language.ts'
import { ListExportDialog } from '../../ui/export/list-export-dialog.tsx'
import type { AuditSearch } from './audit-search.ts'

export function ExportDialog({ search, onClose }: { readonly search: AuditSearch; readonly onClose: () => void }) {
  const list = useListExport(auditLog.checkExport, AUDIT_EXPORT_PATH, search, useLanguage(), 'audit_log')
  return <ListExportDialog list={list} sums={() => []} onClose={onClose} />
}
