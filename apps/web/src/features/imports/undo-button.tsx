/** Taking a whole import back, once a person has read what that means. */
import { Button, Group, Modal } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useState } from 'react'
import type { ImportRun } from '@choba/shared/contracts/imports.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useWords } from '../../i18n/language.ts'
import { formatCount } from '../../ui/money/format-yen.ts'
import { countOf } from './import-words.ts'
import type { useRunCommands } from './use-import.ts'

type UndoButtonProps = { readonly run: ImportRun; readonly command: ReturnType<typeof useRunCommands>['command'] }

export function UndoButton({ run, command }: UndoButtonProps) {
  const { imports } = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        size="sm"
        variant="default"
        leftSection={<IconArrowBackUp size={15} aria-hidden="true" />}
        onClick={() => setOpen(true)}
      >
        {imports.undo}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={imports.undo_title}>
        <p>{fill(imports.undo_text, { count: formatCount(countOf(run, 'done')) })}</p>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setOpen(false)}>
            {imports.undo_keep}
          </Button>
          <Button
            color="vermilion"
            loading={command.isPending}
            onClick={() => command.mutate('undo', { onSettled: () => setOpen(false) })}
          >
            {imports.undo}
          </Button>
        </Group>
      </Modal>
    </>
  )
}
