/** The head of the workbench: what it is for, and which kind of file is to be brought. */
import { SegmentedControl } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { IMPORT_KINDS, type ImportKind } from '@choba/shared/imports/names.ts'
import { useWords } from '../../i18n/language.ts'
import styles from './imports.module.css'

type ImportHeadProps = {
  /** Statements are looked at beside what was expected, and have an address of their own. */
  readonly kind: ImportKind | 'statements'
  readonly shop?: string | undefined
  readonly children?: ReactNode
}

export function ImportHead({ kind, shop, children }: ImportHeadProps) {
  const words = useWords()
  const navigate = useNavigate()
  function choose(value: string): void {
    const next = IMPORT_KINDS.find((each) => each === value)
    if (next === undefined) void navigate({ to: '/imports/statements' })
    else void navigate({ to: '/imports', search: { kind: next, ...(shop === undefined ? {} : { shop }) } })
  }
  return (
    <>
      <div className={styles.head}>
        <h1 className={styles.title}>{words.imports.title}</h1>
      </div>
      <p className={styles.lead}>{words.imports.lead}</p>
      <div className={styles.choices}>
        <div className={styles.kinds} ref={showChosen}>
          <SegmentedControl
            size="xs"
            aria-label={words.imports.kind}
            value={kind}
            onChange={choose}
            data={[
              ...IMPORT_KINDS.map((value) => ({ value, label: words.import_kind[value] })),
              { value: 'statements', label: words.imports.statements },
            ]}
          />
        </div>
        {children}
      </div>
    </>
  )
}

/** On a phone the bar is wider than the screen: what is chosen is scrolled to. */
function showChosen(bar: HTMLElement | null): void {
  bar?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
}
