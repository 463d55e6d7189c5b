/** When a cycle is fixed and sent, and what follows when it is not approved. */
import { Select } from '@mantine/core'
import { METHODS, STORE_CODES, STORES } from '@choba/shared/methods.ts'
import { ON_FAILURE } from '@choba/shared/subscriptions/dunning.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useWords } from '../../i18n/language.ts'
import styles from './form.module.css'
import { methodOf, type TermsForm } from './subscription-form.ts'
import { TextField } from './text-field.tsx'
import type { Telling } from './use-told.ts'

type PolicyFieldsProps = {
  readonly form: TermsForm
  readonly onChange: (change: Partial<TermsForm>) => void
  readonly telling: Telling
}

export function PolicyFields({ form, onChange, telling }: PolicyFieldsProps) {
  const words = useWords()
  const own = words.subscription_form
  const method = methodOf(form.kind)
  return (
    <>
      <div className={styles.two}>
        <TextField
          field="generateDays"
          label={own.generate_days}
          description={words.subscription_detail.generate_hint}
          inputMode="numeric"
          value={form.generateDays}
          onText={(generateDays) => onChange({ generateDays })}
          telling={telling}
        />
        <TextField
          field="chargeDays"
          label={method === 'np_postpaid' ? own.charge_days_np : own.charge_days_card}
          inputMode="numeric"
          value={form.chargeDays}
          onText={(chargeDays) => onChange({ chargeDays })}
          telling={telling}
          className={styles.low ?? ''}
        />
        <TextField
          field="retryDays"
          label={own.retry_days}
          description={own.retry_hint}
          value={form.retryDays}
          onText={(retryDays) => onChange({ retryDays })}
          telling={telling}
        />
        <Select
          label={own.on_failure}
          allowDeselect={false}
          className={styles.low ?? ''}
          value={form.onFailure}
          data={ON_FAILURE.map((step) => ({
            value: step,
            label:
              step === 'fallback'
                ? fill(words.subscription_detail.on_fallback, { method: own.fallback_other })
                : words.subscription_detail[`on_${step}`],
          }))}
          onChange={(chosen) => {
            const onFailure = ON_FAILURE.find((each) => each === chosen)
            if (onFailure !== undefined) onChange({ onFailure })
          }}
        />
        {form.onFailure === 'fallback' ? (
          <Select
            label={own.fallback_method}
            allowDeselect={false}
            value={form.fallbackMethod}
            error={telling.fault('fallbackMethod')}
            data={METHODS.filter((each) => each !== method).map((each) => ({ value: each, label: words.method[each] }))}
            onChange={(chosen) => {
              const fallbackMethod = METHODS.find((each) => each === chosen)
              if (fallbackMethod !== undefined) onChange({ fallbackMethod })
            }}
          />
        ) : null}
        {form.onFailure === 'fallback' && form.fallbackMethod === 'convenience_store' ? (
          <Select
            label={own.fallback_store}
            allowDeselect={false}
            value={form.fallbackStore}
            data={STORE_CODES.map((code) => ({ value: code, label: words.store[STORES[code]] }))}
            onChange={(chosen) => {
              const fallbackStore = STORE_CODES.find((each) => each === chosen)
              if (fallbackStore !== undefined) onChange({ fallbackStore })
            }}
          />
        ) : null}
        {method === 'np_postpaid' || (form.onFailure === 'fallback' && form.fallbackMethod === 'np_postpaid') ? (
          <Select
            label={own.invoice}
            allowDeselect={false}
            value={form.invoice}
            data={(['separate', 'bundled'] as const).map((invoice) => ({
              value: invoice,
              label: words.subscription_detail[`invoice_${invoice}`],
            }))}
            onChange={(chosen) => onChange({ invoice: chosen === 'bundled' ? 'bundled' : 'separate' })}
          />
        ) : null}
      </div>
    </>
  )
}
