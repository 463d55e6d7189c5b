/** Sums of what test runs report. */
export interface Counts {
  passed: number
  failed: number
  skipped: number
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
}

/** The counts of a JSON report. A run that failed counts one failure even when its report names none, or is missing. */
export function readReport(text: string | undefined, succeeded: boolean): Counts {
  if (text === undefined) return { passed: 0, failed: succeeded ? 0 : 1, skipped: 0 }
  const report: VitestReport = JSON.parse(text)
  const failed = report.numFailedTests
  return {
    passed: report.numPassedTests,
    failed: succeeded ? failed : Math.max(1, failed),
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

export function sumCounts(all: readonly Counts[]): Counts {
  const total: Counts = { passed: 0, failed: 0, skipped: 0 }
  for (const { passed, failed, skipped } of all) {
    total.passed += passed
    total.failed += failed
    total.skipped += skipped
  }
  return total
}

export function countLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
