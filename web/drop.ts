import { useCallback, useEffect, useState } from 'preact/hooks'

const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true

/**
 * Whether files were dropped on the page, and a way to forget it. Left to itself the browser would leave the page and
 * show the file.
 */
export const useDropped = (): readonly [boolean, () => void] => {
  const [dropped, setDropped] = useState(false)
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (holdsFiles(event)) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      setDropped(true)
    }
    addEventListener('dragover', over)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('drop', drop)
    }
  }, [])
  return [dropped, useCallback(() => setDropped(false), [])]
}
