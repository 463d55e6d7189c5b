/** An id in monospace with a button that copies it. */
import { ActionIcon, Tooltip, useMantineTheme } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { label, type Language } from '@choba/shared/labels/labels.ts'

export function Copyable({ value, language }: { readonly value: string; readonly language: Language }) {
  const clipboard = useClipboard({ timeout: 1500 })
  const theme = useMantineTheme()
  const word = label(language, 'app', clipboard.copied ? 'copied' : 'copy')
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: theme.spacing.xs, maxWidth: '100%' }}>
      <span className="mono line">{value}</span>
      <Tooltip label={word}>
        <ActionIcon
          className="no-print"
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={`${word} ${value}`}
          onClick={() => clipboard.copy(value)}
        >
          {clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        </ActionIcon>
      </Tooltip>
    </span>
  )
}
