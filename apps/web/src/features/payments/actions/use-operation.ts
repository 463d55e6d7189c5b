/** Sends one action. The key is made when the dialog opens: pressing twice, or again after a lost answer, is the same request. */
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { operations } from '@choba/shared/contracts/operations.ts'
import type { Input } from '@choba/shared/contract.ts'
import { type PaymentRow, payments } from '@choba/shared/contracts/payments.ts'
import { fill, label, type Language } from '@choba/shared/labels/labels.ts'
import type { PaymentAction } from '@choba/shared/states/payment.ts'
import { ApiError, asApiError } from '../../../api/api-error.ts'
import { call } from '../../../api/call.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'

type OperationInput = Input<typeof operations.create>['body']['operations'][number]
type Details = Pick<
  OperationInput,
  'amountYen' | 'carrierCode' | 'slipNumber' | 'shippedOn' | 'store' | 'payWithinDays' | 'reason'
>

/** A row of the batch was refused, with the reason of the action table. */
class RefusedError extends Error {
  readonly code: string
  readonly reason: string | null
  constructor(code: string, reason: string | null) {
    super(code)
    this.code = code
    this.reason = reason
  }
}

export function useOperation(input: {
  readonly payment: PaymentRow
  readonly action: PaymentAction
  /** After which a held one is sent. */
  readonly holdSeconds: number
  readonly onAccepted: () => void
}) {
  const { payment, action, holdSeconds, onAccepted } = input
  const words = useWords()
  const language = useLanguage()
  const queryClient = useQueryClient()
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  const request = useMutation({
    async mutationFn(details: Details) {
      const answer = await call(operations.create, {
        body: { operations: [{ idempotencyKey, action, paymentId: payment.id, ...details }] },
      })
      const [result] = answer.results
      if (result?.error) throw new RefusedError(result.error.code, result.error.reason)
      return result?.operation?.state
    },
    onSuccess(state) {
      const order = payment.orderNumber
      const message =
        state === 'requested'
          ? fill(words.approvals.requested, { order })
          : state === 'held'
            ? fill(words.approvals.held, { order, seconds: holdSeconds })
            : fill(words.action_accepted[action], { order })
      notifications.show({ message })
      onAccepted()
    },
    async onSettled() {
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: [payments.get.path] }),
        queryClient.invalidateQueries({ queryKey: [payments.list.path] }),
      ])
    },
  })
  return {
    sending: request.isPending,
    failure: request.isError ? sayFailure(request.error, language) : null,
    send: (details: Details) => request.mutate(details),
  }
}

function sayFailure(error: unknown, language: Language): string {
  const stop = language === 'ja' ? '。' : '. '
  if (error instanceof RefusedError) {
    return error.reason === null
      ? `${label(language, 'error', error.code)}${stop}${label(language, 'error_advice', error.code)}`
      : label(language, 'refusal', error.reason)
  }
  const { code, requestId } = asApiError(error)
  const support =
    requestId === null || !(error instanceof ApiError)
      ? ''
      : ` (${label(language, 'app', 'support_code')} ${requestId})`
  return `${label(language, 'error', code)}${stop}${label(language, 'error_advice', code)}${support}`
}
