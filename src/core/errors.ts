/** Closed list: each code has one HTTP status (http/problems.ts), one exit code (cli/exit-codes.ts) and one line in docs/errors.md. */
export type ErrorCode =
  | 'bad_input' // what was asked or set is not valid
  | 'bad_config' // a setting is not valid
  | 'not_found' // no article, file or route of that name
  | 'corpus_missing' // no such folder, or not a folder
  | 'corpus_empty' // nothing in it could be read as an article
  | 'index_missing' // no generation that can be served
  | 'index_damaged' // a generation does not match its hashes
  | 'index_mismatch' // made by another model, version or settings
  | 'index_locked' // another process is building
  | 'model_missing' // folder or file of a model is not there
  | 'model_damaged' // a model file does not match its hash
  | 'model_unavailable' // the model child is down or did not answer in time
  | 'disk_full' // no space left for the index
  | 'overloaded' // the queue is full
  | 'timeout' // took longer than allowed
  | 'aborted' // the client went away
  | 'port_taken' // the address is in use
  | 'verify_failed' // an answer does not match the files

/** Every failure that is expected to happen, with what to do about it in the message. */
export class ChuchuError extends Error {
  readonly code: ErrorCode
  /** Facts for programs: offending fields, offsets, pids. Never the text of an article or question. */
  readonly details: Readonly<Record<string, unknown>> | undefined

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly details?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'ChuchuError'
    this.code = code
    this.details = options.details
  }
}

/** The system's own code of an error ("ENOSPC"), when it has one; ours are none of the system's. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error &&
  !(error instanceof ChuchuError) &&
  'code' in error &&
  typeof error.code === 'string'
    ? error.code
    : undefined
