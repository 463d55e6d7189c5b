/** The password of a new account, typed twice; and what every form for a new account asks of its fields. */
import { PasswordInput } from '@mantine/core'
import { LEAST_PASSWORD_LENGTH } from '@choba/shared/contracts/members.ts'
import type { Labels } from '@choba/shared/labels/types.ts'
import { useWords } from '../../i18n/language.ts'

type Form = {
  key(path: string): string
  getInputProps(path: string): object
}

export function accountRules(words: Labels['join']) {
  return {
    name: (value: string) => (value.trim() === '' ? words.name_missing : null),
    password: (value: string) => (value.length < LEAST_PASSWORD_LENGTH ? words.password_short : null),
    again: (value: string, { password }: { readonly password: string }) =>
      value === password ? null : words.again_differs,
  }
}

export function NewPassword({ form }: { readonly form: Form }) {
  const { join: words } = useWords()
  const fields = [
    ['password', words.password],
    ['again', words.again],
  ] as const
  return fields.map(([name, label]) => (
    <PasswordInput
      key={form.key(name)}
      label={label}
      autoComplete="new-password"
      maxLength={128}
      {...form.getInputProps(name)}
    />
  ))
}
