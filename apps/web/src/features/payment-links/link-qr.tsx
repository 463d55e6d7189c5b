/** The address as a QR code: drawn here, so that no address of a payment goes to another server. */
import { useMemo } from 'react'
import { renderSVG } from 'uqr'
import styles from './links.module.css'

export function LinkQr({ url, name }: { readonly url: string; readonly name: string }) {
  const source = useMemo(() => `data:image/svg+xml,${encodeURIComponent(renderSVG(url, { border: 1 }))}`, [url])
  return <img className={styles.qr} src={source} alt={name} />
}
