/** Who is invited, as what; then the link, which is shown once. */
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { type MemberPlace, members } from '@choba/shared/contracts/members.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { DialogEnd } from '../../ui/feedback/dialog-end.tsx'
import { formatInstant } from '../../ui/time/format-time.ts'
import { isWhole, PlaceFields } from './place-fields.tsx'
import { type Roles, useChange } from './use-people.ts'

const AT_FIRST: MemberPlace = { role: 'staff', customRoleId: null, shopIds: null }

export function InviteDialog({ roles, onClose }: { readonly roles: Roles; readonly onClose: () => void }) {
  const words = useWords()
  const [email, setEmail] = useState('')
  const [place, setPlace] = useState(AT_FIRST)
  const [isTried, setTried] = useState(false)
  const making = useChange(
    () => call(members.invite, { body: { email, ...place, shopIds: place.shopIds && [...place.shopIds] } }),
    () => undefined,
  )
  const isEmail = /^\s*[^\s@]+@[^\s@]+\.[^\s@]+\s*$/.test(email)
  return (
    <Modal
      opened
      onClose={onClose}
      title={making.data === undefined ? words.people.invite_title : words.people.link_title}
      closeButtonProps={{ 'aria-label': words.app.close }}
    >
      {making.data === undefined ? (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            setTried(true)
            if (isEmail && isWhole(place)) making.mutate(undefined)
          }}
        >
          <Stack gap="md">
            <TextInput
              label={words.people.email}
              type="email"
              autoComplete="off"
              data-autofocus
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              {...(isTried && !isEmail && { error: words.people.email_wrong })}
            />
            <PlaceFields value={place} onChange={setPlace} roles={roles} />
            <DialogEnd
              failed={failedOf(making.error)}
              submit={words.people.make_link}
              isBusy={making.isPending}
              onClose={onClose}
            />
          </Stack>
        </form>
      ) : (
        <LinkOnce email={email.trim()} {...making.data} onClose={onClose} />
      )}
    </Modal>
  )
}

type LinkOnceProps = {
  readonly email: string
  readonly token: string
  readonly expiresAt: string
  readonly isMailed: boolean
  readonly onClose: () => void
}

/** The token stands behind the `#`, so that no server on the way writes it down. */
function LinkOnce({ email, token, expiresAt, isMailed, onClose }: LinkOnceProps) {
  const words = useWords()
  const language = useLanguage()
  const clipboard = useClipboard({ timeout: 2000 })
  const link = `${window.location.origin}/join#${token}`
  return (
    <Stack gap="md">
      <p style={{ margin: 0 }}>{fill(words.people.link_text, { email, day: formatInstant(expiresAt, language) })}</p>
      {isMailed ? (
        <p role="status" style={{ margin: 0 }}>
          {fill(words.people.link_mailed, { email })}
        </p>
      ) : null}
      <TextInput
        readOnly
        aria-label={words.people.link_title}
        value={link}
        onFocus={(event) => event.target.select()}
      />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {words.app.close}
        </Button>
        <Button
          leftSection={clipboard.copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          onClick={() => clipboard.copy(link)}
        >
          {clipboard.copied ? words.people.link_copied : words.people.link_copy}
        </Button>
      </Group>
    </Stack>
  )
}
