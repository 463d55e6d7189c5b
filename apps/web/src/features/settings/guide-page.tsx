/** From the first shop to the first payment. What is done is read from what there is, so it can be left and gone on with. */
import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { guide, type GuideStep, type GuideView, SKIPPABLE_STEPS } from '@choba/shared/contracts/setup.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { useWords } from '../../i18n/language.ts'
import { Failure } from '../../ui/feedback/failure.tsx'
import { ConnectionStep } from './guide-connection.tsx'
import { MethodsStep } from './guide-methods.tsx'
import { ShopStep } from './guide-shop.tsx'
import styles from './guide.module.css'
import { ReadPage } from './read-page.tsx'
import { useGuide } from './use-guide.ts'

export function GuidePage() {
  const words = useWords()
  return (
    <ReadPage title={words.settings_section.guide} lead={words.guide.lead} contract={guide.get}>
      {(view) => <Guide view={view} />}
    </ReadPage>
  )
}

function Guide({ view }: { readonly view: GuideView }) {
  const { guide: words } = useWords()
  const { change, isBusy, error } = useGuide(view)
  const isOpen = view.steps.some(({ state }) => state === 'open')
  const first = view.steps.find(({ state }) => state === 'open')?.step
  const done = view.steps.filter(({ state }) => state === 'done').length
  if (view.isFinished)
    return (
      <p className="soft">
        {words.finished}{' '}
        <Button size="compact-xs" variant="default" loading={isBusy} onClick={() => change({ isFinished: false })}>
          {words.reopen}
        </Button>
      </p>
    )
  return (
    <>
      <p className="soft" role="status">
        {isOpen ? fill(words.progress, { all: view.steps.length, done }) : words.all_done}
      </p>
      <ol className={styles.steps}>
        {view.steps.map(({ step, state }, index) => (
          <Step key={step} step={step} state={state} number={index + 1} isNext={step === first}>
            <Action step={step} view={view} />
            {state !== 'done' && isSkippable(step) ? (
              <Button
                size="compact-sm"
                variant="subtle"
                loading={isBusy}
                onClick={() => change({ skipped: toggled(view, step) })}
              >
                {state === 'skipped' ? words.unskip : words.skip}
              </Button>
            ) : null}
          </Step>
        ))}
      </ol>
      <Failure failed={failedOf(error)} />
      <div className={styles.actions}>
        {isOpen ? null : (
          <Button component={Link} to="/payments" size="compact-sm">
            {words.to_payments}
          </Button>
        )}
        <Button size="compact-sm" variant="default" loading={isBusy} onClick={() => change({ isFinished: true })}>
          {words.finish}
        </Button>
      </div>
    </>
  )
}

type StepProps = {
  readonly step: GuideStep
  readonly state: GuideView['steps'][number]['state']
  readonly number: number
  /** The first that is open: what to do now. */
  readonly isNext: boolean
  readonly children: ReactNode
}

function Step({ step, state, number, isNext, children }: StepProps) {
  const { guide: words, guide_step: titles, guide_text: texts } = useWords()
  return (
    <li className={styles.step} data-state={state} aria-current={isNext ? 'step' : undefined}>
      <span className={styles.number} aria-hidden="true">
        {state === 'done' ? <IconCheck size={16} /> : number}
      </span>
      <div>
        <h2 className={styles.title}>
          {titles[step]}
          {state === 'open' ? null : <span className={styles.state}>{words[state]}</span>}
        </h2>
        <p className={styles.text}>{texts[step]}</p>
        <div className={styles.actions}>{children}</div>
      </div>
    </li>
  )
}

function Action({ step, view }: { readonly step: GuideStep; readonly view: GuideView }): ReactNode {
  const { guide: words } = useWords()
  switch (step) {
    case 'shop':
      return <ShopStep />
    case 'methods':
      return <MethodsStep key={view.methods.join()} view={view} />
    case 'connection':
      return <ConnectionStep view={view} />
    case 'terms':
      return (
        <Button component={Link} to="/contracts" size="compact-sm" variant="default">
          {words.terms}
        </Button>
      )
    case 'history':
      return (
        <Button
          size="compact-sm"
          variant="default"
          renderRoot={(props) => <Link to="/imports" search={{ kind: 'history' }} {...props} />}
        >
          {words.import}
        </Button>
      )
    case 'payment':
      return (
        <>
          <Button component={Link} to="/orders/new" size="compact-sm" variant="default">
            {words.order}
          </Button>
          <Button component={Link} to="/links/new" size="compact-sm" variant="default">
            {words.link}
          </Button>
        </>
      )
  }
}

type Skippable = (typeof SKIPPABLE_STEPS)[number]

function isSkippable(step: GuideStep): step is Skippable {
  return SKIPPABLE_STEPS.some((each) => each === step)
}

function toggled({ steps }: GuideView, step: Skippable): Skippable[] {
  return SKIPPABLE_STEPS.filter((each) => {
    const wasSkipped = steps.some((known) => known.step === each && known.state === 'skipped')
    return each === step ? !wasSkipped : wasSkipped
  })
}
