/** Puts a text on the clipboard, with its HTML form where the browser takes one. false when it does not let us. */
export const copy = async (plain: string, html?: string): Promise<boolean> => {
  try {
    if (html !== undefined && typeof ClipboardItem === 'function') {
      const part = (type: string, text: string) => [type, new Blob([text], { type })] as const
      await navigator.clipboard.write([
        new ClipboardItem(Object.fromEntries([part('text/plain', plain), part('text/html', html)])),
      ])
    } else {
      await navigator.clipboard.writeText(plain)
    }
    return true
  } catch {
    return false
  }
}

/** Lets the browser save a text as a file. */
export const save = (name: string, type: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
