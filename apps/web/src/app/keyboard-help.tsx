import { Kbd, Modal } from '@mantine/core'
import { useWords } from '../i18n/language.ts'
import styles from './shell.module.css'

export function KeyboardHelp({ onClose }: { readonly onClose: () => void }) {
  const { app, keyboard } = useWords()
  return (
    <Modal opened onClose={onClose} closeButtonProps={{ 'aria-label': app.close }} title={keyboard.title} size="md">
      <Keys
        title={keyboard.group_anywhere}
        keys={[
          [['⌘ / Ctrl', 'K'], keyboard.palette],
          [['?'], keyboard.help],
          [['Esc'], keyboard.escape],
        ]}
      />
      <Keys
        title={keyboard.group_ledger}
        keys={[
          [['/'], keyboard.search],
          [['J', '↓'], keyboard.next],
          [['K', '↑'], keyboard.previous],
          [['Enter'], keyboard.open],
          [['X'], keyboard.select],
          [['E'], keyboard.export],
        ]}
      />
      <p className="soft">{keyboard.ime_note}</p>
    </Modal>
  )
}

function Keys({
  title,
  keys,
}: {
  readonly title: string
  readonly keys: ReadonlyArray<readonly [readonly string[], string]>
}) {
  return (
    <>
      <h3 className={styles.keysTitle}>{title}</h3>
      <dl className={styles.keys}>
        {keys.map(([names, what]) => (
          <div key={what} style={{ display: 'contents' }}>
            <dt>
              {names.map((name) => (
                <Kbd key={name}>{name}</Kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
