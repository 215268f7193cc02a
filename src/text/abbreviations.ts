/** What people ask for by its letters and newspapers spell out, or the reverse. */
export interface Abbreviation {
  /** Folded. */
  readonly short: string
  /** The long name as it is searched for. */
  readonly name: string
  /** The long name as texts have it. */
  readonly long: RegExp
}

export const ABBREVIATIONS: readonly Abbreviation[] = [
  { short: 'gdp', name: '生产总值', long: /(?<!洋)(?:地区|国内|全[国省市区县州])?生产总值/u },
  { short: 'cpi', name: '居民消费价格', long: /居民消费价格(?:总水平|总?指数)?/u },
  { short: 'ppi', name: '出厂价格', long: /工业(?:生产者|品)出厂价格(?:总?指数)?/u },
  { short: 'pmi', name: '采购经理', long: /采购经理人?指数/u },
  { short: 'ipo', name: '首次公开', long: /首次公开(?:发行|募股)(?:股票)?/u },
]

/** An abbreviation where it stands by itself: no AI of OpenAI. */
export const shortIn = ({ short }: Abbreviation, text: string): string | null =>
  new RegExp(`(?<![a-z\\d-])${short}(?![a-z\\d-])`, 'iu').exec(text)?.[0] ?? null
