/**
 * The browser script that turns a card into a one-time token. It offers the global names that shops' pages already
 * call: `com_sbps_system.generateToken(fields, callback)`.
 */
export const TOKEN_SCRIPT = `(function (global) {
  'use strict'
  var script = document.currentScript
  var origin = script && script.src ? new URL(script.src).origin : ''
  function generateToken(fields, callback) {
    fetch(origin + '/sbpstoken/tokens', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        merchantId: String(fields.merchantId || ''),
        serviceId: String(fields.serviceId || ''),
        ccNumber: String(fields.ccNumber || ''),
        ccExpiration: String(fields.ccExpiration || ''),
        securityCode: String(fields.securityCode || '')
      })
    })
      .then(function (answer) { return answer.json() })
      .catch(function () { return { result: 'NG', errorCode: '10192999' } })
      .then(callback)
  }
  global.com_sbps_system = { generateToken: generateToken }
})(window)
`
