import type { Desk, Progress } from '../core/ports.ts'
import type { IndexInfo } from '../core/types.ts'
import type { Loan } from './shelf.ts'

/** How far a build is; `start` until the indexer has said anything. */
export interface Building {
  readonly stage: Progress['stage'] | 'start'
  readonly done: number
  readonly total: number
  /** 0 to 100 over all stages. */
  readonly percent: number
}

/** What GET /readyz and GET /index tell. */
export interface State {
  readonly index: {
    readonly state: 'opening' | 'ready' | 'missing' | 'failed'
    readonly info: IndexInfo | null
    /** When it was built, ISO 8601. */
    readonly builtAt: string | null
    readonly building: Building | null
    /** Why the last build failed, in words without paths. */
    readonly error: string | null
  }
  readonly models: {
    readonly embedder: 'ready' | 'starting' | 'down'
    readonly reader: 'ready' | 'starting' | 'down' | 'none'
    /** Why one is down and what to do, in words without paths. */
    readonly error: string | null
  }
}

/** What the server serves from; cli/serve.ts keeps it alive. */
export interface Backend {
  /** The desk of the moment, open until released; null while there is none. */
  readonly borrow: () => Loan<Desk> | null
  readonly state: () => State
  /** Whether the corpus is another than the one that is served. Reads its files, now or a moment ago. */
  readonly changed: () => boolean
  /** Told that the index that is served is no longer what was opened: it is built again in the background. */
  readonly damaged: (fault: Error) => void
  /** Has the index built again, in the background. False when the corpus is the one that is served and nothing runs. */
  readonly renew: () => boolean
}
