/** The message that offers a customer another way to pay: filled in, copied, or opened in one's own mail program. */
import { Button, Group, Modal, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { messageTemplates } from '@choba/shared/contracts/message-templates.ts'
import type { RescueSheet } from '@choba/shared/contracts/rescue.ts'
import { fill, type Language, LANGUAGES } from '@choba/shared/labels/labels.ts'
import { asApiError, failedOf } from '../../api/api-error.ts'
import { useMessageTemplate } from '../../api/message-template.ts'
import { q } from '../../api/q.ts'
import { useMay, useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { mailAddress } from './mail-address.ts'

const TemplateEditor = lazy(() =>
  import('../../ui/message-template/template-editor.tsx').then((module) => ({ default: module.TemplateEditor })),
)

/** Until it has come. */
const NOTHING = { subject: '', body: '', contact: '' }
const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { ja: '日本語', en: 'English' }

export function MessageDialog({ sheet, onClose }: { readonly sheet: RescueSheet; readonly onClose: () => void }) {
  const words = useWords()
  const screenLanguage = useLanguage()
  const { shops } = useSession()
  const mayEdit = useMay('templates.write')
  const [language, setLanguage] = useState<Language>('ja')
  const [isEditing, setEditing] = useState(false)
  const { shopId } = sheet.payment
  const answer = useQuery(q(messageTemplates.get, { query: { shopId, language } }))
  const saving = useMessageTemplate({ shopId, language }, () => {
    notifications.show({ message: words.message_template.saved })
    setEditing(false)
  })
  const shop = shops.find((each) => each.id === shopId)?.name ?? ''
  const template = answer.data?.template ?? answer.data?.standard ?? NOTHING
  const values = {
    customer: sheet.customer.name,
    order: sheet.payment.orderNumber,
    amount: formatYen(sheet.payment.amountYen),
    shop,
    contact: template.contact,
  }
  const subject = fill(template.subject, values)
  const body = fill(template.body, values)

  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ 'aria-label': words.app.close }}
      title={words.message_template.title}
      size="lg"
    >
      {answer.isError ? (
        <ErrorNotice {...asApiError(answer.error)} language={screenLanguage} onRetry={() => void answer.refetch()} />
      ) : isEditing ? (
        <Suspense fallback={null}>
          <TemplateEditor
            key={language}
            shopName={shop}
            template={template}
            isOwn={answer.data?.template !== null}
            isBusy={saving.isPending}
            failed={failedOf(saving.error)}
            onSave={(next) => saving.mutate(next)}
            onClose={() => setEditing(false)}
          />
        </Suspense>
      ) : (
        <Stack gap="sm">
          <p className="soft" style={{ margin: 0 }}>
            {words.message_template.lead}
          </p>
          <SegmentedControl
            size="xs"
            aria-label={words.message_template.language}
            value={language}
            onChange={(value) => setLanguage(value === 'en' ? 'en' : 'ja')}
            data={LANGUAGES.map((each) => ({ value: each, label: LANGUAGE_NAMES[each] }))}
          />
          <TextInput label={words.message_template.subject} value={subject} readOnly />
          <Textarea label={words.message_template.body} value={body} readOnly autosize minRows={8} maxRows={18} />
          {template.contact === '' ? (
            <p className="soft" style={{ margin: 0 }} role="status">
              {words.message_template.contact_missing} {mayEdit ? '' : words.message_template.edit_forbidden}
            </p>
          ) : null}
          {sheet.customer.email === '' ? <p className="soft">{words.message_template.no_email}</p> : null}
          <Group justify="flex-end" gap="xs">
            {mayEdit ? (
              <Button variant="subtle" disabled={answer.data === undefined} onClick={() => setEditing(true)}>
                {words.message_template.edit}
              </Button>
            ) : null}
            <CopyButton word={words.message_template.copy_subject} text={subject} />
            <CopyButton word={words.message_template.copy_body} text={body} />
            {sheet.customer.email === '' ? null : (
              <Button component="a" href={mailAddress(sheet.customer.email, subject, body)}>
                {words.message_template.mail}
              </Button>
            )}
          </Group>
        </Stack>
      )}
    </Modal>
  )
}

function CopyButton({ word, text }: { readonly word: string; readonly text: string }) {
  const clipboard = useClipboard({ timeout: 1500 })
  const { copied } = useWords().app
  return (
    <Button variant="default" onClick={() => clipboard.copy(text)}>
      {clipboard.copied ? copied : word}
    </Button>
  )
}
