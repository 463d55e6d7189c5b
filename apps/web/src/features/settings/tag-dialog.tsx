/** A tag's name and colour, as it will look. */
import { Modal, Radio, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { TAG_COLOURS, TAG_NAME_LENGTH, type TagColour, type TagRow, tags } from '@choba/shared/contracts/tags.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useWords } from '../../i18n/language.ts'
import { DialogEnd } from '../../ui/feedback/dialog-end.tsx'
import { useSetting } from '../../ui/feedback/use-setting.ts'
import { TagChip } from '../../ui/tags/tag-chip.tsx'
import tagStyles from '../../ui/tags/tags.module.css'

type TagDialogProps = { readonly known: TagRow | null; readonly onClose: () => void }

export function TagDialog({ known, onClose }: TagDialogProps) {
  const words = useWords()
  // One id for all tries, so that a repeat makes no second tag.
  const [id] = useState(() => known?.id ?? crypto.randomUUID())
  const [name, setName] = useState(known?.name ?? '')
  const [colour, setColour] = useState<TagColour>(known?.colour ?? 'indigo')
  const [isTried, setTried] = useState(false)
  const isArchived = known?.isArchived ?? false
  const saving = useSetting(() => call(tags.put, { id, body: { name: name.trim(), colour, isArchived } }), onClose)
  const isName = name.trim() !== ''
  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (isName) saving.mutate(undefined)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={known === null ? words.tags.new : fill(words.tags.change_of, { name: known.name })}
      closeButtonProps={{ 'aria-label': words.app.close }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={words.tags.name}
            data-autofocus
            maxLength={TAG_NAME_LENGTH}
            value={name}
            error={isTried && !isName ? words.tags.name_missing : null}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Radio.Group
            label={words.tags.colour}
            value={colour}
            onChange={(value) => setColour(TAG_COLOURS.find((each) => each === value) ?? colour)}
          >
            <div className={tagStyles.colours}>
              {TAG_COLOURS.map((each) => (
                <Radio
                  key={each}
                  size="xs"
                  value={each}
                  label={<TagChip tag={{ name: words.tag_colour[each], colour: each, isArchived: false }} />}
                />
              ))}
            </div>
          </Radio.Group>
          <div>
            <span className="soft">{words.tags.preview}</span>{' '}
            <TagChip tag={{ name: isName ? name.trim() : words.tags.name, colour, isArchived }} />
          </div>
          <DialogEnd
            failed={failedOf(saving.error)}
            submit={words.tags.save}
            isBusy={saving.isPending}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  )
}
