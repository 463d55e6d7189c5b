/** A text as its reader will see it, with made-up values. */
import type { Language } from '@choba/shared/labels/labels.ts'
import { sampleOf, type TextTemplate, type TextTemplateKind } from '@choba/shared/text-templates.ts'
import { useWords } from '../../i18n/language.ts'
import styles from './templates.module.css'

type TemplatePreviewProps = {
  readonly kind: TextTemplateKind
  readonly language: Language
  readonly text: TextTemplate
}

export function TemplatePreview({ kind, language, text }: TemplatePreviewProps) {
  const words = useWords().text_templates
  const { subject, body } = sampleOf(kind, text, language)
  return (
    <section aria-label={words.preview}>
      <strong>{words.preview}</strong> <span className="soft">{words.preview_hint}</span>
      <div className={styles.preview} lang={language}>
        {subject === '' ? null : <p className={styles.subject}>{subject}</p>}
        <p className={styles.body}>{body}</p>
      </div>
    </section>
  )
}
