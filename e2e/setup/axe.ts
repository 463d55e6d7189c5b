/** Accessibility of a page as it stands. The checker's code comes in beside the page's own policy, which stays in force. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'

interface Violation {
  id: string
  impact: string | null
  help: string
  nodes: { html: string; failureSummary?: string }[]
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Serious and critical ones, each with where it stands. */
export async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(`${axe.source}; undefined`)
  const run = `axe.run(document, { runOnly: ${JSON.stringify(RULES)}, resultTypes: ['violations'] })`
  const { violations } = await page.evaluate<{ violations: Violation[] }>(run)
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(describeViolation)
}

function describeViolation({ id, help, nodes }: Violation): string {
  const [first] = nodes
  return `${id}: ${help} (${nodes.length}) ${first?.html.slice(0, 200)} ${first?.failureSummary ?? ''}`
}
