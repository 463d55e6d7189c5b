/** What each shop writes to a customer whose screening did not succeed: worded shop by shop, with how to reach it. */
import { Button, Modal } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { messageTemplates } from '@choba/shared/contracts/message-templates.ts'
import { fill, type Language, LANGUAGES } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { useMessageTemplate } from '../../api/message-template.ts'
import { q } from '../../api/q.ts'
import { useSession } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import { ReadState } from '../../ui/feedback/read-state.tsx'
import { TemplateEditor } from '../../ui/message-template/template-editor.tsx'
import styles from './settings.module.css'
import ownStyles from './templates.module.css'

type Shop = { readonly id: string; readonly name: string }
type Open = { readonly shop: Shop; readonly language: Language }

export function OtherMethodTemplates() {
  const words = useWords()
  const { shops } = useSession()
  const [open, setOpen] = useState<Open | null>(null)
  return (
    <section className={ownStyles.kind}>
      <strong>{words.message_template.title}</strong>
      <span className={styles.entryLead}>{words.text_templates.other_method}</span>
      {shops.map((shop) => (
        <div key={shop.id} className={ownStyles.shop}>
          <span>{shop.name}</span>
          <span className={ownStyles.languages}>
            {LANGUAGES.map((language) => (
              <Button
                key={language}
                size="compact-xs"
                variant="default"
                aria-label={nameOf({ shop, language }, words)}
                onClick={() => setOpen({ shop, language })}
              >
                {words.text_template_language[language]}
              </Button>
            ))}
          </span>
        </div>
      ))}
      {open === null ? null : (
        <Modal
          opened
          onClose={() => setOpen(null)}
          size="lg"
          title={nameOf(open, words)}
          closeButtonProps={{ 'aria-label': words.app.close }}
        >
          <Loaded open={open} onClose={() => setOpen(null)} />
        </Modal>
      )}
    </section>
  )
}

function nameOf({ shop, language }: Open, words: ReturnType<typeof useWords>): string {
  return fill(words.text_templates.edit_of, { kind: shop.name, language: words.text_template_language[language] })
}

function Loaded({ open: { shop, language }, onClose }: { readonly open: Open; readonly onClose: () => void }) {
  const words = useWords()
  const saving = useMessageTemplate({ shopId: shop.id, language }, () => {
    notifications.show({ message: words.message_template.saved })
    onClose()
  })
  const { data, error, refetch } = useQuery(q(messageTemplates.get, { query: { shopId: shop.id, language } }))
  return (
    <ReadState data={data} failed={failedOf(error)} failedTitle={words.settings.failed} onRetry={() => void refetch()}>
      {({ template, standard }) => (
        <TemplateEditor
          shopName={shop.name}
          template={template ?? standard}
          isOwn={template !== null}
          isBusy={saving.isPending}
          failed={failedOf(saving.error)}
          onSave={(next) => saving.mutate(next)}
          onClose={onClose}
        />
      )}
    </ReadState>
  )
}
