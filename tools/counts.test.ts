import { expect, test } from 'vitest'
import { countLine, readReport, sumCounts } from './counts.ts'

const report = JSON.stringify({ numPassedTests: 5, numFailedTests: 2, numPendingTests: 1, numTodoTests: 0 })

test('counts what a report names', () => {
  expect(readReport(report, false)).toEqual({ passed: 5, failed: 2, skipped: 1 })
})

test('counts a failure for a run that failed without naming one', () => {
  const clean = JSON.stringify({ numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 })
  expect(readReport(clean, false)).toEqual({ passed: 5, failed: 1, skipped: 0 })
  expect(readReport(undefined, false)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('writes the sum as one line, and names skipped tests only when there are some', () => {
  expect(countLine(sumCounts([readReport(report, false), { passed: 1, failed: 0, skipped: 0 }]))).toBe(
    '6 passed, 2 failed, 1 skipped',
  )
  expect(countLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed')
})
