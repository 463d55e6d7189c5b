/** Beside what is masked: shows it for a reason, and hides it again. */
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { fill } from '@choba/shared/labels/labels.ts'
import { useWords } from '../../i18n/language.ts'
import type { Failed } from '../feedback/failure.tsx'
import styles from './reveal.module.css'

const RevealDialog = lazy(() => import('./reveal-dialog.tsx').then((module) => ({ default: module.RevealDialog })))

export type Revealing = {
  readonly mayReveal: boolean
  readonly shown: object | null
  readonly isAsking: boolean
  readonly isBusy: boolean
  readonly failed: Failed | null
  /** Reasons to choose from. */
  readonly offered: readonly string[]
  /** Undefined until it is known. */
  readonly left: { readonly left: number; readonly perHour: number } | undefined
  readonly minutes: number
  readonly open: () => void
  readonly close: () => void
  readonly ask: (reason: string) => void
  readonly hide: () => void
}

export function Reveal({ reveal }: { readonly reveal: Revealing }) {
  const { reveal: words } = useWords()
  if (!reveal.mayReveal) return null
  return (
    <span className={`${styles.reveal} no-print`} aria-live="polite">
      {reveal.shown === null ? (
        <button type="button" className={`link-button ${styles.button}`} onClick={reveal.open}>
          <IconEye size={15} aria-hidden="true" />
          {words.show}
        </button>
      ) : (
        <>
          <span>{fill(words.shown, { minutes: reveal.minutes })}</span>
          <button type="button" className={`link-button ${styles.button}`} onClick={reveal.hide}>
            <IconEyeOff size={15} aria-hidden="true" />
            {words.hide}
          </button>
        </>
      )}
      {reveal.isAsking ? (
        <Suspense fallback={null}>
          <RevealDialog reveal={reveal} />
        </Suspense>
      ) : null}
    </span>
  )
}
