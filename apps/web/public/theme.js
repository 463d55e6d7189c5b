// Sets the colour scheme and the language of the page before the first paint. A file of its own: the page allows no inline script.
;(function () {
  var scheme = 'auto'
  var language = 'ja'
  try {
    scheme = localStorage.getItem('choba-theme') || 'auto'
    language = localStorage.getItem('choba-language') || 'ja'
  } catch {
    // Storage can be closed to us; the defaults stand.
  }
  var dark = scheme === 'dark' || (scheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
  document.documentElement.lang = language === 'en' ? 'en' : 'ja'
})()
