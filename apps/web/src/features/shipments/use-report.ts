/** Reporting many shipments at once: each is accepted or refused on its own. */
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Input } from '@choba/shared/contract.ts'
import { operations } from '@choba/shared/contracts/operations.ts'
import { shipments } from '@choba/shared/contracts/shipments.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatCount } from '../../ui/money/format-yen.ts'

type Report = Omit<Input<typeof operations.create>['body']['operations'][number], 'idempotencyKey' | 'action'> & {
  readonly paymentId: string
}

export function useReport(onAccepted: (paymentIds: readonly string[]) => void) {
  const words = useWords()
  const language = useLanguage()
  const queryClient = useQueryClient()
  /** Why a payment was refused, by its id. */
  const [refusals, setRefusals] = useState<Readonly<Record<string, string>>>({})
  const report = useMutation({
    async mutationFn(reports: readonly Report[]) {
      const asked = reports.map((each) => ({
        ...each,
        idempotencyKey: crypto.randomUUID(),
        action: 'report_shipment' as const,
      }))
      const { results } = await call(operations.create, { body: { operations: asked } })
      return results.map((result) => ({ paymentId: asked[result.index]?.paymentId ?? '', error: result.error }))
    },
    onSuccess(results) {
      const accepted = results.filter((result) => result.error === null).map((result) => result.paymentId)
      const refused = results.filter((result) => result.error !== null)
      setRefusals(
        Object.fromEntries(
          refused.map(({ paymentId, error }) => [
            paymentId,
            error?.reason ? label(language, 'refusal', error.reason) : label(language, 'error', error?.code ?? ''),
          ]),
        ),
      )
      const { reported_ok, reported_some } = words.shipments
      const counts = {
        count: formatCount(accepted.length),
        ok: formatCount(accepted.length),
        failed: formatCount(refused.length),
      }
      notifications.show({ message: fill(refused.length === 0 ? reported_ok : reported_some, counts) })
      onAccepted(accepted)
    },
    onError(error) {
      const { code } = asApiError(error)
      const message = label(language, 'error_advice', code)
      notifications.show({ color: 'vermilion', title: label(language, 'error', code), message })
    },
    async onSettled() {
      await queryClient.invalidateQueries({ queryKey: [shipments.list.path] })
      await queryClient.invalidateQueries({ queryKey: [shipments.totals.path] })
    },
  })
  return { report, refusals }
}

/** NP takes a thousand reports in one call; so does the BFF. */
export const MOST_REPORTS = 1000
