import { ChuchuError, type ErrorCode } from '../core/errors.ts'

/** A check was made and something does not hold (verify, doctor). */
export const CHECK_FAILED = 1
/** The command line, a setting or a question is not valid. */
export const USAGE = 2
/** A fault of the program itself. */
export const FAULT = 9
/** Ctrl-C: 128 + SIGINT, as shells count. */
export const INTERRUPTED = 130

/** Exit code of every expected failure; docs/errors.md explains them. */
const CODE_OF: Readonly<Record<ErrorCode, number>> = {
  verify_failed: CHECK_FAILED,
  bad_input: USAGE,
  bad_config: USAGE,
  not_found: USAGE,
  corpus_missing: 3,
  corpus_empty: 3,
  index_missing: 4,
  index_damaged: 4,
  index_mismatch: 4,
  index_locked: 4,
  model_missing: 5,
  model_damaged: 5,
  model_unavailable: 5,
  disk_full: 6,
  port_taken: 7,
  overloaded: 8,
  timeout: 8,
  aborted: INTERRUPTED,
}

export const exitCodeOf = (error: unknown): number =>
  error instanceof ChuchuError ? CODE_OF[error.code] : FAULT

/** The list for --help. */
export const EXIT_HELP = `Exit codes:
  0    done
  1    verify or doctor found something that does not hold
  2    command line, setting or question not valid
  3    corpus missing or empty
  4    index missing, damaged, made by another model, or being built by another process
  5    model missing, damaged or not answering
  6    no space left on the disk
  7    port taken
  8    too slow or overloaded
  9    a fault of the program itself
  130  stopped by Ctrl-C`
