/** The page that lists everything a person can type to steer outcomes. */
import { escapeHtml } from '../http.ts'
import { page } from './page.ts'

export type GuideRow = { readonly typed: string; readonly ja: string; readonly en: string }

export type GuideSection = {
  readonly ja: string
  readonly en: string
  /** True when the behaviour is not a public fact of the provider but this sandbox's assumption. */
  readonly assumed?: boolean
  readonly rows: readonly GuideRow[]
}

export function guidePage(sections: readonly GuideSection[], now: Date): string {
  return page('テストのしかた / How to steer the sandbox', now, sections.map(sectionHtml).join('\n'))
}

function sectionHtml(section: GuideSection): string {
  const mark = section.assumed ? ' <em class="assumed">想定 / assumed</em>' : ''
  const rows = section.rows.map(
    (row) =>
      `<tr><td><code>${escapeHtml(row.typed)}</code></td><td>${escapeHtml(row.ja)}</td><td lang="en">${escapeHtml(row.en)}</td></tr>`,
  )
  return `<section><h2>${escapeHtml(section.ja)} / <span lang="en">${escapeHtml(section.en)}</span>${mark}</h2>
<table><thead><tr><th>入力 / typed</th><th>結果</th><th>Result</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></section>`
}
