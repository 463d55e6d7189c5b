/** The merchants' own issuers, when there are any: a button each, which leads there. */
import { Button } from '@mantine/core'
import { IconBuilding } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { ISSUER_GO_PATH, ISSUERS_PATH } from '@choba/shared/contracts/security.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { request } from '../../api/call.ts'
import { useWords } from '../../i18n/language.ts'

type Offered = { readonly issuers: ReadonlyArray<{ readonly merchantId: string; readonly name: string }> }

export function IssuerLinks() {
  const { sign_in: words } = useWords()
  const { data } = useQuery({
    queryKey: [ISSUERS_PATH],
    queryFn: () => request(ISSUERS_PATH, {}) as Promise<Offered>,
    // The password opens as well: what cannot be asked is not offered.
    retry: false,
  })
  return data?.issuers.map(({ merchantId, name }) => (
    <Button
      key={merchantId}
      component="a"
      href={ISSUER_GO_PATH.replace(':merchantId', merchantId)}
      variant="default"
      fullWidth
      size="md"
      leftSection={<IconBuilding size={18} />}
    >
      {fill(words.with_issuer, { name })}
    </Button>
  ))
}
