/** The shop's contract with each provider, or an account with the pretend one at a press. */
import { Button, NativeSelect } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { guide, type GuideView } from '@choba/shared/contracts/setup.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { separatorIn } from '../../i18n/separator.ts'
import { Failure } from '../../ui/feedback/failure.tsx'
import { ConnectionDialog } from './connection-dialog.tsx'
import styles from './guide.module.css'
import { useSetting } from '../../ui/feedback/use-setting.ts'

export function ConnectionStep({ view }: { readonly view: GuideView }) {
  const { guide: words, method: names } = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const [isOpen, setOpen] = useState(false)
  if (shops.length === 0) return <span className="soft">{words.shop_first}</span>
  const usesSbps = view.methods.some((method) => method !== 'np_postpaid')
  return (
    <>
      {view.unconnected.length === 0 ? null : (
        <span>
          {fill(words.still, { methods: view.unconnected.map((each) => names[each]).join(separatorIn(language)) })}
        </span>
      )}
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {words.connect}
      </Button>
      <Button component={Link} to="/settings/connections" size="compact-sm" variant="subtle">
        {words.connections}
      </Button>
      {view.hasSandbox && view.unconnected.length > 0 ? <SandboxAccount /> : null}
      {usesSbps ? (
        <p className={styles.text}>{fill(words.notice_url, { url: `${window.location.origin}/notices/sbps/` })}</p>
      ) : null}
      {isOpen ? <ConnectionDialog agreement={null} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function SandboxAccount() {
  const { guide: words } = useWords()
  const { shops } = useSession()
  const [shopId, setShop] = useState(shops[0]?.id ?? '')
  // One pair of ids for all tries, so that a repeat makes no second account's connection.
  const [ids, setIds] = useState(newIds)
  const connecting = useSetting(
    () => call(guide.connectSandbox, { body: { shopId, ...ids } }),
    () => setIds(newIds),
  )
  return (
    <div className={styles.sandbox}>
      {shops.length > 1 ? (
        <NativeSelect
          size="xs"
          label={words.for_shop}
          data={shops.map(({ id, name }) => ({ value: id, label: name }))}
          value={shopId}
          onChange={(event) => {
            setShop(event.currentTarget.value)
            setIds(newIds)
          }}
        />
      ) : null}
      <Button size="compact-sm" loading={connecting.isPending} onClick={() => connecting.mutate(undefined)}>
        {words.use_sandbox}
      </Button>
      <span className={styles.text}>{words.sandbox_hint}</span>
      <Failure failed={failedOf(connecting.error)} />
    </div>
  )
}

function newIds(): { npId: string; sbpsId: string } {
  return { npId: crypto.randomUUID(), sbpsId: crypto.randomUUID() }
}
