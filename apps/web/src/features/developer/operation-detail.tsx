import { Alert, Button, Group, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { queryString } from '../../api/call.ts'
import { useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import styles from './developer.module.css'
import type { Operation } from './openapi.ts'

export function OperationDetail({ operation }: { readonly operation: Operation }) {
  const { developer: words } = useWords()
  return (
    <div className={styles.detail}>
      {operation.method === 'GET' ? <Trial operation={operation} /> : <p className="soft">{words.try_only_reads}</p>}
      {operation.body === undefined ? null : <Schema title={words.body} schema={operation.body} />}
      <Schema title={words.answer} schema={operation.answer} />
      <PlainTable
        caption={words.refusals}
        columns={[{ name: 'HTTP' }, { name: words.refusals }]}
        rows={operation.refusals.map(([status, codes]) => ({
          key: status,
          cells: [
            status,
            <span key="codes" className="mono">
              {codes}
            </span>,
          ],
        }))}
      />
    </div>
  )
}

function Schema({ title, schema }: { readonly title: string; readonly schema: unknown }) {
  return (
    <details>
      <summary>{title}</summary>
      <pre className={styles.json}>{JSON.stringify(schema, null, 2)}</pre>
    </details>
  )
}

type Answered = { readonly status: number; readonly ms: number; readonly text: string }

/** Asks as the person who is signed in. */
function Trial({ operation: { path, parameters } }: { readonly operation: Operation }) {
  const { developer: words } = useWords()
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({})
  const missing = parameters.filter(({ name, isRequired }) => isRequired && (given[name] ?? '').trim() === '')
  const trying = useMutation({
    mutationFn: async (): Promise<Answered> => {
      const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent((given[name] ?? '').trim()))
      const asked = parameters.filter(({ isInPath }) => !isInPath).map(({ name }) => [name, given[name]] as const)
      const query = queryString(Object.fromEntries(asked))
      const startedAt = performance.now()
      const response = await fetch(query === '' ? filled : `${filled}?${query}`)
      const text = await response.text()
      return { status: response.status, ms: Math.round(performance.now() - startedAt), text }
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (missing.length === 0) trying.mutate()
      }}
    >
      <Stack gap="xs" maw={480}>
        {parameters.map(({ name, isRequired }) => (
          <TextInput
            key={name}
            size="xs"
            label={<span className="mono">{name}</span>}
            required={isRequired}
            value={given[name] ?? ''}
            onChange={(event) => setGiven({ ...given, [name]: event.currentTarget.value })}
          />
        ))}
        <Group>
          <Button type="submit" size="xs" variant="default" loading={trying.isPending} disabled={missing.length > 0}>
            {words.try_it}
          </Button>
        </Group>
      </Stack>
      {trying.isError ? (
        <Alert color="vermilion" variant="light" role="alert" mt="xs">
          {words.try_failed}
        </Alert>
      ) : null}
      {trying.data === undefined ? null : (
        <div role="status">
          <p style={{ margin: '8px 0 0' }}>{`HTTP ${trying.data.status}・${trying.data.ms} ms`}</p>
          <pre className={styles.json}>{pretty(trying.data.text)}</pre>
        </div>
      )}
    </form>
  )
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
