/** The payment beside the list: a panel on wide screens, a sheet on narrow ones. */
import { ActionIcon, Drawer, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconMaximize, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useWords } from '../../i18n/language.ts'
import { PaymentDetailView } from './detail/payment-detail-view.tsx'
import styles from './ledger.module.css'

type PaymentDrawerProps = {
  readonly id: string
  readonly layout: 'panel' | 'side' | 'sheet'
  readonly onClose: () => void
  readonly onPrevious: (() => void) | undefined
  readonly onNext: (() => void) | undefined
}

export function PaymentDrawer({ id, layout, onClose, onPrevious, onNext }: PaymentDrawerProps) {
  const { app, ledger } = useWords()
  const head = (
    <div className={styles.drawerHead}>
      <strong style={{ flex: 1 }}>{ledger.drawer}</strong>
      <IconButton label={ledger.previous_row} onClick={onPrevious}>
        <IconChevronUp size={18} />
      </IconButton>
      <IconButton label={ledger.next_row} onClick={onNext}>
        <IconChevronDown size={18} />
      </IconButton>
      <Tooltip label={ledger.open_page}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={ledger.open_page}
          renderRoot={(props) => <Link to="/payments/$id" params={{ id }} {...props} />}
        >
          <IconMaximize size={17} />
        </ActionIcon>
      </Tooltip>
      <IconButton label={app.close} onClick={onClose}>
        <IconX size={18} />
      </IconButton>
    </div>
  )
  const body = (
    <div className={styles.drawerBody} tabIndex={0} role="region" aria-label={ledger.drawer}>
      <PaymentDetailView id={id} />
    </div>
  )
  if (layout === 'panel') {
    return (
      <aside className={styles.drawer} aria-label={ledger.drawer}>
        {head}
        {body}
      </aside>
    )
  }
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
      <Drawer.Content aria-label={ledger.drawer} radius={layout === 'sheet' ? 'lg' : 0}>
        {head}
        {body}
      </Drawer.Content>
    </Drawer.Root>
  )
}

function IconButton({
  label,
  onClick,
  children,
}: {
  readonly label: string
  readonly onClick: (() => void) | undefined
  readonly children: ReactNode
}) {
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
