import { Link } from '@tanstack/react-router'
import { useMay } from '../../../api/session.ts'
import { useWords } from '../../../i18n/language.ts'

/** Where tags come from, for whoever finds none to put on. */
export function NoTags() {
  const { tags: words } = useWords()
  const mayMake = useMay('settings.manage')
  return (
    <p style={{ margin: 0 }}>
      {words.none_title}{' '}
      {mayMake ? (
        <Link to="/settings/tags" className="link-button">
          {words.make}
        </Link>
      ) : (
        <span className="soft">{words.ask_admin}</span>
      )}
    </p>
  )
}
