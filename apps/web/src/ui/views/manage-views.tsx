/** All views of a list: renamed, replaced by what is shown, deleted, or chosen to open first. */
import { Badge, Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type SavedView, VIEW_NAME_LENGTH } from '@choba/shared/contracts/views.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useWords } from '../../i18n/language.ts'
import { Failure } from '../feedback/failure.tsx'
import styles from './views.module.css'
import type { Shown, ViewActions } from './view-actions.ts'

type ManageViewsProps = {
  readonly items: readonly SavedView[]
  readonly defaultId: string | null
  readonly shown: Shown
  readonly actions: ViewActions
  readonly onClose: () => void
}

export function ManageViews({ items, defaultId, shown, actions, onClose }: ManageViewsProps) {
  const { app, views: words } = useWords()
  const [removing, setRemoving] = useState<SavedView | null>(null)
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={removing === null ? words.manage : fill(words.remove_title, { name: removing.name })}
      closeButtonProps={{ 'aria-label': app.close }}
    >
      <Stack gap="md">
        <Failure failed={actions.failed} />
        {removing === null ? (
          <ul className={styles.views}>
            {items.map((view) => (
              <View
                key={view.id}
                view={view}
                isDefault={view.id === defaultId}
                shown={shown}
                actions={actions}
                onRemove={() => setRemoving(view)}
              />
            ))}
          </ul>
        ) : (
          <>
            <p style={{ margin: 0 }}>{removing.isShared ? words.remove_shared : words.remove_text}</p>
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={() => setRemoving(null)}>
                {app.cancel}
              </Button>
              <Button
                color="vermilion"
                loading={actions.isBusy}
                onClick={() => {
                  actions.remove(removing.id).then(
                    () => setRemoving(null),
                    () => undefined, // said above
                  )
                }}
              >
                {words.remove}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Modal>
  )
}

type ViewProps = {
  readonly view: SavedView
  readonly isDefault: boolean
  readonly shown: Shown
  readonly actions: ViewActions
  readonly onRemove: () => void
}

function View({ view, isDefault, shown, actions, onRemove }: ViewProps) {
  const { app, views: words } = useWords()
  const [name, setName] = useState<string | null>(null)
  const why = view.mayChange ? undefined : words.may_not_change
  const isFixed = !view.mayChange || actions.isBusy
  function keep(change: Partial<Shown & { name: string }>): void {
    const { id, isShared, search, columns } = view
    actions.keep({ id, name: view.name, isShared, search, columns, ...change }).then(
      () => setName(null),
      () => undefined, // said above the list
    )
  }
  if (name !== null)
    return (
      <li className={styles.view}>
        <form
          className={styles.rename}
          onSubmit={(event) => {
            event.preventDefault()
            if (name.trim() !== '') keep({ name })
          }}
        >
          <TextInput
            aria-label={words.name}
            size="xs"
            value={name}
            maxLength={VIEW_NAME_LENGTH}
            data-autofocus
            autoFocus
            style={{ flex: 1 }}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button size="xs" variant="default" onClick={() => setName(null)}>
            {app.cancel}
          </Button>
          <Button size="xs" type="submit" disabled={name.trim() === ''} loading={actions.isBusy}>
            {words.keep}
          </Button>
        </form>
      </li>
    )
  return (
    <li className={styles.view}>
      <div className={styles.head}>
        <strong className={styles.name}>{view.name}</strong>
        {view.isShared ? (
          <>
            <Badge size="sm" variant="default">
              {words.shared}
            </Badge>
            <span className="soft">{fill(words.by, { name: view.by.name })}</span>
          </>
        ) : null}
      </div>
      <div className={styles.actions}>
        <Checkbox
          size="xs"
          label={words.is_default}
          aria-label={fill(words.default_of, { name: view.name })}
          checked={isDefault}
          disabled={actions.isBusy}
          onChange={() => void actions.setDefault(isDefault ? null : view.id).catch(() => undefined)} // said above the list
        />
        {(
          [
            [words.rename, words.rename_of, () => setName(view.name)],
            [words.replace, words.replace_of, () => keep(shown)],
            [words.remove, words.remove_of, onRemove],
          ] as const
        ).map(([word, of, act]) => (
          <Button
            key={word}
            size="compact-xs"
            variant="subtle"
            disabled={isFixed}
            title={why}
            aria-label={fill(of, { name: view.name })}
            onClick={act}
          >
            {word}
          </Button>
        ))}
      </div>
    </li>
  )
}
