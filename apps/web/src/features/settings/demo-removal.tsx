/** The end of the demo: all of it, once its merchant's name has been typed. */
import { Button, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { guide } from '@choba/shared/contracts/setup.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { useWords } from '../../i18n/language.ts'
import { Section } from '../../ui/facts/section.tsx'
import { DialogEnd } from '../../ui/feedback/dialog-end.tsx'
import { formatCount } from '../../ui/money/format-yen.ts'

export function DemoRemoval({ merchantName }: { readonly merchantName: string }) {
  const { demo: words } = useWords()
  const [isOpen, setOpen] = useState(false)
  const { data } = useQuery(q(guide.demo, {}))
  if (data?.isDemo !== true) return null
  return (
    <Section title={words.title}>
      <p className="soft">{words.lead}</p>
      <Button size="compact-sm" variant="default" color="vermilion" onClick={() => setOpen(true)}>
        {words.remove}
      </Button>
      {isOpen ? <RemovalDialog {...data} merchantName={merchantName} onClose={() => setOpen(false)} /> : null}
    </Section>
  )
}

type RemovalDialogProps = {
  readonly merchantName: string
  readonly payments: number
  readonly people: number
  readonly onClose: () => void
}

function RemovalDialog({ merchantName, payments, people, onClose }: RemovalDialogProps) {
  const { app, demo: words } = useWords()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [isTried, setTried] = useState(false)
  const removing = useMutation({
    mutationFn: () => call(guide.removeDemo, { body: { merchantName } }),
    async onSuccess({ setupCode }) {
      queryClient.clear()
      await navigate({ to: '/setup', hash: setupCode })
    },
  })
  const isRight = typed.trim() === merchantName
  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (isRight) removing.mutate()
  }
  return (
    <Modal opened onClose={onClose} title={words.remove} closeButtonProps={{ 'aria-label': app.close }}>
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <p style={{ margin: 0 }}>
            {fill(words.text, { payments: formatCount(payments), people: formatCount(people) })}
          </p>
          <TextInput
            label={fill(words.type_name, { name: merchantName })}
            data-autofocus
            autoComplete="off"
            value={typed}
            error={isTried && !isRight ? words.differs : null}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <DialogEnd
            failed={failedOf(removing.error)}
            submit={words.doIt}
            isBusy={removing.isPending}
            isGrave
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  )
}
