import { Button } from '@mantine/core'
import { IconChevronLeft, IconPrinter } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { useWords } from '../../i18n/language.ts'
import styles from './detail/detail.module.css'
import { PaymentDetailView } from './detail/payment-detail-view.tsx'

export function PaymentPage() {
  const { app, detail } = useWords()
  const { id } = useParams({ from: '/console/payments/$id' })
  return (
    <div className={styles.page}>
      <div className="no-print" style={{ display: 'flex', alignItems: 'flex-start', justifyContent: 'space-between' }}>
        <Link to="/payments" className={styles.back}>
          <IconChevronLeft size={16} aria-hidden="true" />
          {app.back_to_list}
        </Link>
        <Button
          size="xs"
          variant="default"
          visibleFrom="sm"
          leftSection={<IconPrinter size={15} aria-hidden="true" />}
          onClick={() => window.print()}
        >
          {detail.print}
        </Button>
      </div>
      <PaymentDetailView id={id} wide />
    </div>
  )
}
