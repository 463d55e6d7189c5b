/** Sending a file in: its bytes as they are, and no JSON around them. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IMPORT_UPLOAD_PATH, imports, type ImportUploaded } from '@choba/shared/contracts/imports.ts'
import { queryString, request } from './call.ts'
import type { TextEncoding, ImportKind } from '@choba/shared/imports/names.ts'

export type FileToSend = {
  readonly kind: ImportKind
  readonly shop: string
  readonly file: File
  readonly encoding?: TextEncoding | undefined
  readonly delimiter?: string | undefined
}

/** @throws ApiError import.unreadable with `details.reason` and `details.line` */
async function upload({ kind, shop, file, encoding, delimiter }: FileToSend): Promise<ImportUploaded> {
  const answer = await request(
    `${IMPORT_UPLOAD_PATH}?${queryString({ kind, shop, name: file.name.slice(-200), encoding, delimiter })}`,
    {
      method: 'POST',
      body: file,
      headers: { 'content-type': 'text/csv' },
    },
  )
  return answer as ImportUploaded // the BFF parses its answer by the same schema before it sends it
}

export function useUpload(onTaken: (answer: ImportUploaded) => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: upload,
    async onSuccess(answer) {
      onTaken(answer)
      await queryClient.invalidateQueries({ queryKey: [imports.list.path] })
    },
  })
}
