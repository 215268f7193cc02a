import { safe } from './escape.ts'

interface Page {
  /** Plain text. */
  readonly title: string
  /** Address of the style, relative or absolute; null for none. */
  readonly style: string | null
  /** Markup, every value in it escaped. */
  readonly body: string
}

/** A page without script that the server itself writes. */
export const htmlPage = ({ title, style, body }: Page): string => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${safe(title)}</title>
<link rel="icon" href="data:,">
${style === null ? '' : `<link rel="stylesheet" href="${safe(style)}">`}
</head>
<body>
${body}
</body>
</html>
`
