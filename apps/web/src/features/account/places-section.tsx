/** Where one is signed in: device, address, since when. Any of them can be ended from here. */
import { Button, Tooltip } from '@mantine/core'
import { security } from '@choba/shared/contracts/security.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatInstant } from '../../ui/time/format-time.ts'
import styles from './account.module.css'
import { AccountSection, Failure } from './account-section.tsx'
import { deviceOf } from './device.ts'
import { type OwnSecurity, useAccountChange } from './use-account.ts'

export function PlacesSection({ places }: { readonly places: OwnSecurity['sessions'] }) {
  const { own_security: words } = useWords()
  const language = useLanguage()
  const ending = useAccountChange(
    (id: string) => call(security.endSession, { id }),
    () => undefined,
  )
  return (
    <AccountSection title={words.sessions}>
      <Failure error={ending.error} />
      <ul className={styles.list}>
        {places.map(({ id, isThis, agent, address, since, lastSeenAt }) => {
          const device = deviceOf(agent) ?? words.unknown_device
          return (
            <li key={id} className={styles.item}>
              <div>
                <div>
                  {device}
                  {isThis ? <span className={styles.mark}>{words.this}</span> : null}
                </div>
                <div className="soft">
                  {words.column_address} {address ?? '—'} ・ {words.column_since} {formatInstant(since, language)} ・{' '}
                  {words.column_seen} {formatInstant(lastSeenAt, language)}
                </div>
              </div>
              <Tooltip label={words.end_this} disabled={!isThis} events={{ hover: true, focus: true, touch: true }}>
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={fill(words.end_of, { device })}
                  aria-disabled={isThis}
                  {...(isThis && { 'data-disabled': true })}
                  loading={ending.isPending && ending.variables === id}
                  onClick={() => !isThis && ending.mutate(id)}
                >
                  {words.end}
                </Button>
              </Tooltip>
            </li>
          )
        })}
      </ul>
    </AccountSection>
  )
}
