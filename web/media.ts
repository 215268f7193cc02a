import { useEffect, useState } from 'preact/hooks'

/** Below this width the source lies over the conversation; the same number is in styles/source.css. */
export const NARROW = '(max-width: 899px)'

/** Whether a media query holds, now and whenever it changes. */
export const useMedia = (query: string): boolean => {
  const [holds, setHolds] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const media = matchMedia(query)
    const follow = () => setHolds(media.matches)
    follow()
    media.addEventListener('change', follow)
    return () => media.removeEventListener('change', follow)
  }, [query])
  return holds
}
