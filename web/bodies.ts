import type { Range } from '../src/core/ranges.ts'
import type { Article } from '../src/core/types.ts'

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
