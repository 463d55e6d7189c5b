/** Which columns of a list go into its file, and in which order. */
import { Group, MultiSelect, Radio, Stack } from '@mantine/core'
import { COLUMNS_OF, type FileColumns } from '@choba/shared/columns/of-list.ts'
import type { ExportList } from '@choba/shared/contracts/exports.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'

const SCOPES = ['shown', 'all', 'chosen'] as const satisfies readonly FileColumns['scope'][]

type ColumnChoiceProps = {
  readonly list: ExportList
  readonly shown: readonly string[] | undefined
  readonly columns: FileColumns
  readonly onChange: (columns: FileColumns) => void
}

export function ColumnChoice({ list, shown, columns: { scope, chosen }, onChange }: ColumnChoiceProps) {
  const { export_dialog: words } = useWords()
  const language = useLanguage()
  const { ids, words: group } = COLUMNS_OF[list]
  const count = { shown: shown?.length ?? 0, all: ids.length }
  const scopes = SCOPES.filter((each) => each !== 'shown' || shown !== undefined)
  return (
    <Stack gap="xs">
      <Radio.Group
        label={words.columns}
        value={scope}
        onChange={(value) => {
          const next = SCOPES.find((each) => each === value) ?? 'all'
          // Begins with what would have been written.
          const first = scope === 'shown' ? shown : ids
          onChange({ scope: next, chosen: next === 'chosen' ? (first ?? ids) : [] })
        }}
      >
        <Group mt={6}>
          {scopes.map((each) => (
            <Radio
              key={each}
              size="xs"
              value={each}
              label={each === 'chosen' ? words.columns_chosen : fill(words[`columns_${each}`], { count: count[each] })}
            />
          ))}
        </Group>
      </Radio.Group>
      {scope === 'chosen' ? (
        <MultiSelect
          label={words.columns_in_order}
          description={words.columns_in_order_hint}
          searchable
          clearable
          hidePickedOptions
          withPillsReorder
          maxDropdownHeight={240}
          clearButtonProps={{ 'aria-label': words.columns_clear, 'aria-hidden': false, tabIndex: 0 }}
          data={ids.map((id) => ({ value: id, label: label(language, group, id) }))}
          value={[...chosen]}
          error={chosen.length === 0 ? words.columns_missing : null}
          onChange={(value) => onChange({ scope, chosen: value })}
        />
      ) : null}
    </Stack>
  )
}
