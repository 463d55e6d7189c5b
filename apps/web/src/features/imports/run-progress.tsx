/** How far a run has come: a bar while it moves, a sentence when it has ended. */
import type { ImportRun } from '@choba/shared/contracts/imports.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useWords } from '../../i18n/language.ts'
import { formatCount } from '../../ui/money/format-yen.ts'
import { countOf, isMoving } from './import-words.ts'
import styles from './imports.module.css'

export function RunProgress({ run }: { readonly run: ImportRun }) {
  const { imports } = useWords()
  const [done, failed] = [countOf(run, 'done'), countOf(run, 'failed')]
  if (isMoving(run)) {
    if (run.state === 'undoing')
      return (
        <div className={styles.progress}>
          <progress
            max={Math.max(done + countOf(run, 'undone'), 1)}
            value={countOf(run, 'undone')}
            aria-label={imports.progress}
          />
          <p role="status" className={styles.small}>
            {imports.undoing}{' '}
            {fill(imports.running_count, {
              done: formatCount(countOf(run, 'undone')),
              total: formatCount(done + countOf(run, 'undone')),
            })}
          </p>
        </div>
      )
    const isChecking = run.state === 'checking'
    const reached = isChecking ? run.total - countOf(run, 'unchecked') : done + failed
    // Faulty rows and rows left out do not run.
    const whole = isChecking
      ? run.total
      : done + failed + countOf(run, 'sent') + (run.state === 'running' ? countOf(run, 'ready') : 0)
    return (
      <div className={styles.progress}>
        <progress max={Math.max(whole, 1)} value={reached} aria-label={imports.progress} />
        <p role="status" className={styles.small}>
          {isChecking ? imports.checking : run.state === 'cancelled' ? imports.cancelled : imports.running}{' '}
          {fill(imports.running_count, { done: formatCount(reached), total: formatCount(whole) })}
        </p>
      </div>
    )
  }
  if (run.state === 'undone')
    return (
      <p role="status" className={styles.outcome}>
        {fill(imports.undone, { count: formatCount(countOf(run, 'undone')) })}
      </p>
    )
  if (run.state !== 'done' && run.state !== 'cancelled') return null
  const words =
    done === run.total
      ? fill(imports.done_all, { count: formatCount(done) })
      : fill(imports.done_some, {
          done: formatCount(done),
          failed: formatCount(failed),
          rest: formatCount(run.total - done - failed),
        })
  return (
    <p role="status" className={styles.outcome}>
      {words}
    </p>
  )
}
