/** Mail programs want line breaks as CR LF (RFC 6068). */
export function mailAddress(email: string, subject: string, body: string): string {
  const text = (value: string) => encodeURIComponent(value.replace(/\r?\n/g, '\r\n'))
  return `mailto:${encodeURIComponent(email).replace('%40', '@')}?subject=${text(subject)}&body=${text(body)}`
}
