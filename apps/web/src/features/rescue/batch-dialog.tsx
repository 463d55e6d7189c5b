/** Many orders sent to be screened again in one call; the result of each comes in by itself. */
import { Alert, Button, Group, Modal } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { operations } from '@choba/shared/contracts/operations.ts'
import { rescue, type RescueRow } from '@choba/shared/contracts/rescue.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { separatorIn } from '../../i18n/separator.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { formatCount } from '../../ui/money/format-yen.ts'
import { StatusBadge } from '../../ui/status/status-badge.tsx'
import { sayFailure } from './use-correction.ts'
import { useQueueRefresh } from './use-queue.ts'

const LOOK_AGAIN_MS = 1500
/** Of the console's door and of NP's. */
const MOST = 1000

/** What is asked for each kind; the others have nothing to screen. */
const ACTION_OF: Partial<Record<RescueRow['kind'], 'correct' | 'reregister'>> = {
  on_hold: 'correct',
  failed: 'reregister',
  rejected: 'reregister',
  lapsed: 'reregister',
}

type Refused = { readonly id: string; readonly code: string; readonly reason: string | null }

export function BatchDialog({ rows, onClose }: { readonly rows: readonly RescueRow[]; readonly onClose: () => void }) {
  const words = useWords()
  const language = useLanguage()
  const refresh = useQueueRefresh()
  const [key] = useState(() => crypto.randomUUID())
  const sendable = rows.filter((row) => ACTION_OF[row.kind] !== undefined).slice(0, MOST)
  const request = useMutation({
    async mutationFn() {
      const { results } = await call(operations.create, {
        body: {
          operations: sendable.map((row) => ({
            idempotencyKey: `${key}:${row.id}`,
            action: ACTION_OF[row.kind] ?? 'correct',
            paymentId: row.id,
            ...(ACTION_OF[row.kind] === 'correct' ? { correction: {} } : {}),
          })),
        },
      })
      return results.flatMap(({ index, error }): Refused[] => {
        const row = sendable[index]
        return error === null || row === undefined ? [] : [{ id: row.id, ...error }]
      })
    },
    onSettled: refresh,
  })
  const sent =
    request.data === undefined ? [] : sendable.filter((row) => !request.data.some((each) => each.id === row.id))
  const outcomes = useQuery({
    queryKey: [rescue.outcomes.path, key],
    queryFn: ({ signal }) => call(rescue.outcomes, { body: { paymentIds: sent.map((row) => row.id) } }, signal),
    enabled: sent.length > 0,
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.items.some((item) => item.inFlight !== null) ? LOOK_AGAIN_MS : false,
  }).data?.items
  const done = outcomes?.filter((item) => item.inFlight === null) ?? []

  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ 'aria-label': words.app.close }}
      size="lg"
      title={
        request.data === undefined
          ? fill(words.rescue.batch_title, { count: formatCount(sendable.length) })
          : words.rescue.batch_results
      }
    >
      {request.data === undefined ? (
        <>
          <p>{words.rescue.batch_text}</p>
          {request.isError ? (
            <Alert color="vermilion" variant="light" role="alert" mb="md">
              {sayFailure(request.error, language)}
            </Alert>
          ) : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {words.app.cancel}
            </Button>
            <Button loading={request.isPending} disabled={sendable.length === 0} onClick={() => request.mutate()}>
              {words.rescue.batch_rescreen}
            </Button>
          </Group>
        </>
      ) : (
        <>
          <p role="status">
            {fill(words.rescue.batch_progress, { done: formatCount(done.length), count: formatCount(sent.length) })}{' '}
            {fill(words.rescue.batch_summary, {
              approved: formatCount(done.filter((item) => item.status === 'authorized').length),
              open: formatCount(done.filter((item) => item.status !== 'authorized').length),
              refused: formatCount(request.data.length),
            })}
          </p>
          <PlainTable
            caption={words.rescue.batch_results}
            columns={[
              { name: words.column.orderNumber },
              { name: words.screenings.result },
              { name: words.screenings.reason },
            ]}
            rows={sendable.map((row) => {
              const refused = request.data.find((each) => each.id === row.id)
              const item = outcomes?.find((each) => each.id === row.id)
              return {
                key: row.id,
                cells: [
                  <Link
                    key="order"
                    to="/rescue/$id"
                    params={{ id: row.id }}
                    className="link-button mono"
                    onClick={onClose}
                  >
                    {row.orderNumber}
                  </Link>,
                  refused !== undefined ? (
                    sayRefused(refused)
                  ) : item === undefined || item.inFlight !== null ? (
                    words.rescue.batch_waiting
                  ) : (
                    <StatusBadge key="status" status={item.status} language={language} />
                  ),
                  [...new Set([...(item?.codes ?? []), ...(item?.reasons ?? [])])]
                    .map((code) => label(language, 'reason', code))
                    .join(separatorIn(language)),
                ],
              }
            })}
          />
          <Group justify="flex-end" mt="md">
            <Button onClick={onClose}>{words.app.close}</Button>
          </Group>
        </>
      )}
    </Modal>
  )

  function sayRefused({ code, reason }: Refused): string {
    const refusal = reason === null ? '' : label(language, 'refusal', reason)
    return refusal === '' || refusal === reason ? label(language, 'error', code) : refusal
  }
}
