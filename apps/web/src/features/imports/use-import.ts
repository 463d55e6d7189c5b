/** One run: asked again while it moves, and what a person may do with it. */
import { notifications } from '@mantine/notifications'
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Input } from '@choba/shared/contract.ts'
import { type ImportRun, imports } from '@choba/shared/contracts/imports.ts'
import { label, type Language } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { useLanguage } from '../../i18n/language.ts'
import { isMoving } from './import-words.ts'
import type { ImportRowState } from '@choba/shared/imports/names.ts'

const LOOK_MS = 1000
const PAGE_ROWS = 100

export function useRun(id: string) {
  return useQuery({
    ...q(imports.get, { id }),
    refetchInterval: (query) => (query.state.data !== undefined && isMoving(query.state.data) ? LOOK_MS : false),
  })
}

/** Rows of one state; asked again whenever the run's counts have changed. */
export function useRows(run: ImportRun, state: ImportRowState | undefined) {
  const list = useInfiniteQuery({
    queryKey: [imports.rows.path, run.id, state ?? 'all', run.state, JSON.stringify(run.counts)] as const,
    initialPageParam: 0,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      call(
        imports.rows,
        { id: run.id, query: { after: pageParam, limit: PAGE_ROWS, ...(state && { state }) } },
        signal,
      ),
    getNextPageParam: (last) => last.next,
  })
  const rows = useMemo(() => (list.data?.pages ?? []).flatMap((page) => page.items), [list.data])
  return { list, rows }
}

export type RunCommand = 'run' | 'cancel' | 'retry' | 'confirm' | 'undo'

export function useRunCommands(id: string) {
  const queryClient = useQueryClient()
  const language = useLanguage()
  function keep(run: ImportRun): void {
    queryClient.setQueryData(q(imports.get, { id }).queryKey, run)
    void queryClient.invalidateQueries({ queryKey: [imports.list.path] })
  }
  const onError = (error: unknown) => tellFailure(error, language)
  const command = useMutation({
    mutationFn: (name: RunCommand) => call(imports[name], { id, body: {} }),
    onSuccess: keep,
    onError,
  })
  const map = useMutation({
    mutationFn: (body: Input<typeof imports.map>['body']) => call(imports.map, { id, body }),
    onSuccess: keep,
    onError,
  })
  const edit = useMutation({
    mutationFn: ({ row, ...body }: Input<typeof imports.editRow>['body'] & { readonly row: number }) =>
      call(imports.editRow, { id, row: String(row), body }),
    async onSuccess({ run }) {
      keep(run)
      await queryClient.invalidateQueries({ queryKey: [imports.rows.path, id] })
    },
    onError,
  })
  return { command, map, edit }
}

function tellFailure(error: unknown, language: Language): void {
  const { code } = asApiError(error)
  notifications.show({
    color: 'vermilion',
    title: label(language, 'error', code),
    message: label(language, 'error_advice', code),
  })
}
