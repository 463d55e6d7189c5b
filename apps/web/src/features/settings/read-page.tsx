/** A settings page: its head, and what is read for it once it is there. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Contract, Input, Output } from '@choba/shared/contract.ts'
import { failedOf } from '../../api/api-error.ts'
import { q } from '../../api/q.ts'
import { useWords } from '../../i18n/language.ts'
import { ReadState } from '../../ui/feedback/read-state.tsx'
import { Page } from '../../ui/page/page.tsx'

type Read = Contract & { readonly method: 'GET' }
type ReadPageProps<C extends Read> = {
  readonly title: string
  readonly lead: string
  readonly contract: C
  readonly action?: ReactNode
  readonly children: (data: Output<C>) => ReactNode
}

export function ReadPage<C extends Read>({ title, lead, contract, action, children }: ReadPageProps<C>) {
  const { settings: words } = useWords()
  const { data, error, refetch } = useQuery(q(contract, {} as Input<C>)) // its address holds no parameter
  return (
    <Page title={title} lead={lead} action={action} maxWidth={760}>
      <ReadState data={data} failed={failedOf(error)} failedTitle={words.failed} onRetry={() => void refetch()}>
        {children}
      </ReadState>
    </Page>
  )
}
