/** What a return waits for: the transfer is asked for, then recorded or given up. */
import { Button, Group, Tooltip } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import type { CustomerReturnRow } from '@choba/shared/contracts/customer-returns.ts'
import { useMay } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'

const RequestDialog = lazy(() => import('./request-dialog.tsx').then((module) => ({ default: module.RequestDialog })))
const EndDialog = lazy(() => import('./end-dialog.tsx').then((module) => ({ default: module.EndDialog })))

export function NextStep({ row }: { readonly row: CustomerReturnRow }) {
  const { customer_returns: words } = useWords()
  const mayRequest = useMay('returns.request')
  const mayTransfer = useMay('returns.transfer')
  const [open, setOpen] = useState<'request' | 'complete' | 'drop' | null>(null)
  const close = () => setOpen(null)
  return (
    <>
      {row.task === 'owed' && mayRequest ? (
        <Button size="compact-xs" color="vermilion" onClick={() => setOpen('request')}>
          {words.request}
        </Button>
      ) : null}
      {row.task === 'requested' ? (
        <Group gap={6} justify="flex-end" wrap="nowrap">
          <Button size="compact-xs" variant="default" onClick={() => setOpen('drop')}>
            {words.drop}
          </Button>
          <Tooltip label={words.transfer_role} disabled={mayTransfer}>
            <Button
              size="compact-xs"
              disabled={!mayTransfer}
              aria-description={mayTransfer ? undefined : words.transfer_role}
              onClick={() => setOpen('complete')}
            >
              {words.complete}
            </Button>
          </Tooltip>
        </Group>
      ) : null}
      <Suspense fallback={null}>
        {open === 'request' ? <RequestDialog row={row} onClose={close} /> : null}
        {open === 'complete' || open === 'drop' ? <EndDialog row={row} end={open} onClose={close} /> : null}
      </Suspense>
    </>
  )
}
