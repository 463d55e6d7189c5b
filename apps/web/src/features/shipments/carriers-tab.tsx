/** How a shop names its carriers, and which of them its contract allows: admins say it, everybody may look. */
import { ActionIcon, Button, Checkbox, Select, Skeleton, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type CarrierSettings, shipments } from '@choba/shared/contracts/shipments.ts'
import { headerKey } from '@choba/shared/imports/kinds.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { useMay } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Section } from '../../ui/facts/section.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import styles from './shipments.module.css'

export function CarriersTab({ shopId }: { readonly shopId: string }) {
  const words = useWords()
  const language = useLanguage()
  const settings = useQuery(q(shipments.carriers, { shopId }))
  if (settings.isPending) return <Skeleton height={280} mt="md" role="status" aria-label={words.app.loading} />
  if (settings.isError) {
    const { code, requestId } = asApiError(settings.error)
    const retry = () => void settings.refetch()
    return <ErrorNotice code={code} requestId={requestId} language={language} onRetry={retry} />
  }
  return <CarrierForm key={shopId} settings={settings.data} />
}

function CarrierForm({ settings }: { readonly settings: CarrierSettings }) {
  const words = useWords()
  const language = useLanguage()
  const mayChange = useMay('carriers.manage')
  const queryClient = useQueryClient()
  const [mapping, setMapping] = useState(settings.mapping)
  const [allowed, setAllowed] = useState(() =>
    Object.fromEntries(settings.carriers.map((each) => [each.code, each.allowed])),
  )
  const complaint = complaintOf(mapping, words.carriers)
  const save = useMutation({
    mutationFn: () => call(shipments.setCarriers, { shopId: settings.shopId, body: { mapping, allowed } }),
    onSuccess(next) {
      queryClient.setQueryData(q(shipments.carriers, { shopId: settings.shopId }).queryKey, next)
      setMapping(next.mapping)
      notifications.show({ message: words.carriers.saved })
    },
    onError(error) {
      const { code } = asApiError(error)
      const message = label(language, 'error_advice', code)
      notifications.show({ color: 'vermilion', title: label(language, 'error', code), message })
    },
  })
  const choices = settings.carriers
    .filter((carrier) => allowed[carrier.code])
    .map((carrier) => ({ value: carrier.code, label: carrier[language] }))
  const nameOf = (code: string) => settings.carriers.find((carrier) => carrier.code === code)?.[language] ?? code
  const isChanged =
    JSON.stringify(mapping) !== JSON.stringify(settings.mapping) ||
    settings.carriers.some((carrier) => allowed[carrier.code] !== carrier.allowed)

  function set(index: number, change: Partial<CarrierSettings['mapping'][number]>): void {
    setMapping(mapping.map((row, at) => (at === index ? { ...row, ...change } : row)))
  }

  return (
    <>
      <p className={styles.lead}>{words.carriers.lead}</p>
      {mayChange ? null : <p className={styles.small}>{words.carriers.admin_only}</p>}
      <Section title={words.carriers.mapping}>
        {mapping.length === 0 ? <p className={styles.small}>{words.carriers.none}</p> : null}
        <ul className={styles.mapping}>
          {mapping.map((row, index) => (
            // A name may be empty or twice while it is typed: the place is what stays.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index}>
              {mayChange ? (
                <>
                  <TextInput
                    size="xs"
                    w={220}
                    aria-label={words.carriers.method}
                    placeholder={words.carriers.method}
                    value={row.deliveryMethod}
                    onChange={(event) => set(index, { deliveryMethod: event.currentTarget.value })}
                  />
                  <Select
                    size="xs"
                    w={240}
                    aria-label={words.carriers.carrier}
                    value={row.carrierCode}
                    onChange={(value) => value !== null && set(index, { carrierCode: value })}
                    data={choices}
                    allowDeselect={false}
                    searchable
                  />
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={fill(words.carriers.remove, { name: row.deliveryMethod })}
                    onClick={() => setMapping(mapping.filter((_, at) => at !== index))}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </>
              ) : (
                <span>
                  {row.deliveryMethod} → {nameOf(row.carrierCode)}
                </span>
              )}
            </li>
          ))}
        </ul>
        {mayChange ? (
          <Button
            size="compact-sm"
            variant="default"
            disabled={choices.length === 0}
            onClick={() => setMapping([...mapping, { deliveryMethod: '', carrierCode: choices[0]?.value ?? '' }])}
          >
            {words.carriers.add}
          </Button>
        ) : null}
      </Section>
      <Section title={words.carriers.contract}>
        <p className={styles.small}>{words.carriers.contract_lead}</p>
        <PlainTable
          caption={words.carriers.contract}
          columns={[
            { name: words.carriers.allowed },
            { name: words.carriers.name },
            { name: words.carriers.code },
            { name: words.carriers.tracking },
          ]}
          rows={settings.carriers.map((carrier) => ({
            key: carrier.code,
            cells: [
              <Checkbox
                key="allowed"
                size="xs"
                aria-label={`${words.carriers.allowed} ${carrier[language]}`}
                checked={allowed[carrier.code] === true}
                disabled={!mayChange}
                onChange={(event) => setAllowed({ ...allowed, [carrier.code]: event.currentTarget.checked })}
              />,
              carrier[language],
              <span key="code" className="mono">
                {carrier.code}
              </span>,
              carrier.trackable ? words.carriers.yes : words.carriers.no,
            ],
          }))}
        />
      </Section>
      {mayChange ? (
        <div className={styles.report}>
          <Button loading={save.isPending} disabled={!isChanged || complaint !== null} onClick={() => save.mutate()}>
            {words.app.save}
          </Button>
          <span className={complaint === null ? 'soft' : styles.complaint} role="status">
            {complaint ?? (isChanged ? words.carriers.unsaved : '')}
          </span>
        </div>
      ) : null}
    </>
  )
}

type CarrierWords = { readonly name_missing: string; readonly name_twice: string }

function complaintOf(mapping: CarrierSettings['mapping'], words: CarrierWords): string | null {
  const seen = new Set<string>()
  for (const { deliveryMethod } of mapping) {
    const key = headerKey(deliveryMethod)
    if (key === '') return words.name_missing
    if (seen.has(key)) return fill(words.name_twice, { name: deliveryMethod })
    seen.add(key)
  }
  return null
}
