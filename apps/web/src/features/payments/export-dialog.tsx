/** CSV of exactly what is shown: counted and checked first, then a plain download. */
import { Alert, Button, Checkbox, Group, Modal, Radio, Skeleton, Stack } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { PAYMENT_COLUMN_IDS, type PaymentColumnId } from '@choba/shared/columns/payments.ts'
import { PAYMENT_EXPORT_PATH, payments } from '@choba/shared/contracts/payments.ts'
import { fill, type Language, LANGUAGES } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { queryString } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Facts } from '../../ui/facts/section.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import { type LedgerSearch, viewOf } from './ledger-search.ts'
import { Unmappable } from './unmappable.tsx'

type ExportDialogProps = {
  readonly search: LedgerSearch
  readonly shown: readonly PaymentColumnId[]
  readonly onClose: () => void
}

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { ja: '日本語', en: 'English' }

export function ExportDialog({ search, shown, onClose }: ExportDialogProps) {
  const words = useWords()
  const language = useLanguage()
  const [scope, setScope] = useState<'shown' | 'all'>('shown')
  const [encoding, setEncoding] = useState<'utf8' | 'cp932'>('utf8')
  const [headings, setHeadings] = useState<Language>(language)
  const [substitute, setSubstitute] = useState(false)
  const columns = (scope === 'shown' ? shown : PAYMENT_COLUMN_IDS).join(',')
  const query = { ...viewOf(search), columns, encoding, language: headings }
  const check = useQuery({ ...q(payments.checkExport, { query }), placeholderData: keepPreviousData, staleTime: 0 })
  const lacking =
    encoding === 'cp932' && !check.isPlaceholderData && check.data !== undefined && check.data.unmappableCount > 0
  const ready = check.isSuccess && !check.isPlaceholderData && check.data.totals.count > 0 && (!lacking || substitute)
  const address = `${PAYMENT_EXPORT_PATH}?${queryString({ ...query, ...(lacking && substitute ? { substitute: 'geta' } : {}) })}`
  const dialog = words.export_dialog

  return (
    <Modal opened onClose={onClose} closeButtonProps={{ 'aria-label': words.app.close }} title={dialog.title} size="lg">
      <Stack gap="md">
        <p className="soft" style={{ margin: 0 }}>
          {dialog.lead}
        </p>
        <Radio.Group
          label={dialog.columns}
          value={scope}
          onChange={(value) => setScope(value === 'all' ? 'all' : 'shown')}
        >
          <Group mt={6}>
            <Radio size="xs" value="shown" label={fill(dialog.columns_shown, { count: shown.length })} />
            <Radio size="xs" value="all" label={fill(dialog.columns_all, { count: PAYMENT_COLUMN_IDS.length })} />
          </Group>
        </Radio.Group>
        <Radio.Group
          label={dialog.encoding}
          value={encoding}
          onChange={(value) => setEncoding(value === 'cp932' ? 'cp932' : 'utf8')}
        >
          <Group mt={6} align="flex-start">
            <Radio size="xs" value="utf8" label={dialog.encoding_utf8} description={dialog.encoding_utf8_hint} />
            <Radio size="xs" value="cp932" label={dialog.encoding_cp932} description={dialog.encoding_cp932_hint} />
          </Group>
        </Radio.Group>
        <Radio.Group
          label={dialog.language}
          value={headings}
          onChange={(value) => setHeadings(value === 'en' ? 'en' : 'ja')}
        >
          <Group mt={6}>
            {LANGUAGES.map((each) => (
              <Radio key={each} size="xs" value={each} label={LANGUAGE_NAMES[each]} />
            ))}
          </Group>
        </Radio.Group>
        {check.isError ? (
          <ErrorNotice
            code={asApiError(check.error).code}
            requestId={asApiError(check.error).requestId}
            language={language}
            onRetry={() => void check.refetch()}
          />
        ) : check.data === undefined ? (
          <Skeleton height={120} aria-label={dialog.checking} />
        ) : (
          <div aria-busy={check.isFetching} style={{ opacity: check.isPlaceholderData ? 0.55 : 1 }}>
            <Facts
              facts={[
                [dialog.rows, formatCount(check.data.totals.count)],
                [words.column.amountYen, formatYen(check.data.totals.amountYen)],
                [words.column.capturedYen, formatYen(check.data.totals.capturedYen)],
                [words.column.refundedYen, formatYen(check.data.totals.refundedYen)],
                [words.column.feeYen, formatYen(check.data.totals.feeYen)],
                [words.column.netYen, formatYen(check.data.totals.netYen)],
              ]}
            />
            <p className="soft" style={{ margin: '6px 0 0', fontSize: '0.8125rem' }}>
              {check.data.totals.count === 0 ? dialog.nothing : dialog.control_hint}
            </p>
          </div>
        )}
        {lacking && check.data ? (
          <Alert
            data-urgent
            color="vermilion"
            variant="light"
            title={fill(dialog.unmappable_title, { count: formatCount(check.data.unmappableCount) })}
          >
            <Unmappable places={check.data.unmappable} count={check.data.unmappableCount} />
            <Checkbox
              mt="sm"
              size="xs"
              label={dialog.substitute}
              checked={substitute}
              onChange={(event) => setSubstitute(event.currentTarget.checked)}
            />
          </Alert>
        ) : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {words.app.cancel}
          </Button>
          {ready ? (
            <Button
              component="a"
              href={address}
              download
              leftSection={<IconDownload size={16} aria-hidden="true" />}
              onClick={onClose}
            >
              {dialog.download}
            </Button>
          ) : (
            <Button disabled leftSection={<IconDownload size={16} aria-hidden="true" />}>
              {dialog.download}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}
