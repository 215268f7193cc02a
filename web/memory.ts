/** What was remembered on this machine under a name; null when nothing was, or storage is forbidden. */
export const recall = (name: string): string | null => {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

/** Keeps a text on this machine; false where the browser does not let us, or has no room. */
export const remember = (name: string, value: string): boolean => {
  try {
    localStorage.setItem(name, value)
    return true
  } catch {
    return false
  }
}

/** Forgets what was remembered under a name. */
export const forget = (name: string): void => {
  try {
    localStorage.removeItem(name)
  } catch {
    // Storage is forbidden: there is nothing to forget.
  }
}
