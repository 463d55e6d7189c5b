/** An admin's own wording for a shop and a language; a place that does not exist is named before anyone sends it. */
import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { MESSAGE_PLACES, type MessageTemplate } from '@choba/shared/contracts/message-templates.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { unknownPlaces } from '@choba/shared/text-templates.ts'
import { useWords } from '../../i18n/language.ts'
import { type Failed, Failure } from '../feedback/failure.tsx'

type TemplateEditorProps = {
  readonly shopName: string
  readonly template: MessageTemplate
  readonly isOwn: boolean
  readonly isBusy: boolean
  readonly failed: Failed | null
  /** Null for the wording of the house. */
  readonly onSave: (template: MessageTemplate | null) => void
  readonly onClose: () => void
}

export function TemplateEditor({ shopName, template, isOwn, isBusy, failed, onSave, onClose }: TemplateEditorProps) {
  const words = useWords()
  const [text, setText] = useState(template)
  const unknown = unknownPlaces(`${text.subject} ${text.body}`, MESSAGE_PLACES)
  const isEmpty = text.subject.trim() === '' || text.body.trim() === ''
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!isEmpty && unknown.length === 0) onSave(text)
      }}
    >
      <Stack gap="sm">
        <strong>{fill(words.message_template.edit_title, { shop: shopName })}</strong>
        <TextInput
          label={words.message_template.subject}
          maxLength={200}
          value={text.subject}
          onChange={(event) => setText({ ...text, subject: event.currentTarget.value })}
        />
        <Textarea
          label={words.message_template.body}
          description={fill(words.message_template.places, {
            list: MESSAGE_PLACES.map((place) => `{${place}}`).join(' '),
          })}
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
        <Failure failed={failed} />
        <Group justify="flex-end" gap="xs">
          {isOwn ? (
            <Button variant="subtle" color="gray" onClick={() => onSave(null)}>
              {words.message_template.reset}
            </Button>
          ) : null}
          <Button variant="default" onClick={onClose}>
            {words.app.cancel}
          </Button>
          <Button type="submit" loading={isBusy} disabled={isEmpty || unknown.length > 0}>
            {words.app.save}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
