/** What follows a failure, as a clerk says it. */
import type { SubscriptionDetail } from '@choba/shared/contracts/subscription-detail.ts'
import { fill, label, type Language } from '@choba/shared/labels/labels.ts'
import { STORES } from '@choba/shared/methods.ts'

export function retryWords(language: Language, retryDays: readonly number[]): string {
  const word = (key: string) => label(language, 'subscription_detail', key)
  if (retryDays.length === 0) return word('retries_none')
  return fill(word('retries_days'), { days: retryDays.join(language === 'ja' ? '・' : ', ') })
}

type Failure = Pick<SubscriptionDetail, 'onFailure' | 'fallbackMethod' | 'fallbackStore'>

export function onFailureWords(language: Language, { onFailure, fallbackMethod, fallbackStore }: Failure): string {
  const template = label(language, 'subscription_detail', `on_${onFailure}`)
  if (onFailure !== 'fallback' || fallbackMethod === null) return template
  const method = label(language, 'method', fallbackMethod)
  const isAtStore = fallbackMethod === 'convenience_store' && fallbackStore !== null
  const store = isAtStore ? label(language, 'store', STORES[fallbackStore]) : ''
  const inStore = language === 'ja' ? `（${store}）` : ` (${store})`
  return fill(template, { method: store === '' ? method : `${method}${inStore}` })
}
