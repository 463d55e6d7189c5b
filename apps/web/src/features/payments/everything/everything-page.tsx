/** Everything about one order in one line of time, to be narrowed, printed and taken along. */
import { Button, Group } from '@mantine/core'
import { IconChevronLeft, IconDownload, IconPrinter } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { Output } from '@choba/shared/contract.ts'
import { orderRecord, type RecordItem } from '@choba/shared/contracts/order-record.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { RECORD_KINDS, type RecordKind } from '@choba/shared/record-kinds.ts'
import { failedOf } from '../../../api/api-error.ts'
import { call } from '../../../api/call.ts'
import { useRefresh } from '../../../api/pages.ts'
import { useMay } from '../../../api/session.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'
import { Failure } from '../../../ui/feedback/failure.tsx'
import { ReadState } from '../../../ui/feedback/read-state.tsx'
import { ChoiceFilter } from '../../../ui/filters/choice-filter.tsx'
import { formatCount, formatYen } from '../../../ui/money/format-yen.ts'
import { Page } from '../../../ui/page/page.tsx'
import { MoreButton } from '../../../ui/table/more-button.tsx'
import styles from '../detail/detail.module.css'
import line from './everything.module.css'
import { recordCsv, recordJson, saveFile } from './record-file.ts'
import { recordActor, recordAt, recordMore, recordText } from './record-words.ts'

export function EverythingPage() {
  const { order_record: words, record_kind: kinds } = useWords()
  const { id } = useParams({ from: '/console/payments/$id/everything' })
  const said = useSearch({ from: '/console/payments/$id/everything' }).kind?.split(',') ?? []
  const kind = RECORD_KINDS.filter((known) => said.includes(known))
  const navigate = useNavigate({ from: '/payments/$id/everything' })
  const record = useRecord(id, kind)
  const pages = record.data?.pages
  const items = (pages ?? []).flatMap((page) => page.items)
  const counts = new Map(pages?.[0]?.counts.map((each) => [each.kind, each.count]))

  async function printAll(): Promise<void> {
    for (let more = record.hasNextPage; more;) more = (await record.fetchNextPage()).hasNextPage
    // After the rows that came last are drawn.
    setTimeout(() => window.print())
  }
  return (
    <div>
      <Link to="/payments/$id" params={{ id }} className={`${styles.back} ${line.back} no-print`}>
        <IconChevronLeft size={16} aria-hidden="true" />
        {words.back}
      </Link>
      <ReadState
        data={pages}
        failed={failedOf(record.error)}
        failedTitle={words.failed}
        onRetry={() => void record.refetch()}
      >
        {([first]) => (
          <Page
            title={fill(words.title, { number: first?.orderNumber ?? '' })}
            lead={words.lead}
            action={<Taking id={id} kind={kind} onPrint={() => void printAll()} />}
          >
            <div className={`${line.filter} no-print`}>
              <ChoiceFilter
                name={words.kinds}
                choices={RECORD_KINDS.filter((each) => counts.has(each)).map((value) => ({
                  value,
                  word: kinds[value],
                  mark: `${kinds[value]} ${formatCount(counts.get(value) ?? 0)}`,
                }))}
                chosen={kind}
                onChange={(chosen) =>
                  void navigate({ search: chosen.length === 0 ? {} : { kind: chosen.join(',') }, replace: true })
                }
              />
            </div>
            {items.length === 0 ? <p className="soft">{words.none}</p> : null}
            <ol className={line.lines} aria-label={fill(words.title, { number: first?.orderNumber ?? '' })}>
              {items.map((item) => (
                <Line key={`${item.kind} ${item.id}`} item={item} here={id} />
              ))}
            </ol>
            <MoreButton
              more={record.hasNextPage}
              isBusy={record.isFetchingNextPage}
              onMore={() => void record.fetchNextPage()}
            >
              {words.more}
            </MoreButton>
          </Page>
        )}
      </ReadState>
    </div>
  )
}

function useRecord(id: string, kind: readonly RecordKind[]) {
  useRefresh([orderRecord.list.path])
  return useInfiniteQuery({
    queryKey: [orderRecord.list.path, id, kind] as const,
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    queryFn({ pageParam, signal }): Promise<Output<typeof orderRecord.list>> {
      const query = {
        ...(kind.length > 0 && { kind: [...kind] }),
        ...(pageParam !== null && { cursor: pageParam }),
      }
      return call(orderRecord.list, { id, query }, signal)
    },
    getNextPageParam: (last) => last.nextCursor,
  })
}

type TakingProps = { readonly id: string; readonly kind: readonly RecordKind[]; readonly onPrint: () => void }

function Taking({ id, kind, onPrint }: TakingProps) {
  const { order_record: words } = useWords()
  const language = useLanguage()
  const mayTake = useMay('sales.export')
  const take = useMutation({
    mutationFn: async (format: 'csv' | 'json') => {
      const kinds = kind.length === 0 ? null : [...kind]
      const { orderNumber, items } = await call(orderRecord.take, { id, body: { kinds } })
      const name = `order_${orderNumber.replace(/[^\w-]/g, '_')}.${format}`
      if (format === 'csv') saveFile(name, 'text/csv;charset=utf-8', recordCsv(items, language))
      else saveFile(name, 'application/json', recordJson(orderNumber, items))
    },
  })
  return (
    <div className="no-print">
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPrinter size={15} aria-hidden="true" />}
          onClick={onPrint}
        >
          {words.print}
        </Button>
        {(['csv', 'json'] as const).map((format) => (
          <Button
            key={format}
            size="xs"
            variant="default"
            leftSection={<IconDownload size={15} aria-hidden="true" />}
            disabled={!mayTake}
            title={mayTake ? undefined : words.may_not}
            loading={take.isPending && take.variables === format}
            onClick={() => take.mutate(format)}
          >
            {words[format]}
          </Button>
        ))}
      </Group>
      <Failure failed={failedOf(take.error)} />
    </div>
  )
}

function Line({ item, here }: { readonly item: RecordItem; readonly here: string }) {
  const { record_kind: kinds, app } = useWords()
  const language = useLanguage()
  const more = recordMore(item, language).filter((each) => each !== '')
  const text = recordText(item, language)
  const isOther = item.paymentId !== null && item.paymentId !== here
  return (
    <li className={line.line}>
      <span className={line.at}>
        <time dateTime={item.at}>{recordAt(item, language)}</time>
      </span>
      <span className={line.kind}>{kinds[item.kind]}</span>
      <div className={line.what}>
        {isOther && item.kind === 'payment' ? (
          <Link to="/payments/$id" params={{ id: item.paymentId ?? '' }} className="link-button">
            {text}
          </Link>
        ) : (
          text
        )}
        {item.kind === 'message' ? (
          <details>
            <summary className="soft">{more[0]}</summary>
            <pre className={line.bytes} tabIndex={0}>
              {more[1]}
            </pre>
          </details>
        ) : (
          more.map((each) => (
            <div key={each} className="soft">
              {each}
            </div>
          ))
        )}
        <div className={line.actor}>{recordActor(item, language)}</div>
      </div>
      <span className={`${line.amount} num`}>
        {item.amountYen === null ? '' : `${formatYen(item.amountYen)} ${app.yen}`}
      </span>
    </li>
  )
}
