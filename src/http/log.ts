import { pino } from 'pino'

/** One JSON object a line. Question texts are passed to `debug` alone. */
export interface Log {
  readonly error: (fields: object, message: string) => void
  readonly warn: (fields: object, message: string) => void
  readonly info: (fields: object, message: string) => void
  readonly debug: (fields: object, message: string) => void
}

/** `write` gets whole lines; to stderr it is synchronous, so the last words of a dying process are not lost. */
export const makeLog = (
  level: 'silent' | 'error' | 'warn' | 'info' | 'debug',
  write: (line: string) => void,
): Log => {
  const log = pino(
    {
      level,
      base: null,
      messageKey: 'event',
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write },
  )
  return {
    error: (fields, message) => log.error(fields, message),
    warn: (fields, message) => log.warn(fields, message),
    info: (fields, message) => log.info(fields, message),
    debug: (fields, message) => log.debug(fields, message),
  }
}
