/** A shop's name, and the short code that files and exports know it by. */
import { Modal, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { merchant, type MerchantView } from '@choba/shared/contracts/merchant.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useWords } from '../../i18n/language.ts'
import { DialogEnd } from '../../ui/feedback/dialog-end.tsx'
import { useSetting } from '../../ui/feedback/use-setting.ts'

export type ShopRow = MerchantView['shops'][number]
type ShopDialogProps = { readonly shop: ShopRow | null; readonly onClose: () => void }

export function ShopDialog({ shop, onClose }: ShopDialogProps) {
  const words = useWords()
  // One id for all tries, so that a repeat makes no second shop.
  const [id] = useState(() => shop?.shopId ?? crypto.randomUUID())
  const [name, setName] = useState(shop?.name ?? '')
  const [code, setCode] = useState(shop?.code ?? '')
  const [isTried, setTried] = useState(false)
  const saving = useSetting(() => {
    const body = { name: name.trim(), code: code.trim() }
    return shop === null ? call(merchant.addShop, { body: { id, ...body } }) : call(merchant.changeShop, { id, body })
  }, onClose)
  const isName = name.trim() !== ''
  const isCode = /^[0-9A-Za-z_-]{1,20}$/.test(code.trim())
  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (isName && isCode) saving.mutate(undefined)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={shop === null ? words.settings.add_shop : words.settings.change_shop}
      closeButtonProps={{ 'aria-label': words.app.close }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={words.settings.shop_name}
            data-autofocus
            maxLength={60}
            value={name}
            error={isTried && !isName ? words.settings.needed : null}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={words.settings.shop_code}
            description={words.settings.shop_code_hint}
            classNames={{ input: 'mono' }}
            maxLength={20}
            value={code}
            error={isTried && !isCode ? words.settings.shop_code_wrong : null}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <DialogEnd
            failed={failedOf(saving.error)}
            submit={words.app.save}
            isBusy={saving.isPending}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  )
}
