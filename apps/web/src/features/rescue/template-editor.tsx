/** An admin's own wording for a shop and a language; a place that does not exist is named before anyone sends it. */
import { Alert, Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type MessageTemplate, messageTemplates } from '@choba/shared/contracts/message-templates.ts'
import { fill, type Language } from '@choba/shared/labels/labels.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { sayFailure } from './use-correction.ts'

const PLACES = ['customer', 'order', 'amount', 'shop', 'contact']

type TemplateEditorProps = {
  readonly shop: { readonly id: string; readonly name: string }
  readonly language: Language
  readonly template: MessageTemplate
  readonly isOwn: boolean
  readonly onClose: () => void
}

export function TemplateEditor({ shop, language, template, isOwn, onClose }: TemplateEditorProps) {
  const words = useWords()
  const screenLanguage = useLanguage()
  const queryClient = useQueryClient()
  const [text, setText] = useState(template)
  const save = useMutation({
    mutationFn: (next: MessageTemplate | null) =>
      call(messageTemplates.set, { body: { shopId: shop.id, language, template: next } }),
    async onSuccess() {
      await queryClient.invalidateQueries({ queryKey: [messageTemplates.get.path] })
      notifications.show({ message: words.message_template.saved })
      onClose()
    },
  })
  const unknown = [...`${text.subject} ${text.body}`.matchAll(/\{(\w+)\}/g)]
    .map((match) => match[1] ?? '')
    .filter((place) => !PLACES.includes(place))
  const isEmpty = text.subject.trim() === '' || text.body.trim() === ''
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!isEmpty && unknown.length === 0) save.mutate(text)
      }}
    >
      <Stack gap="sm">
        <strong>{fill(words.message_template.edit_title, { shop: shop.name })}</strong>
        <TextInput
          label={words.message_template.subject}
          maxLength={200}
          value={text.subject}
          onChange={(event) => setText({ ...text, subject: event.currentTarget.value })}
        />
        <Textarea
          label={words.message_template.body}
          description={fill(words.message_template.places, { list: PLACES.map((place) => `{${place}}`).join(' ') })}
          maxLength={4000}
          autosize
          minRows={8}
          maxRows={18}
          value={text.body}
          onChange={(event) => setText({ ...text, body: event.currentTarget.value })}
          error={
            unknown[0] === undefined ? null : fill(words.message_template.place_unknown, { place: `{${unknown[0]}}` })
          }
        />
        <Textarea
          label={words.message_template.contact}
          maxLength={300}
          autosize
          minRows={2}
          value={text.contact}
          onChange={(event) => setText({ ...text, contact: event.currentTarget.value })}
        />
        {save.isError ? (
          <Alert color="vermilion" variant="light" role="alert">
            {sayFailure(save.error, screenLanguage)}
          </Alert>
        ) : null}
        <Group justify="flex-end" gap="xs">
          {isOwn ? (
            <Button variant="subtle" color="gray" onClick={() => save.mutate(null)}>
              {words.message_template.reset}
            </Button>
          ) : null}
          <Button variant="default" onClick={onClose}>
            {words.app.cancel}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={isEmpty || unknown.length > 0}>
            {words.app.save}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
