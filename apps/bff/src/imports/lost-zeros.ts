/** Telephone numbers and postal codes as a spreadsheet leaves them that took them for numbers: their first zero is gone. */

/** Every Japanese number begins with 0: nine digits were ten, and ten without it were eleven. */
export function zeroPhone(text: string): string {
  const phone = text
    .normalize('NFKC')
    .replace(/[()\s]/g, '')
    .replace(/[‐‑–―−ー]/g, '-')
  return /^[1-9]\d{8,9}$/.test(phone) ? `0${phone}` : phone
}

export function zeroZip(text: string): string {
  const zip = text.normalize('NFKC').replace(/[〒\s]/g, '')
  return /^\d{6}$/.test(zip) ? `0${zip}` : zip
}
