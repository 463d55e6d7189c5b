/** Every text that leaves the console, with whose wording it has; one at a time is worded anew. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { textTemplates, type TextTemplatesView } from '@choba/shared/contracts/text-templates.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { TEXT_TEMPLATE_KINDS } from '@choba/shared/text-templates.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatInstant } from '../../ui/time/format-time.ts'
import { OtherMethodTemplates } from './other-method-templates.tsx'
import { ReadPage } from './read-page.tsx'
import styles from './settings.module.css'
import { TemplateDialog } from './template-dialog.tsx'
import ownStyles from './templates.module.css'

type Item = TextTemplatesView['items'][number]

export function TemplatesPage() {
  const words = useWords()
  const [open, setOpen] = useState<Item | null>(null)
  return (
    <ReadPage title={words.text_templates.title} lead={words.text_templates.lead} contract={textTemplates.list}>
      {({ items }) => (
        <>
          <ul className={styles.list}>
            {TEXT_TEMPLATE_KINDS.map((kind) => (
              <li key={kind} className={ownStyles.kind}>
                <strong>{words.text_template_kind[kind]}</strong>
                <span className={styles.entryLead}>{words.text_template_lead[kind]}</span>
                {items
                  .filter((item) => item.kind === kind)
                  .map((item) => (
                    <Wording key={item.language} item={item} onEdit={() => setOpen(item)} />
                  ))}
              </li>
            ))}
          </ul>
          <OtherMethodTemplates />
          {open === null ? null : <TemplateDialog item={open} onClose={() => setOpen(null)} />}
        </>
      )}
    </ReadPage>
  )
}

function Wording({ item, onEdit }: { readonly item: Item; readonly onEdit: () => void }) {
  const words = useWords()
  const screenLanguage = useLanguage()
  const { kind, language, own, changedAt } = item
  const name = words.text_template_language[language]
  return (
    <div className={ownStyles.wording}>
      <span>{name}</span>
      <span className="soft">
        {own === null ? words.text_templates.standard : words.text_templates.own}
        {changedAt === null ? null : <> {formatInstant(changedAt, screenLanguage)}</>}
      </span>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={fill(words.text_templates.edit_of, { kind: words.text_template_kind[kind], language: name })}
        onClick={onEdit}
      >
        {words.text_templates.edit}
      </Button>
    </div>
  )
}
