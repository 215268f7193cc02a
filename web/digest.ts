/** SHA-256 of bytes, computed in this browser. Only pages of https and of this machine itself may. */
export const sha256 = async (
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ readonly hex: string; readonly base64: string }> => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return {
    hex: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''),
    base64: btoa(String.fromCharCode(...digest)),
  }
}

/** Whether the browser computes hashes at this address. */
export const canHash = (): boolean => globalThis.crypto?.subtle !== undefined
