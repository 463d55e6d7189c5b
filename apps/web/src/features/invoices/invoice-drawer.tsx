/** One bill beside the list: what it says, whether it was paid and where, and everything that happened to it. */
import { ActionIcon, Button, Drawer, Skeleton, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { invoices } from '@choba/shared/contracts/invoices.ts'
import { asApiError } from '../../api/api-error.ts'
import { useRefresh } from '../../api/pages.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { InvoiceDetailView } from './invoice-detail-view.tsx'
import styles from './invoices.module.css'

type InvoiceDrawerProps = {
  readonly id: string
  readonly layout: 'side' | 'sheet'
  readonly onClose: () => void
  readonly onPrevious: (() => void) | undefined
  readonly onNext: (() => void) | undefined
}

export function InvoiceDrawer({ id, layout, onClose, onPrevious, onNext }: InvoiceDrawerProps) {
  const { app, invoices: words } = useWords()
  return (
    <Drawer.Root
      opened
      onClose={onClose}
      position={layout === 'sheet' ? 'bottom' : 'right'}
      size={layout === 'sheet' ? '92%' : 520}
      // A style of the content itself would reach the layer around it too.
      styles={{ content: { display: 'flex', flexDirection: 'column' } }}
    >
      <Drawer.Overlay />
      <Drawer.Content aria-label={words.detail} radius={layout === 'sheet' ? 'lg' : 0}>
        <div className={styles.drawerHead}>
          <strong style={{ flex: 1 }}>{words.detail}</strong>
          <IconButton label={words.previous} onClick={onPrevious}>
            <IconChevronUp size={18} />
          </IconButton>
          <IconButton label={words.next} onClick={onNext}>
            <IconChevronDown size={18} />
          </IconButton>
          <IconButton label={app.close} onClick={onClose}>
            <IconX size={18} />
          </IconButton>
        </div>
        <div className={styles.drawerBody} tabIndex={0} role="region" aria-label={words.detail}>
          <Body id={id} />
          <Button
            variant="default"
            mt="md"
            renderRoot={(props) => <Link to="/payments/$id" params={{ id }} {...props} />}
          >
            {words.to_payment}
          </Button>
        </div>
      </Drawer.Content>
    </Drawer.Root>
  )
}

function Body({ id }: { readonly id: string }) {
  const words = useWords()
  const language = useLanguage()
  const { data, error, refetch } = useQuery(q(invoices.get, { id }))
  useRefresh([invoices.get.path])
  if (data !== undefined) return <InvoiceDetailView detail={data} />
  if (error === null) return <Skeleton height={320} role="status" aria-label={words.app.loading} />
  const { code, requestId } = asApiError(error)
  const title = words.invoices.detail_failed
  return (
    <ErrorNotice title={title} code={code} requestId={requestId} language={language} onRetry={() => void refetch()} />
  )
}

type IconButtonProps = {
  readonly label: string
  readonly onClick: (() => void) | undefined
  readonly children: ReactNode
}

function IconButton({ label, onClick, children }: IconButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        disabled={onClick === undefined}
        onClick={() => onClick?.()}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
