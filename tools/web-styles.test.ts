import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './root.ts'

const WEB = join(ROOT, 'apps/web')
const SOURCE = join(WEB, 'src')
/** Parts that a component is made of and that bring styles of their own. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  MultiSelect: ['Combobox', 'Pill', 'PillsInput'],
  Select: ['Combobox'],
  Autocomplete: ['Combobox'],
}

test('every component of the library in use brings its styles', () => {
  const sheets = readdirSync(join(WEB, 'node_modules/@mantine/core/styles'))
  const known = new Set(sheets.map((name) => name.replace('.css', '')))
  const brought = new Set(namesIn(readFileSync(join(SOURCE, 'theme/styles.ts'), 'utf8'), /styles\/(\w+)\.css/g))
  const used = globSync('**/*.tsx', { cwd: SOURCE }).flatMap((file) => {
    const [, list = ''] =
      /import \{([^}]*)\} from '@mantine\/core'/.exec(readFileSync(join(SOURCE, file), 'utf8')) ?? []
    return namesIn(list, /(\w+)/g)
  })
  expect(used).toContain('MultiSelect')
  const needed = used.flatMap((name) => [name, ...(PARTS[name] ?? [])]).filter((name) => known.has(name))
  expect([...new Set(needed)].filter((name) => !brought.has(name))).toEqual([])
})

function namesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name)
}
