import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type Ref, useEffect, useRef, useState } from 'react'
import { useWords } from '../../i18n/language.ts'
import { isComposing } from '../keyboard/guard.ts'
import styles from './filters.module.css'

const WAIT_MS = 220

type SearchBoxProps = {
  /** What it searches in, and what may be typed. */
  readonly label: string
  readonly placeholder: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly ref: Ref<HTMLInputElement>
}

/** Searches while one types, but not in the middle of a conversion: half a word in kana is no question. */
export function SearchBox({ label, placeholder, value, onChange, ref }: SearchBoxProps) {
  const { app } = useWords()
  const [text, setText] = useState(value)
  const [composing, setComposing] = useState(false)
  const asked = useRef(value)

  useEffect(() => {
    if (value === asked.current) return
    asked.current = value
    setText(value)
  }, [value])
  useEffect(() => {
    const wanted = text.trim()
    if (composing || wanted === asked.current) return undefined
    const timer = setTimeout(() => ask(wanted), WAIT_MS)
    return () => clearTimeout(timer)
  })

  function ask(wanted: string): void {
    asked.current = wanted
    onChange(wanted)
  }

  return (
    <TextInput
      ref={ref}
      className={styles.search ?? ''}
      size="xs"
      styles={{ input: { height: 30, minHeight: 30, fontSize: '0.844rem' } }}
      type="search"
      enterKeyHint="search"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={15} aria-hidden="true" />}
      rightSection={
        text === '' ? null : (
          <CloseButton
            size="sm"
            aria-label={app.clear}
            onClick={() => {
              setText('')
              ask('')
            }}
          />
        )
      }
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent)) return
        if (event.key === 'Enter') ask(text.trim())
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
    />
  )
}
