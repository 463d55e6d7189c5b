/** One text: its places are put in at a press, what is wrong with it is said at once, and its reader's view stands below. */
import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { textTemplates, type TextTemplatesView } from '@choba/shared/contracts/text-templates.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import type { Labels } from '@choba/shared/labels/types.ts'
import { type TemplateFault, templateFaults, textTemplate } from '@choba/shared/text-templates.ts'
import { type ApiError, failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { separatorIn } from '../../i18n/separator.ts'
import { DialogEnd } from '../../ui/feedback/dialog-end.tsx'
import { FailureText } from '../../ui/feedback/failure.tsx'
import { useSetting } from '../../ui/feedback/use-setting.ts'
import { TemplatePreview } from './template-preview.tsx'
import styles from './templates.module.css'

type TemplateDialogProps = {
  readonly item: TextTemplatesView['items'][number]
  readonly onClose: () => void
}

const MOST_SUBJECT = 200

export function TemplateDialog({ item, onClose }: TemplateDialogProps) {
  const words = useWords()
  const screenLanguage = useLanguage()
  const { kind, language, own, standard } = item
  const { hasSubject, places, most } = textTemplate(kind)
  const [wish, setWish] = useState(own)
  const text = wish ?? standard
  const body = useRef<HTMLTextAreaElement>(null)
  const faults = templateFaults(kind, text)
  const isStandard = text.subject === standard.subject && text.body === standard.body
  const saving = useSetting(
    () => call(textTemplates.put, { body: { kind, language, text: isStandard ? null : text } }),
    onClose,
  )
  const failed = failedOf(saving.error)
  const undrawable = failed?.code === 'template.undrawable' ? undrawableText(failed, words) : null
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (faults.length === 0) saving.mutate(undefined)
  }
  /** Where the cursor stands. */
  function insert(place: string): void {
    const [from, to] = [
      body.current?.selectionStart ?? text.body.length,
      body.current?.selectionEnd ?? text.body.length,
    ]
    setWish({ ...text, body: `${text.body.slice(0, from)}{${place}}${text.body.slice(to)}` })
    body.current?.focus()
  }
  const errorOf = (field: TemplateFault['field']) => {
    const told = faults
      .filter((fault) => fault.field === field)
      .map((fault) => sentenceOf(fault, words, field === 'subject' ? MOST_SUBJECT : most))
    return told.length === 0 ? null : told.join(separatorIn(screenLanguage))
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size={720}
      title={fill(words.text_templates.edit_of, {
        kind: words.text_template_kind[kind],
        language: words.text_template_language[language],
      })}
      closeButtonProps={{ 'aria-label': words.app.close }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          {hasSubject ? (
            <TextInput
              label={words.text_templates.subject}
              data-autofocus
              value={text.subject}
              error={errorOf('subject')}
              onChange={(event) => setWish({ ...text, subject: event.currentTarget.value })}
            />
          ) : null}
          <Textarea
            ref={body}
            label={words.text_templates.body}
            autosize
            minRows={hasSubject ? 8 : 3}
            maxRows={16}
            value={text.body}
            error={errorOf('body')}
            onChange={(event) => setWish({ ...text, body: event.currentTarget.value })}
          />
          <div role="group" aria-label={words.text_templates.places}>
            <span className="soft">{words.text_templates.places}</span>
            <div className={styles.places}>
              {Object.entries(places).map(([place, { required }]) => (
                <Button key={place} size="compact-xs" variant="default" onClick={() => insert(place)}>
                  <code>{`{${place}}`}</code>&nbsp;{placeWord(words, place)}
                  {required === true ? <>&nbsp;*</> : null}
                </Button>
              ))}
            </div>
            <span className="soft">* {words.text_templates.required}</span>
          </div>
          <TemplatePreview kind={kind} language={language} text={text} />
          <Group justify="flex-start">
            <Button variant="default" size="xs" disabled={isStandard} onClick={() => setWish(standard)}>
              {words.text_templates.back}
            </Button>
            {isStandard && own !== null ? <span className="soft">{words.text_templates.back_text}</span> : null}
          </Group>
          {undrawable === null ? null : <FailureText text={undrawable} />}
          <DialogEnd
            failed={undrawable === null ? failed : null}
            submit={words.text_templates.save}
            isBusy={saving.isPending}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  )
}

function sentenceOf({ fault, place }: TemplateFault, words: Labels, most: number): string {
  return fill(words.text_fault[fault], { place: `{${place ?? ''}}`, most })
}

/** The font of the paper is the server's: what it lacks is known when it answers. */
function undrawableText({ details }: ApiError, words: Labels): string {
  const { characters } = details
  return fill(words.text_templates.undrawable, { characters: Array.isArray(characters) ? characters.join(' ') : '' })
}

function placeWord(words: Labels, place: string): string {
  const names: Readonly<Record<string, string>> = words.text_place
  return names[place] ?? place
}
