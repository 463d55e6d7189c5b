/** How often a file was taken; a click says by whom and when. */
import { Button, Popover } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type ExportRow, exports } from '@choba/shared/contracts/exports.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatCount } from '../../ui/money/format-yen.ts'
import { formatInstant } from '../../ui/time/format-time.ts'

export function Takers({ row }: { readonly row: ExportRow }) {
  const { exports: words, app } = useWords()
  const language = useLanguage()
  const [opened, setOpened] = useState(false)
  const taken = useQuery({ ...q(exports.downloads, { id: row.id }), enabled: opened, staleTime: 0 })
  const count = fill(words.download_count, { count: formatCount(row.downloads) })
  return (
    <Popover opened={opened} onChange={setOpened} withinPortal trapFocus returnFocus>
      <Popover.Target>
        <Button size="xs" variant="subtle" onClick={() => setOpened(!opened)} aria-expanded={opened}>
          {`${words.downloads} ${count}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <strong>{words.taken_title}</strong>
        {taken.data === undefined ? (
          <p className="soft">{app.loading}</p>
        ) : taken.data.items.length === 0 ? (
          <p className="soft">{words.taken_none}</p>
        ) : (
          <ul style={{ margin: '6px 0 0', paddingInlineStart: 18 }}>
            {taken.data.items.map(({ name, at }) => (
              <li key={`${name} ${at}`}>
                {name} <span className="soft">{formatInstant(at, language)}</span>
              </li>
            ))}
          </ul>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
