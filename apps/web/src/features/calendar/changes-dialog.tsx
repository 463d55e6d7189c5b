/** What changes of the calendar would move, and the saving of them. */
import { Button, Group, Modal, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { calendar, type CalendarChanges, type CalendarPreview } from '@choba/shared/contracts/calendar.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Failure } from '../../ui/feedback/failure.tsx'
import { ReadState } from '../../ui/feedback/read-state.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { formatDay } from '../../ui/time/format-time.ts'

type ChangesDialogProps = CalendarChanges & { readonly onClose: () => void }

export function ChangesDialog({ changes, source, onClose }: ChangesDialogProps) {
  const words = useWords()
  const queryClient = useQueryClient()
  const body = { changes: [...changes], source }
  const preview = useQuery({
    queryKey: [calendar.preview.path, body],
    queryFn: () => call(calendar.preview, { body }),
    retry: false,
    gcTime: 0,
  })
  const saving = useMutation({
    mutationFn: () => call(calendar.change, { body }),
    async onSuccess({ changed }) {
      notifications.show({ message: changed === 0 ? words.calendar.same : words.calendar.saved })
      onClose()
      // Payouts, the money path and charge days all go by it.
      await queryClient.invalidateQueries()
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      size={720}
      title={words.calendar.change_title}
      closeButtonProps={{ 'aria-label': words.app.close }}
    >
      <Stack gap="md">
        <ChangeList changes={changes} />
        <ReadState
          data={preview.data}
          failed={failedOf(preview.error)}
          failedTitle={words.calendar.failed}
          onRetry={() => void preview.refetch()}
        >
          {(moves) => <Moves {...moves} />}
        </ReadState>
        <Failure failed={failedOf(saving.error)} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {words.app.cancel}
          </Button>
          <Button disabled={preview.data === undefined} loading={saving.isPending} onClick={() => saving.mutate()}>
            {words.calendar.save}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function ChangeList({ changes }: Pick<CalendarChanges, 'changes'>) {
  const words = useWords()
  const language = useLanguage()
  const deed = { true: words.calendar.file_adds, false: words.calendar.file_opens, null: words.calendar.remove }
  return (
    <PlainTable
      caption={words.calendar.changes}
      columns={[
        { name: words.calendar.day },
        { name: words.calendar.name },
        { name: words.calendar.whose },
        { name: words.calendar.changes },
      ]}
      rows={changes.map(({ day, scope, name, closed }) => ({
        key: `${scope} ${day}`,
        cells: [
          formatDay(day, language),
          name,
          words.calendar_scope[scope],
          closed === true && scope !== 'nation' ? words.calendar.add : deed[`${closed}`],
        ],
      }))}
    />
  )
}

function Moves({ payouts, cycles }: CalendarPreview) {
  const words = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const names = new Map(shops.map(({ id, name }) => [id, name]))
  const day = (on: string) => <span className="mono">{formatDay(on, language)}</span>
  if (payouts.length === 0 && cycles.length === 0) return <p style={{ margin: 0 }}>{words.calendar.no_moves}</p>
  return (
    <div>
      <PlainTable
        caption={words.calendar.preview_of}
        columns={[
          { name: words.calendar.what },
          { name: words.calendar.before },
          { name: words.calendar.after },
          { name: words.calendar.amount, end: true },
        ]}
        rows={[
          ...payouts.map((each) => ({
            key: `${each.shopId} ${each.method} ${each.closingOn} ${each.transferYen}`,
            cells: [
              `${names.get(each.shopId) ?? ''} ${words.method[each.method]} ${fill(words.calendar.closing, { day: formatDay(each.closingOn, language) })}`,
              day(each.before),
              day(each.after),
              each.transferYen === null ? (
                <span className="soft">{words.calendar.not_sold}</span>
              ) : (
                formatYen(each.transferYen)
              ),
            ],
          })),
          ...cycles.map((each) => ({
            key: `${each.before} ${each.after}`,
            cells: [
              fill(words.calendar.cycles, { count: each.count }),
              day(each.before),
              day(each.after),
              formatYen(each.amountYen),
            ],
          })),
        ]}
      />
      <p className="soft" style={{ fontSize: '0.8125rem' }}>
        {words.calendar.kept}
      </p>
    </div>
  )
}
