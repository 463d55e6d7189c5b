/** A new key: what it is for, what it may do, and when it ends. */
import { Checkbox, Modal, NumberInput, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { API_KEY_DAYS, API_KEY_NAME_LENGTH, apiKeys, KEY_PERMISSIONS } from '@choba/shared/contracts/api-keys.ts'
import { may } from '@choba/shared/permissions.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useSession } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import { DialogEnd } from '../../ui/feedback/dialog-end.tsx'
import styles from './developer.module.css'
import { useDeed } from './use-developer.ts'

type KeyDialogProps = { readonly onClose: () => void; readonly onMade: (token: string | null) => void }

export function KeyDialog({ onClose, onMade }: KeyDialogProps) {
  const words = useWords()
  const session = useSession()
  const [id] = useState(() => crypto.randomUUID())
  const [name, setName] = useState('')
  const [held, setHeld] = useState<readonly string[]>(['sales.read'])
  const [days, setDays] = useState<number>(API_KEY_DAYS.usual)
  const [isTried, setTried] = useState(false)
  const making = useDeed(
    [apiKeys.list.path],
    () =>
      call(apiKeys.create, {
        body: { id, name, days, permissions: KEY_PERMISSIONS.filter((each) => held.includes(each)) },
      }),
    ({ token }) => onMade(token),
  )
  const isNamed = name.trim() !== ''
  const isInTime = Number.isInteger(days) && days >= API_KEY_DAYS.least && days <= API_KEY_DAYS.most
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      title={words.developer.key_new}
      closeButtonProps={{ 'aria-label': words.app.close }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (isNamed && isInTime && held.length > 0) making.mutate(undefined)
        }}
      >
        <Stack gap="md">
          <TextInput
            label={words.developer.key_name}
            description={words.developer.key_name_hint}
            maxLength={API_KEY_NAME_LENGTH}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            {...(isTried && !isNamed && { error: words.developer.name_missing })}
          />
          <NumberInput
            label={words.developer.key_days}
            min={API_KEY_DAYS.least}
            max={API_KEY_DAYS.most}
            allowDecimal={false}
            value={days}
            onChange={(next) => setDays(Number(next))}
            {...(!isInTime && { error: words.developer.key_days_wrong })}
          />
          <Checkbox.Group
            label={words.developer.key_permissions}
            value={[...held]}
            onChange={setHeld}
            {...(held.length === 0 && { error: words.developer.key_permissions_missing })}
          >
            <div className={styles.permissions}>
              {KEY_PERMISSIONS.map((permission) => (
                <Checkbox
                  key={permission}
                  size="xs"
                  value={permission}
                  label={words.permission[permission]}
                  disabled={!may(session, permission)}
                />
              ))}
            </div>
          </Checkbox.Group>
          <DialogEnd
            failed={failedOf(making.error)}
            submit={words.developer.key_issue}
            isBusy={making.isPending}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  )
}
