/** To the form of a new subscription; closed, with its reason, to those who may not make one. */
import { Button, Tooltip } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMay } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'

export function NewButton() {
  const { subscriptions: words } = useWords()
  const icon = <IconPlus size={15} aria-hidden="true" />
  if (useMay('subscriptions.act'))
    return (
      <Button size="xs" h={30} leftSection={icon} renderRoot={(props) => <Link to="/subscriptions/new" {...props} />}>
        {words.new}
      </Button>
    )
  return (
    <Tooltip label={words.no_right} events={{ hover: true, focus: true, touch: true }}>
      <Button size="xs" h={30} leftSection={icon} data-disabled aria-disabled="true">
        {words.new}
      </Button>
    </Tooltip>
  )
}
