/** What may be done with a run now. */
import { Button } from '@mantine/core'
import { IconDownload, IconPlayerPlay, IconPlayerStop, IconRefresh } from '@tabler/icons-react'
import { IMPORT_RESULT_PATH, type ImportRun } from '@choba/shared/contracts/imports.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useMay } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatCount } from '../../ui/money/format-yen.ts'
import { countOf } from './import-words.ts'
import styles from './imports.module.css'
import { UndoButton } from './undo-button.tsx'
import type { useRunCommands } from './use-import.ts'

type RunActionsProps = {
  readonly run: ImportRun
  /** Whether any row that is shown only warns. */
  readonly warned: boolean
  readonly commands: Pick<ReturnType<typeof useRunCommands>, 'command'>
}

export function RunActions({ run, warned, commands: { command } }: RunActionsProps) {
  const { imports } = useWords()
  const language = useLanguage()
  const may = useMay('imports.work')
  const [ready, failed] = [countOf(run, 'ready'), countOf(run, 'failed')]
  const isStill = run.state === 'preview' || run.state === 'cancelled' || run.state === 'done'
  const hasEnded = run.state === 'cancelled' || run.state === 'done'
  if (!may) return <p className={styles.small}>{imports.no_permission}</p>
  const isHistory = run.kind === 'history' || run.kind === 'provider_list'
  const start = {
    orders: imports.run_orders,
    history: imports.run_history,
    provider_list: imports.run_provider_list,
    slips: imports.run_slips,
  }[run.kind]
  return (
    <div className={styles.actions}>
      {isStill && ready > 0 ? (
        <Button
          size="sm"
          leftSection={<IconPlayerPlay size={15} aria-hidden="true" />}
          loading={command.isPending && command.variables === 'run'}
          title={isHistory ? imports.run_history_hint : imports.run_hint}
          onClick={() => command.mutate('run')}
        >
          {fill(start, { count: formatCount(ready) })}
        </Button>
      ) : null}
      {hasEnded && failed > 0 ? (
        <Button
          size="sm"
          variant="default"
          leftSection={<IconRefresh size={15} aria-hidden="true" />}
          loading={command.isPending && command.variables === 'retry'}
          onClick={() => command.mutate('retry')}
        >
          {fill(imports.retry, { count: formatCount(failed) })}
        </Button>
      ) : null}
      {isStill && warned ? (
        <Button
          size="sm"
          variant="default"
          loading={command.isPending && command.variables === 'confirm'}
          onClick={() => command.mutate('confirm')}
        >
          {imports.confirm_all}
        </Button>
      ) : null}
      {run.state === 'running' || run.state === 'checking' || run.state === 'preview' || run.state === 'mapping' ? (
        <Button
          size="sm"
          variant="default"
          leftSection={<IconPlayerStop size={15} aria-hidden="true" />}
          title={imports.cancel_hint}
          loading={command.isPending && command.variables === 'cancel'}
          onClick={() => command.mutate('cancel')}
        >
          {imports.cancel}
        </Button>
      ) : null}
      {hasEnded && isHistory && countOf(run, 'done') > 0 ? <UndoButton run={run} command={command} /> : null}
      {run.state === 'mapping' ? null : (
        <Button
          size="sm"
          variant="default"
          component="a"
          href={`${IMPORT_RESULT_PATH.replace(':id', run.id)}?encoding=${run.encoding === 'cp932' ? 'cp932' : 'utf8'}&language=${language}`}
          leftSection={<IconDownload size={15} aria-hidden="true" />}
          download
        >
          {imports.result}
        </Button>
      )}
    </div>
  )
}
