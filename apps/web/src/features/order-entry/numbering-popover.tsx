/** How the shop numbers the orders its clerks take down. */
import { ActionIcon, Button, Group, Popover, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconSettings } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { orderEntry, orderNumbering, type OrderNumbering } from '@choba/shared/contracts/order-entry.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { readYen } from '../../ui/money/format-yen.ts'

type NumberingPopoverProps = { readonly shopId: string; readonly numbering: OrderNumbering }

export function NumberingPopover({ shopId, numbering }: NumberingPopoverProps) {
  const { order_form: words } = useWords()
  const language = useLanguage()
  const queryClient = useQueryClient()
  const [opened, setOpened] = useState(false)
  const [prefix, setPrefix] = useState(numbering.prefix)
  const [next, setNext] = useState(String(numbering.nextNumber))
  const [digits, setDigits] = useState(String(numbering.digits))
  const wanted = orderNumbering.safeParse({ prefix, nextNumber: readYen(next), digits: readYen(digits) })
  const save = useMutation({
    mutationFn: (body: OrderNumbering) => call(orderEntry.setNumbering, { shopId, body }),
    async onSuccess() {
      setOpened(false)
      notifications.show({ message: words.numbering_saved })
      await queryClient.invalidateQueries({ queryKey: [orderEntry.shops.path] })
    },
    onError: (error) =>
      notifications.show({ color: 'vermilion', message: label(language, 'error', asApiError(error).code) }),
  })
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus withinPortal>
      <Popover.Target>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={words.numbering}
          title={words.numbering}
          onClick={() => setOpened((before) => !before)}
        >
          <IconSettings size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" w={240}>
          <TextInput
            label={words.numbering_prefix}
            value={prefix}
            onChange={(event) => setPrefix(event.currentTarget.value)}
          />
          <Group gap="xs" grow>
            <TextInput
              label={words.numbering_next}
              inputMode="numeric"
              value={next}
              onChange={(event) => setNext(event.currentTarget.value)}
            />
            <TextInput
              label={words.numbering_digits}
              inputMode="numeric"
              value={digits}
              onChange={(event) => setDigits(event.currentTarget.value)}
            />
          </Group>
          <p className="soft" style={{ margin: 0, fontSize: '0.8125rem' }} role="status">
            {wanted.success
              ? fill(words.numbering_example, {
                  number: `${wanted.data.prefix}${String(wanted.data.nextNumber).padStart(wanted.data.digits, '0')}`,
                })
              : words.numbering_wrong}
          </p>
          <Button
            size="xs"
            disabled={!wanted.success}
            loading={save.isPending}
            onClick={() => wanted.success && save.mutate(wanted.data)}
          >
            {words.numbering_save}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
