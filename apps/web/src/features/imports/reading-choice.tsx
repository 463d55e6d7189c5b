/** For the file that was found to be something else than it is: its encoding and what parts its cells, said by a person. */
import { Select } from '@mantine/core'
import { IMPORT_DELIMITERS, TEXT_ENCODINGS, type TextEncoding } from '@choba/shared/imports/names.ts'
import { useWords } from '../../i18n/language.ts'
import styles from './imports.module.css'

export type SaidReading = { readonly encoding?: TextEncoding | undefined; readonly delimiter?: string | undefined }

type ReadingChoiceProps = { readonly said: SaidReading; readonly onSay: (said: SaidReading) => void }

export function ReadingChoice({ said, onSay }: ReadingChoiceProps) {
  const { imports, import_encoding } = useWords()
  const delimiters = { ',': imports.comma, '\t': imports.tab, ';': imports.semicolon, '|': imports.pipe }
  return (
    <details className={styles.reading}>
      <summary>{imports.reading_title}</summary>
      <p className={styles.small}>{imports.reading_lead}</p>
      <div className={styles.choices}>
        <Select
          size="xs"
          label={imports.encoding}
          placeholder={imports.found}
          clearable
          value={said.encoding ?? null}
          onChange={(value) => onSay({ ...said, encoding: TEXT_ENCODINGS.find((each) => each === value) })}
          data={TEXT_ENCODINGS.map((value) => ({ value, label: import_encoding[value] }))}
        />
        <Select
          size="xs"
          label={imports.delimiter}
          placeholder={imports.found}
          clearable
          value={said.delimiter ?? null}
          onChange={(value) => onSay({ ...said, delimiter: value ?? undefined })}
          data={IMPORT_DELIMITERS.map((value) => ({ value, label: delimiters[value] }))}
        />
      </div>
    </details>
  )
}
