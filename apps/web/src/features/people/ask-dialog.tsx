import { failedOf } from '../../api/api-error.ts'
import { ConfirmDialog, type Doubt } from '../../ui/feedback/confirm-dialog.tsx'
import { useChange } from './use-people.ts'

export type Asked = Doubt & { readonly run: () => Promise<unknown> }

export function AskDialog({ run, onClose, ...doubt }: Asked & { readonly onClose: () => void }) {
  const doing = useChange(async () => {
    await run()
    onClose()
  })
  return (
    <ConfirmDialog
      {...doubt}
      isBusy={doing.isPending}
      failed={failedOf(doing.error)}
      onDo={() => doing.mutate(undefined)}
      onClose={onClose}
    />
  )
}
