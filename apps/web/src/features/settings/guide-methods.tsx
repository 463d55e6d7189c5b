import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { GuideView } from '@choba/shared/contracts/setup.ts'
import { METHODS } from '@choba/shared/methods.ts'
import { failedOf } from '../../api/api-error.ts'
import { useWords } from '../../i18n/language.ts'
import { Failure } from '../../ui/feedback/failure.tsx'
import { useGuide } from './use-guide.ts'

export function MethodsStep({ view }: { readonly view: GuideView }) {
  const { guide: words, method: names } = useWords()
  const [chosen, setChosen] = useState(view.methods)
  const { change, isBusy, error } = useGuide(view)
  const isSame = METHODS.every((method) => chosen.includes(method) === view.methods.includes(method))
  return (
    <>
      {METHODS.map((method) => (
        <Checkbox
          key={method}
          size="xs"
          label={names[method]}
          checked={chosen.includes(method)}
          onChange={(event) =>
            setChosen(event.currentTarget.checked ? [...chosen, method] : chosen.filter((each) => each !== method))
          }
        />
      ))}
      <Button
        size="compact-sm"
        variant="default"
        disabled={isSame || chosen.length === 0}
        loading={isBusy}
        onClick={() => change({ methods: METHODS.filter((method) => chosen.includes(method)) })}
      >
        {words.save_methods}
      </Button>
      <Failure failed={failedOf(error)} />
    </>
  )
}
