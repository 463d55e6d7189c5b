/** The views of a list, to open, keep and manage: what is shown now is kept under a name. */
import { Button, Menu } from '@mantine/core'
import { IconBookmark, IconChevronDown, IconStarFilled } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { SavedView } from '@choba/shared/contracts/views.ts'
import { useWords } from '../../i18n/language.ts'
import type { Shown, ViewActions } from './view-actions.ts'

const SaveView = lazy(() => import('./save-view.tsx').then((module) => ({ default: module.SaveView })))
const ManageViews = lazy(() => import('./manage-views.tsx').then((module) => ({ default: module.ManageViews })))

type ViewMenuProps = {
  readonly items: readonly SavedView[]
  readonly defaultId: string | null
  readonly shown: Shown
  readonly mayShare: boolean
  readonly actions: ViewActions
  readonly onOpen: (view: SavedView) => void
}

export function ViewMenu({ items, defaultId, shown, mayShare, actions, onOpen }: ViewMenuProps) {
  const words = useWords().views
  const [dialog, setDialog] = useState<'save' | 'manage' | null>(null)
  const current = items.find((view) => isShown(view, shown))
  const groups = [
    [words.own, items.filter((view) => !view.isShared)],
    [words.shared, items.filter((view) => view.isShared)],
  ] as const
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            h={30}
            maw={220}
            leftSection={<IconBookmark size={15} aria-hidden="true" />}
            rightSection={<IconChevronDown size={14} aria-hidden="true" />}
            aria-label={current === undefined ? words.title : `${words.title} ${current.name}`}
          >
            <span style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>{current?.name ?? words.title}</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="min(70vh, 420px)" style={{ overflowY: 'auto' }}>
          {items.length === 0 ? <Menu.Label>{words.none}</Menu.Label> : null}
          {groups.map(([name, views]) =>
            views.length === 0 ? null : (
              <div key={name} role="group" aria-label={name}>
                <Menu.Label>{name}</Menu.Label>
                {views.map((view) => (
                  <Menu.Item
                    key={view.id}
                    fw={view.id === current?.id ? 600 : undefined}
                    rightSection={
                      view.id === defaultId ? (
                        <IconStarFilled size={12} role="img" aria-label={words.is_default} />
                      ) : undefined
                    }
                    onClick={() => onOpen(view)}
                  >
                    {view.name}
                  </Menu.Item>
                ))}
              </div>
            ),
          )}
          <Menu.Divider />
          <Menu.Item onClick={() => setDialog('save')}>{words.save}</Menu.Item>
          <Menu.Item disabled={items.length === 0} onClick={() => setDialog('manage')}>
            {words.manage}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {dialog === 'save' ? (
          <SaveView shown={shown} mayShare={mayShare} actions={actions} onClose={() => setDialog(null)} />
        ) : null}
        {dialog === 'manage' ? (
          <ManageViews
            items={items}
            defaultId={defaultId}
            shown={shown}
            actions={actions}
            onClose={() => setDialog(null)}
          />
        ) : null}
      </Suspense>
    </>
  )
}

function isShown(view: SavedView, shown: Shown): boolean {
  return (
    view.search === shown.search &&
    (view.columns === null || view.columns.join(',') === (shown.columns ?? []).join(','))
  )
}
