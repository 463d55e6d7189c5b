/** What the pages for whoever has no session have around them: the name, and the language. */
import type { ReactNode } from 'react'
import { errorWords as errorWordsEn } from '@choba/shared/labels/en/errors.ts'
import { errorWords } from '@choba/shared/labels/ja/errors.ts'
import { addWords, LANGUAGES } from '@choba/shared/labels/labels.ts'
import { setLanguage, useLanguage, useWords } from '../../i18n/language.ts'
import { Seal } from '../../ui/mark/seal.tsx'
import styles from './sign-in.module.css'

// Whoever stands here has none of the console's words, and may change the language without loading any.
addWords('ja', errorWords)
addWords('en', errorWordsEn)

const LANGUAGE_NAMES = { ja: '日本語', en: 'English' } as const

export function DoorFrame({ children }: { readonly children: ReactNode }) {
  const { app: words } = useWords()
  const language = useLanguage()
  return (
    <main className={styles.page}>
      <div className={styles.sheet}>
        <div className={styles.brand}>
          <Seal size={44} />
          <div>
            <h1 className={styles.name}>{words.name}</h1>
            <span className={styles.tagline}>{words.tagline}</span>
          </div>
        </div>
        {children}
        <div className={styles.languages} role="group" aria-label={words.language}>
          {LANGUAGES.map((each) => (
            <button
              key={each}
              type="button"
              className={styles.language}
              lang={each}
              aria-pressed={each === language}
              onClick={() => setLanguage(each)}
            >
              {LANGUAGE_NAMES[each]}
            </button>
          ))}
        </div>
      </div>
    </main>
  )
}
