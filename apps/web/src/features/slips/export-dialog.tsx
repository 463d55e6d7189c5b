/** CSV of exactly the slips that are shown: counted and checked first, then a plain download. */
import { Alert, Button, Checkbox, Group, Modal, Radio, Skeleton, Stack } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { SLIP_EXPORT_PATH, slips } from '@choba/shared/contracts/slips.ts'
import { fill, type Language, LANGUAGES } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { queryString } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Facts } from '../../ui/facts/section.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import { type SlipSearch, viewOf } from './slip-search.ts'

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { ja: '日本語', en: 'English' }

export function ExportDialog({ search, onClose }: { readonly search: SlipSearch; readonly onClose: () => void }) {
  const words = useWords()
  const language = useLanguage()
  const dialog = words.export_dialog
  const [encoding, setEncoding] = useState<'utf8' | 'cp932'>('utf8')
  const [headings, setHeadings] = useState<Language>(language)
  const [substitute, setSubstitute] = useState(false)
  const query = { ...viewOf(search), encoding, language: headings }
  const check = useQuery({ ...q(slips.checkExport, { query }), placeholderData: keepPreviousData, staleTime: 0 })
  const fresh = check.isPlaceholderData ? undefined : check.data
  const lacking = encoding === 'cp932' && (fresh?.unmappableCount ?? 0) > 0
  const ready = fresh !== undefined && fresh.totals.count > 0 && (!lacking || substitute)
  const address = `${SLIP_EXPORT_PATH}?${queryString({ ...query, ...(lacking && substitute ? { substitute: 'geta' } : {}) })}`
  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ 'aria-label': words.app.close }}
      title={words.export_list.title}
      size="lg"
    >
      <Stack gap="md">
        <p className="soft" style={{ margin: 0 }}>
          {words.export_list.lead}
        </p>
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
          <ErrorNotice {...asApiError(check.error)} language={language} onRetry={() => void check.refetch()} />
        ) : check.data === undefined ? (
          <Skeleton height={64} aria-label={dialog.checking} />
        ) : (
          <Facts
            facts={[
              [words.export_list.rows, formatCount(check.data.totals.count)],
              [words.slip_column.amountYen, formatYen(check.data.totals.amountYen)],
            ]}
          />
        )}
        {lacking && fresh ? (
          <Alert data-urgent color="vermilion" variant="light">
            {fill(words.export_list.unmappable, {
              count: formatCount(fresh.unmappableCount),
              characters: fresh.unmappable.join(' '),
            })}
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
          <Button
            disabled={!ready}
            leftSection={<IconDownload size={16} aria-hidden="true" />}
            {...(ready ? { component: 'a' as const, href: address, download: true, onClick: onClose } : {})}
          >
            {dialog.download}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
