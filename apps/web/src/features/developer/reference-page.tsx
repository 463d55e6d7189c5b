/** The API as its own description says, and a way to try what only reads. */
import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { request } from '../../api/call.ts'
import { useWords } from '../../i18n/language.ts'
import styles from './developer.module.css'
import { listOperations, type Operation } from './openapi.ts'
import { OperationDetail } from './operation-detail.tsx'
import { PageFrame } from './page-frame.tsx'

const DESCRIPTION_PATH = '/api/openapi.json'

export function ReferencePage() {
  const { developer: words } = useWords()
  const [sought, setSought] = useState('')
  const query = useQuery({
    queryKey: [DESCRIPTION_PATH],
    queryFn: async () => listOperations(await request(DESCRIPTION_PATH, {})),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <PageFrame
      title={words.reference}
      lead={words.reference_lead}
      query={query}
      action={
        <a className="link-button" href={DESCRIPTION_PATH} download="choba-openapi.json">
          {words.reference_file}
        </a>
      }
    >
      {(operations) => {
        const found = operations.filter(({ path, id }) =>
          `${path} ${id}`.toLowerCase().includes(sought.trim().toLowerCase()),
        )
        return (
          <>
            <pre
              className={styles.json}
            >{`curl -H 'Authorization: Bearer choba_…' ${window.location.origin}/api/payments`}</pre>
            <TextInput
              label={words.reference_search}
              value={sought}
              onChange={(event) => setSought(event.currentTarget.value)}
              maw={360}
            />
            {found.length === 0 ? <p className="soft">{words.reference_none}</p> : null}
            {[...Map.groupBy(found, ({ tag }) => tag)].map(([tag, ofTag]) => (
              <section key={tag} aria-label={tag}>
                <h2 className={styles.tag}>{tag}</h2>
                {ofTag.map((operation) => (
                  <OperationEntry key={operation.id} operation={operation} />
                ))}
              </section>
            ))}
          </>
        )
      }}
    </PageFrame>
  )
}

function OperationEntry({ operation }: { readonly operation: Operation }) {
  const words = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <details className={styles.operation} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className={`mono ${styles.method}`}>{operation.method}</span>
        <span className={`mono ${styles.path}`}>{operation.path}</span>
        <span className="soft">
          {operation.permission === null ? words.developer.any_permission : words.permission[operation.permission]}
        </span>
      </summary>
      {isOpen ? <OperationDetail operation={operation} /> : null}
    </details>
  )
}
