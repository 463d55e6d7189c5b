/** Asks for the next rows of a list that does not scroll by itself. */
import { Button } from '@mantine/core'

type MoreButtonProps = {
  readonly more: boolean
  readonly isBusy: boolean
  readonly onMore: () => void
  readonly children: string
}

export function MoreButton({ more, isBusy, onMore, children }: MoreButtonProps) {
  return more ? (
    <Button className="no-print" size="xs" variant="default" my="sm" loading={isBusy} onClick={onMore}>
      {children}
    </Button>
  ) : null
}
