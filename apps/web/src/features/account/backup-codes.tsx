/** Codes for the day the app is out of reach: shown once. */
import { Button, Group, Stack } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useWords } from '../../i18n/language.ts'
import styles from './account.module.css'

export function BackupCodes({ codes, onDone }: { readonly codes: readonly string[]; readonly onDone: () => void }) {
  const { own_security: words } = useWords()
  const clipboard = useClipboard({ timeout: 2000 })
  return (
    <Stack gap="md">
      <p className={styles.text}>{words.backup_text}</p>
      <ul className={styles.codes} aria-label={words.backup}>
        {codes.map((code) => (
          <li key={code} className="mono">
            {code}
          </li>
        ))}
      </ul>
      <Group justify="flex-end" gap="xs">
        <Button
          variant="default"
          leftSection={clipboard.copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          onClick={() => clipboard.copy(codes.join('\n'))}
        >
          {clipboard.copied ? words.backup_copied : words.backup_copy}
        </Button>
        <Button onClick={onDone}>{words.backup_done}</Button>
      </Group>
    </Stack>
  )
}
