/** Sends a correction and follows it to its result: accepted, answered by NP, and what the books say then. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { operations } from '@choba/shared/contracts/operations.ts'
import { rescue, type RescueSheet } from '@choba/shared/contracts/rescue.ts'
import { label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { useLanguage } from '../../i18n/language.ts'
import type { Changes } from './correction.ts'

const LOOK_AGAIN_MS = 800

export type CorrectionResult =
  | { readonly kind: 'none' }
  | { readonly kind: 'waiting' }
  /** Not accepted here, in words. */
  | { readonly kind: 'failed'; readonly words: string }
  /** NP said no to the call, with its codes. */
  | { readonly kind: 'refused'; readonly codes: readonly string[] }
  | {
      readonly kind: 'decided'
      readonly operationId: string
      readonly status: RescueSheet['payment']['status']
      readonly same: boolean
    }

type Sent = { readonly operationId: string; readonly attempts: number }

export function useCorrection(sheet: RescueSheet, onApproved: () => void) {
  const language = useLanguage()
  const queryClient = useQueryClient()
  const [sent, setSent] = useState<Sent | null>(null)
  const { id } = sheet.payment
  const request = useMutation({
    async mutationFn({ correction, amountYen }: Changes) {
      const action = sheet.actions.some((each) => each.action === 'reregister' && each.verdict.allowed)
        ? ('reregister' as const)
        : ('correct' as const)
      const answer = await call(operations.create, {
        body: {
          operations: [
            {
              idempotencyKey: crypto.randomUUID(),
              action,
              paymentId: id,
              // Nothing changed: the order is sent as it stands, and screened again.
              ...(action === 'correct' || correction ? { correction: correction ?? {} } : {}),
              ...(amountYen === undefined ? {} : { amountYen }),
            },
          ],
        },
      })
      const [row] = answer.results
      if (!row?.operation) throw new Refusal(row?.error?.reason ?? null, row?.error?.code ?? 'internal')
      return row.operation.id
    },
    onSuccess: (operationId) => setSent({ operationId, attempts: sheet.attempts.length }),
  })
  const operation = useQuery({
    ...q(operations.get, { id: sent?.operationId ?? '' }),
    enabled: sent !== null,
    refetchInterval: ({ state }) => (isOpen(state.data?.state) ? LOOK_AGAIN_MS : false),
  }).data
  const ended =
    operation !== undefined && sent !== null && operation.id === sent.operationId && !isOpen(operation.state)

  useEffect(() => {
    if (!ended) return
    void queryClient.invalidateQueries({ queryKey: [rescue.get.path] })
    void queryClient.invalidateQueries({ queryKey: [rescue.list.path] })
    void queryClient.invalidateQueries({ queryKey: [rescue.totals.path] })
  }, [ended, queryClient])

  const result = resultOf()
  const tell = useEffectEvent(onApproved)
  const approved = result.kind === 'decided' && result.status === 'authorized'
  useEffect(() => {
    if (approved) tell()
  }, [approved])

  function resultOf(): CorrectionResult {
    if (request.isPending) return { kind: 'waiting' }
    if (request.isError) return { kind: 'failed', words: sayFailure(request.error, language) }
    if (sent === null) return { kind: 'none' }
    if (!ended) return { kind: 'waiting' }
    if (operation.state === 'refused' || operation.state === 'failed')
      return { kind: 'refused', codes: operation.codes }
    // The sheet may still be the one from before the answer.
    if (sheet.payment.inFlight !== null || sheet.lastOperation?.state !== 'done') return { kind: 'waiting' }
    return {
      kind: 'decided',
      operationId: sent.operationId,
      status: sheet.payment.status,
      same: sheet.attempts.length === sent.attempts,
    }
  }

  return {
    result,
    busy: result.kind === 'waiting',
    send: (changes: Changes) => {
      if (!request.isPending) request.mutate(changes)
    },
  }
}

class Refusal extends Error {
  readonly reason: string | null
  readonly code: string
  constructor(reason: string | null, code: string) {
    super(code)
    this.reason = reason
    this.code = code
  }
}

function isOpen(state: string | undefined): boolean {
  return state === undefined || state === 'accepted' || state === 'running' || state === 'unknown'
}

export function sayFailure(error: unknown, language: 'ja' | 'en'): string {
  const stop = language === 'ja' ? '。' : '. '
  if (error instanceof Refusal && error.reason !== null) {
    const refusal = label(language, 'refusal', error.reason)
    return refusal === error.reason ? label(language, 'error', error.code) : refusal
  }
  const code = error instanceof Refusal ? error.code : asApiError(error).code
  return `${label(language, 'error', code)}${stop}${label(language, 'error_advice', code)}`
}
