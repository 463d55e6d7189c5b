/** The fields of a connection, as its provider asks for them. */
import { Checkbox, NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { label } from '@choba/shared/labels/labels.ts'
import type { ConnectionMethod, Method } from '@choba/shared/methods.ts'
import {
  accountFieldsOf,
  CARD_SALES,
  isFit,
  methodsOf,
  type Provider,
  PROVIDER_ACCOUNTS,
  PROVIDERS,
  secretFieldsOf,
} from '@choba/shared/provider-accounts.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'

export type Draft = {
  readonly shopId: string
  readonly provider: Provider
  readonly connectionMethod: ConnectionMethod
  readonly methods: readonly Method[]
  readonly baseUrl: string
  readonly cardSales: (typeof CARD_SALES)[number]
  readonly validFrom: string
  readonly account: Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
}

type ConnectionFieldsProps = {
  readonly draft: Draft
  /** Account and first day can be typed; later they are fixed. */
  readonly isNew: boolean
  readonly isTried: boolean
  readonly onChange: (draft: Draft) => void
}

export function ConnectionFields({ draft, isNew, isTried, onChange }: ConnectionFieldsProps) {
  const words = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const { provider, connectionMethod } = draft
  const set = (change: Partial<Draft>) => onChange({ ...draft, ...change })
  /** What belongs to another provider is not carried over. */
  function choose(next: Provider, way: ConnectionMethod): void {
    const fit = PROVIDER_ACCOUNTS[next].connectionMethods.includes(way) ? way : 'api'
    const isOther = next !== provider
    const methods = isOther ? methodsOf(next, fit) : draft.methods.filter((each) => methodsOf(next, fit).includes(each))
    set({ provider: next, connectionMethod: fit, methods, ...(isOther && { account: {}, secrets: {} }) })
  }
  return (
    <>
      {isNew ? (
        <>
          <NativeSelect
            label={words.app.shop}
            data={shops.map(({ id, name }) => ({ value: id, label: name }))}
            value={draft.shopId}
            onChange={(event) => set({ shopId: event.currentTarget.value })}
          />
          <NativeSelect
            label={words.agreement.provider}
            data={PROVIDERS.map((each) => ({ value: each, label: words.provider_name[each] }))}
            value={provider}
            onChange={(event) => choose(event.currentTarget.value as Provider, connectionMethod)}
          />
          {PROVIDER_ACCOUNTS[provider].connectionMethods.length > 1 ? (
            <NativeSelect
              label={words.agreement.way}
              data={PROVIDER_ACCOUNTS[provider].connectionMethods.map((each) => ({
                value: each,
                label: words.connection[each],
              }))}
              value={connectionMethod}
              onChange={(event) => choose(provider, event.currentTarget.value as ConnectionMethod)}
            />
          ) : null}
        </>
      ) : null}
      <Checkbox.Group
        label={words.agreement.methods}
        value={[...draft.methods]}
        error={isTried && draft.methods.length === 0 ? words.agreement.no_method : null}
        onChange={(methods) => set({ methods: methods as Method[] })}
      >
        {methodsOf(provider, connectionMethod).map((method) => (
          <Checkbox key={method} value={method} label={words.method[method]} mt={6} />
        ))}
      </Checkbox.Group>
      <TextInput
        label={words.agreement.base_url}
        description={words.agreement.base_url_hint}
        classNames={{ input: 'mono' }}
        inputMode="url"
        placeholder="https://"
        value={draft.baseUrl}
        error={isTried && !URL.canParse(draft.baseUrl.trim()) ? words.agreement.base_url_wrong : null}
        onChange={(event) => set({ baseUrl: event.currentTarget.value })}
      />
      {isNew
        ? accountFieldsOf(provider).map((field) => (
            <TextInput
              key={field}
              label={label(language, 'account_field', field)}
              classNames={{ input: 'mono' }}
              value={draft.account[field] ?? ''}
              error={isTried && !isFit(provider, field, draft.account[field] ?? '') ? words.agreement.unfit : null}
              onChange={(event) => set({ account: { ...draft.account, [field]: event.currentTarget.value.trim() } })}
            />
          ))
        : null}
      {secretFieldsOf(provider).map((field) => {
        const value = draft.secrets[field] ?? ''
        const isBad = isTried && !(value === '' && !isNew) && !isFit(provider, field, value)
        return (
          <PasswordInput
            key={field}
            label={label(language, 'secret_field', field)}
            description={isNew ? null : words.agreement.stays}
            autoComplete="new-password"
            value={value}
            error={isBad ? words.agreement.unfit : null}
            visibilityToggleButtonProps={{ 'aria-label': words.agreement.show_typed }}
            onChange={(event) => set({ secrets: { ...draft.secrets, [field]: event.currentTarget.value.trim() } })}
          />
        )
      })}
      {provider === 'sbps' ? (
        <NativeSelect
          label={words.agreement.card_sales}
          data={CARD_SALES.map((each) => ({ value: each, label: words.card_sales[each] }))}
          value={draft.cardSales}
          onChange={(event) => set({ cardSales: event.currentTarget.value as Draft['cardSales'] })}
        />
      ) : null}
      {isNew ? (
        <TextInput
          type="date"
          label={words.agreement.valid_from}
          description={words.agreement.valid_from_hint}
          value={draft.validFrom}
          onChange={(event) => set({ validFrom: event.currentTarget.value })}
        />
      ) : null}
    </>
  )
}
