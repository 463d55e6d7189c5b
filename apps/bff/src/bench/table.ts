/** The result as a table to read and as JSON to compare. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Measure } from './measure.ts'

const HEAD: Measure = { measure: 'measure', value: 'value', floor: 'floor', ratio: 'ratio', goal: 'goal', met: null }
const COLUMNS = ['measure', 'value', 'floor', 'ratio', 'goal'] as const
const LATEST = fileURLToPath(new URL('../../../../docs/bench/latest.json', import.meta.url))

/** As Markdown, padded so that it reads in a terminal too. */
export function tableOf(measures: readonly Measure[]): string {
  const lines = [HEAD, ...measures].map((measure, index) => [
    ...COLUMNS.map((column) => measure[column]),
    index === 0 ? 'met' : measure.met === null ? '–' : measure.met ? 'yes' : 'NO',
  ])
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)))
  const written = lines.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [written[0], rule, ...written.slice(1)].join('\n')
}

export function machine(): string {
  return `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB`
}

export function save(payments: number, measures: readonly Measure[]): void {
  mkdirSync(dirname(LATEST), { recursive: true })
  const result = { at: new Date().toISOString(), machine: machine(), node: process.version, payments, measures }
  writeFileSync(LATEST, `${JSON.stringify(result, null, 2)}\n`)
}
