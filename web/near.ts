import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** How far from what is on the screen something is near: about a screen. */
const MARGIN = '1000px 0px'

/** Whether an element is, or once was, near what is on the screen; `at` is what is thought of it at first. */
export const useNear = (ref: RefObject<Element | null>, at: boolean): boolean => {
  const [near, setNear] = useState(at)
  useEffect(() => {
    const element = ref.current
    if (near || element === null) return
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setNear(true),
      { rootMargin: MARGIN },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [near, ref])
  return near
}
