import type { Range } from '../src/core/ranges.ts'
import type { Article, Warning } from '../src/core/types.ts'

/** A row of GET /articles. */
export interface ArticleRow extends Pick<Article, 'id' | 'title' | 'date' | 'byline' | 'source' | 'section'> {
  readonly file: string
  readonly fileId: string
  readonly paragraphs: number
}

/** GET /articles/:id. */
export interface ArticleBody extends Omit<ArticleRow, 'paragraphs'> {
  readonly titleRanges: readonly Range[]
  readonly subtitle: string | null
  readonly subtitleRanges: readonly Range[]
  readonly bylineRanges: readonly Range[]
  readonly fileSha256: string
  readonly url?: string | null
  readonly paragraphs: readonly {
    readonly n: number
    readonly text: string
    readonly ranges: readonly Range[]
  }[]
}

/** A file as it lies on the disk: its bytes, and the text that they are in the charset the server names. */
export interface Original {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly charset: string
  readonly text: string
}

/** How far a build is. */
export interface Building {
  readonly stage: string
  readonly done: number
  readonly total: number
  /** 0 to 100 over all stages. */
  readonly percent: number
}

/** GET /index. */
export interface IndexStatus {
  /** null while there is no index. */
  readonly generation: string | null
  /** ISO 8601. */
  readonly builtAt: string | null
  readonly files: number
  readonly articles: number
  readonly passages: number
  /** The files are no longer those that were indexed. */
  readonly changed: boolean
  readonly building: Building | null
  /** Why the last build failed. */
  readonly error: string | null
  readonly warnings: readonly Warning[]
}
