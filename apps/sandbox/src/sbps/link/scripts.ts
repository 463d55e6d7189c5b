/** The page's own scripts. Where they do not run, the forms work as they are. */

/** The card becomes a one-time token before the form is sent, and its fields are emptied. */
export const CARD_SCRIPT = `(function () {
  'use strict'
  var form = document.getElementById('card')
  form.addEventListener('submit', function (event) {
    event.preventDefault()
    com_sbps_system.generateToken({
      merchantId: form.dataset.merchant,
      serviceId: form.dataset.service,
      ccNumber: form.cc_number.value.replace(/[ -]/g, ''),
      ccExpiration: form.cc_year.value + form.cc_month.value,
      securityCode: form.security_code.value
    }, function (answer) {
      if (answer.result === 'OK') {
        form.token.value = answer.tokenResponse.token
        form.token_key.value = answer.tokenResponse.tokenKey
      } else {
        form.token_error.value = answer.errorCode
      }
      form.cc_number.value = ''
      form.security_code.value = ''
      form.submit()
    })
  })
})()
`

/** Takes the result home at once. */
export const HOME_SCRIPT = `document.getElementById('home').submit()
`
