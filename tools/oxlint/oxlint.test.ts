/** Each rule is shown at work: a fixture that breaks it, and the parts of the fixture that do not. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const oxlint = join(root, 'node_modules/.bin/oxlint')

interface Finding {
  file: string
  line: number
  rule: string
  message: string
}

describe('the lint rules', () => {
  let findings: Finding[]

  beforeAll(() => {
    findings = lintFixtures()
  }, 60_000)

  function found(file: string, rule: string): string[] {
    return findings.filter((f) => f.file === file && f.rule === rule).map((f) => `${f.line} ${f.message}`)
  }

  test('keep the domain free of database and Node', () => {
    expect(found('domain-imports-db.ts', 'architecture/layers')).toEqual([
      '2 bff/domain may not import bff/db',
      '3 bff/domain may not import node:fs',
    ])
  })

  test('keep features apart, and know the provider only by its port', () => {
    expect(found('feature-imports-feature.ts', 'architecture/layers')).toEqual([
      '2 bff/feature-service (payments) may not import bff/feature-queries of another slice (payouts)',
      '4 bff/feature-service may not import bff/providers',
    ])
  })

  test('keep routes off the ledger', () => {
    expect(found('routes-import-ledger.ts', 'architecture/layers')).toEqual([
      '2 bff/feature-routes may not import bff/ledger',
    ])
  })

  test('keep the web off the BFF, even its types, off other features, and off plain zod', () => {
    expect(found('web-imports-bff.ts', 'architecture/layers')).toEqual([
      '2 web/feature may not import bff/db',
      '3 web/feature (payments) may not import web/feature of another slice (payouts)',
      '4 web/feature may not import zod',
    ])
  })

  test('keep plain zod and the wire out of shared', () => {
    expect(found('shared-imports-zod.ts', 'architecture/layers')).toEqual([
      '2 shared may not import zod',
      '4 shared may not import wire',
    ])
  })

  test('keep the sandbox to money and dates, and off the BFF', () => {
    expect(found('sandbox-imports-states.ts', 'architecture/layers')).toEqual([
      '3 sandbox may not import @choba/shared/states/payment.ts',
      '4 sandbox may not import bff/ledger',
    ])
  })

  test('see imports made while running', () => {
    expect(found('dynamic-import.ts', 'architecture/layers')).toEqual([
      '3 web/ui may not import web/feature (payments)',
    ])
  })

  test('refuse barrels, default exports and arrow functions at the top of a file', () => {
    expect(found('barrel.ts', 'architecture/no-handing-on')).toHaveLength(2)
    expect(found('default-export.ts', 'import/no-default-export')).toHaveLength(1)
    expect(found('arrow.ts', 'architecture/declared-functions')).toEqual(['2 declare this with `function`'])
  })

  test('refuse the environment outside env.ts', () => {
    expect(found('environment.ts', 'node/no-process-env')).toHaveLength(1)
  })

  test('find every statement that is built but never executed', () => {
    expect(found('must-execute.ts', 'kysely/must-execute').map((line) => line.split(' ')[0])).toEqual(['6', '7', '8'])
  })

  test('say nothing about a file that keeps to the table', () => {
    expect(findings.filter((f) => f.file === 'clean.ts')).toEqual([])
  })

  test('refuse a promise that nobody waits for', () => {
    expect(found('floating.ts', 'typescript/no-floating-promises').map((line) => line.split(' ')[0])).toEqual(['2'])
  })
})

/** The configuration leaves the fixtures out, so a copy of them at the root is linted. */
function lintFixtures(): Finding[] {
  const folder = mkdtempSync(join(root, 'linted-'))
  try {
    cpSync(join(root, 'tools/oxlint/fixtures'), folder, { recursive: true })
    const run = spawnSync(oxlint, ['--type-aware', '--format=json', folder], { cwd: root, encoding: 'utf8' })
    return readFindings(run.stdout)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function readFindings(report: string): Finding[] {
  const { diagnostics }: { diagnostics: Diagnostic[] } = JSON.parse(report)
  const all = diagnostics.map((d) => ({
    file: d.filename.split('/').at(-1) ?? '',
    line: d.labels[0]?.span.line ?? 0,
    rule: (d.code ?? '')
      .replace(/^eslint(?:-plugin-([\w-]+))?\((.*)\)$/, '$1/$2')
      .replace(/^([\w-]+)\((.*)\)$/, '$1/$2'),
    message: d.message,
  }))
  return all.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
}

interface Diagnostic {
  filename: string
  code: string | undefined
  message: string
  labels: { span: { line: number } }[]
}
