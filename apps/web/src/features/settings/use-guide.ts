import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Input } from '@choba/shared/contract.ts'
import { guide, type GuideView, SKIPPABLE_STEPS } from '@choba/shared/contracts/setup.ts'
import { call } from '../../api/call.ts'

type Change = Partial<Input<typeof guide.put>['body']>

/** What the merchant chose in the guide, changed in part. */
export function useGuide(view: GuideView) {
  const queryClient = useQueryClient()
  const changing = useMutation({
    mutationFn: (change: Change) => call(guide.put, { body: { ...chosenIn(view), ...change } }),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  return { change: changing.mutate, isBusy: changing.isPending, error: changing.error }
}

function chosenIn({ methods, steps, isFinished }: GuideView): Required<Change> {
  const skipped = SKIPPABLE_STEPS.filter((step) => steps.some((each) => each.step === step && each.state === 'skipped'))
  return { methods, skipped, isFinished }
}
