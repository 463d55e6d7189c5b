import { expect, test } from 'vitest'
import type { OperationRow } from '@choba/shared/contracts/operations.ts'
import { pairOperations } from './pair-operations.ts'

const TIMELINE = [
  { sequence: 1, type: 'registered' },
  { sequence: 2, type: 'captured' },
  { sequence: 3, type: 'refunded' },
  { sequence: 4, type: 'refunded' },
]

function operation(id: string, over: Partial<OperationRow>): OperationRow {
  return { id, kind: 'refund', state: 'done', requestedAt: `2026-11-0${id}T00:00:00Z`, ...over } as OperationRow
}

test('two refunds belong to two events, in the order they were asked for', () => {
  const { paired, alone } = pairOperations(TIMELINE, [operation('2', {}), operation('1', {})])
  expect([paired.get(3)?.id, paired.get(4)?.id]).toEqual(['1', '2'])
  expect(alone).toEqual([])
})

test('what is not confirmed, or has no event, stands by itself', () => {
  const { paired, alone } = pairOperations(TIMELINE, [
    operation('1', { state: 'running' }),
    operation('2', { kind: 'cancel' }),
    operation('3', { kind: 'capture' }),
  ])
  expect(alone.map((each) => each.id)).toEqual(['1', '2'])
  expect(paired.get(2)?.id).toBe('3')
})
