/** Passkeys by the browser's own reading and writing of their JSON: no library in the page. */

export function canUsePasskeys(): boolean {
  // A passkey is made for a name: at a bare number of an address there is nothing to make it for.
  const hasName = !/^[\d.]+$|^\[/.test(window.location.hostname)
  return (
    hasName &&
    typeof PublicKeyCredential !== 'undefined' &&
    typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function' &&
    typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function'
  )
}

/** @throws DOMException when the person cancels, or has no passkey for this address */
export async function readPasskey(options: object): Promise<Record<string, unknown>> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as PublicKeyCredentialRequestOptionsJSON, // made by our server for this very call
  )
  return toJson(await navigator.credentials.get({ publicKey }))
}

/** @throws DOMException when the person cancels, or has one on this device already */
export async function makePasskey(options: object): Promise<Record<string, unknown>> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as PublicKeyCredentialCreationOptionsJSON, // made by our server for this very call
  )
  return toJson(await navigator.credentials.create({ publicKey }))
}

function toJson(credential: Credential | null): Record<string, unknown> {
  if (!(credential instanceof PublicKeyCredential)) throw new DOMException('no passkey', 'NotAllowedError')
  return { ...credential.toJSON() }
}
