/** CSV of exactly what a list shows: counted and checked first, then a plain download. */
import { Alert, Button, Checkbox, Group, Modal, Radio, Skeleton, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCalendarRepeat, IconDownload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { FileColumns } from '@choba/shared/columns/of-list.ts'
import type { ExportList } from '@choba/shared/contracts/exports.ts'
import { EXPORT_ENCODINGS, type ExportEncoding } from '@choba/shared/filters/export.ts'
import { fill, type Language, LANGUAGES } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Facts } from '../facts/section.tsx'
import { ErrorNotice } from '../feedback/error-notice.tsx'
import { formatCount } from '../money/format-yen.ts'
import { ColumnChoice } from './column-choice.tsx'

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { ja: '日本語', en: 'English' }

type Choice = { readonly encoding: ExportEncoding; readonly language: Language }
type Checked<Totals, Lacking> = {
  readonly totals: Totals
  readonly unmappableCount: number
  readonly unmappable: readonly Lacking[]
}

type ListExportDialogProps<Totals, Lacking> = {
  readonly list: {
    readonly list: ExportList
    readonly choice: Choice
    readonly choose: (choice: Choice) => void
    readonly shown: readonly string[] | undefined
    readonly columns: FileColumns
    readonly chooseColumns: (columns: FileColumns) => void
    readonly hasColumns: boolean
    readonly checked: Checked<Totals, Lacking> | undefined
    readonly isStale: boolean
    readonly failure:
      | { readonly code: string; readonly requestId: string | null; readonly onRetry: () => void }
      | undefined
    readonly addressOf: (substitute: boolean) => string
    /** What a schedule of such files begins with. */
    readonly like: string
    readonly mayKeep: boolean
    /** Has it written in the background. */
    readonly keep: (substitute: boolean) => Promise<unknown>
    readonly isKeeping: boolean
  }
  /** Control totals beside the number of rows. */
  readonly sums: (totals: Totals) => ReadonlyArray<readonly [string, ReactNode]>
  /** What CP932 cannot write, where a list says more of it than the characters. */
  readonly lackingOf?: (checked: Checked<Totals, Lacking>) => ReactNode
  /** Choices of the list's own. */
  readonly children?: ReactNode
  readonly onClose: () => void
}

export function ListExportDialog<Totals extends { readonly count: number }, Lacking>({
  list: { choice, choose, checked, isStale, failure, addressOf, like, mayKeep, keep, isKeeping, ...of },
  sums,
  lackingOf,
  children,
  onClose,
}: ListExportDialogProps<Totals, Lacking>) {
  const words = useWords()
  const language = useLanguage()
  const { export_dialog: dialog, export_schedule: schedule } = words
  const [substitute, setSubstitute] = useState(false)
  const fresh = isStale ? undefined : checked
  const lacking = choice.encoding === 'cp932' && (fresh?.unmappableCount ?? 0) > 0
  const ready = of.hasColumns && fresh !== undefined && fresh.totals.count > 0 && (!lacking || substitute)
  async function keepIt(): Promise<void> {
    try {
      await keep(lacking && substitute)
      notifications.show({ message: words.exports.kept })
      onClose()
    } catch {
      notifications.show({ color: 'vermilion', message: words.exports.could_not })
    }
  }
  return (
    <Modal opened onClose={onClose} closeButtonProps={{ 'aria-label': words.app.close }} title={dialog.title} size="lg">
      <Stack gap="md">
        <p className="soft" style={{ margin: 0 }}>
          {dialog.lead}
        </p>
        <ColumnChoice list={of.list} shown={of.shown} columns={of.columns} onChange={of.chooseColumns} />
        {children}
        <Radio.Group
          label={dialog.encoding}
          value={choice.encoding}
          onChange={(value) =>
            choose({ ...choice, encoding: EXPORT_ENCODINGS.find((each) => each === value) ?? 'utf8' })
          }
        >
          <Group mt={6} align="flex-start">
            {EXPORT_ENCODINGS.map((each) => (
              <Radio
                key={each}
                size="xs"
                value={each}
                label={dialog[`encoding_${each}`]}
                description={dialog[`encoding_${each}_hint`]}
              />
            ))}
          </Group>
        </Radio.Group>
        <Radio.Group
          label={dialog.language}
          value={choice.language}
          onChange={(value) => choose({ ...choice, language: value === 'en' ? 'en' : 'ja' })}
        >
          <Group mt={6}>
            {LANGUAGES.map((each) => (
              <Radio key={each} size="xs" value={each} label={LANGUAGE_NAMES[each]} />
            ))}
          </Group>
        </Radio.Group>
        {failure ? (
          <ErrorNotice {...failure} language={language} />
        ) : checked === undefined ? (
          <Skeleton height={96} role="status" aria-busy="true" aria-label={dialog.checking} />
        ) : (
          <div aria-busy={isStale} style={{ opacity: isStale ? 0.55 : 1 }}>
            <Facts facts={[[dialog.rows, formatCount(checked.totals.count)], ...sums(checked.totals)]} />
            <p className="soft" style={{ margin: '6px 0 0', fontSize: '0.8125rem' }}>
              {checked.totals.count === 0 ? dialog.nothing : dialog.control_hint}
            </p>
          </div>
        )}
        {lacking && fresh ? (
          <Alert
            data-urgent
            color="vermilion"
            variant="light"
            title={fill(dialog.unmappable_title, { count: formatCount(fresh.unmappableCount) })}
          >
            {lackingOf?.(fresh) ??
              fill(words.export_list.unmappable, {
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
          {mayKeep ? (
            <Button
              variant="subtle"
              mr="auto"
              title={schedule.from_list_hint}
              leftSection={<IconCalendarRepeat size={16} aria-hidden="true" />}
              renderRoot={(props) => <Link to="/exports/schedules" search={{ like }} {...props} />}
            >
              {schedule.from_list}
            </Button>
          ) : null}
          <Button variant="default" onClick={onClose}>
            {words.app.cancel}
          </Button>
          {mayKeep ? (
            <Button
              variant="default"
              disabled={!ready}
              loading={isKeeping}
              title={words.exports.keep_hint}
              onClick={() => void keepIt()}
            >
              {words.exports.keep}
            </Button>
          ) : null}
          <Button
            disabled={!ready}
            leftSection={<IconDownload size={16} aria-hidden="true" />}
            {...(ready
              ? { component: 'a' as const, href: addressOf(lacking && substitute), download: true, onClick: onClose }
              : {})}
          >
            {dialog.download}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
