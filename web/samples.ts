/** What sample questions are made from: a title and the paragraphs, or sentences, that go with it. */
export interface Material {
  readonly title: string | null
  readonly texts: readonly string[]
}

/** Code units of a clause that makes a question: shorter ones miss their subject, longer ones do not fit a line. */
const SHORTEST = 13
const LONGEST = 30

/** A figure with the word that counts it. Years, months and days are left out: they seldom are what a clause says. */
const FIGURE =
  /(?<![\d.．第])\d[\d,.]*(?:多|余)?([万亿千百]*)(个|家|户|人|名|位|项|件|条|座|次|台|辆|所|种|艘|套|场|吨|公里|亩|平方米|平方公里|元|美元|倍|%|％)/g

/** Clauses that lean on the one before, so that they ask nothing when they stand alone. */
const LEANS =
  /^(?:其中|同比|环比|分别|比上|较上|增长|下降|占|其|该|这|那|此|他|她|它|并|也|还|又|而|但|使|让|约|近|达|共|已|将|平均|累计|截至|目前|以及|包括|同时|则|再|就|都|、|继续|眼下|原本|建成)/

/**
 * Questions whose answers stand in the texts: a clause with one figure, the figure replaced by 多少.
 * Nothing is written in: another corpus brings other questions. Best first.
 */
export const clozeQuestions = (material: Material): readonly string[] => {
  const found = material.texts.flatMap((text) =>
    text.split(/[，。；！？：“”\n（）]/).flatMap((clause) => {
      const question = cloze(clause.trim())
      return question === null ? [] : [{ question, worth: worth(question, material.title ?? '') }]
    }),
  )
  return [...new Set(found.sort((a, b) => b.worth - a.worth).map(({ question }) => question))]
}

/** A question of every article, then a second one, others with each `turn`; titles only where no clause asks anything. */
export const sampleQuestions = (
  materials: readonly Material[],
  wanted: number,
  turn: number,
): readonly string[] => {
  const choices = materials.map((material) => clozeQuestions(material).slice(0, CHOICES))
  const asked = Array.from({ length: CHOICES }, (_, round) =>
    choices.flatMap((own) => own[(turn + round) % Math.max(1, own.length)] ?? []),
  ).flat()
  const found = asked.length > 0 ? asked : materials.flatMap(({ title }) => titleQuestion(title) ?? [])
  return [...new Set(found)].slice(0, wanted)
}

/** Clauses of an article that take turns as its sample. */
const CHOICES = 4

const cloze = (clause: string): string | null => {
  if (clause.length < SHORTEST || clause.length > LONGEST || LEANS.test(clause)) return null
  const figures = [...clause.matchAll(FIGURE)]
  const figure = figures[0]
  if (figures.length !== 1 || figure === undefined || figure.index < 4) return null
  const after = clause.slice(figure.index + figure[0].length)
  if (/\d/.test(clause.slice(0, figure.index)) || /[\d、]|左右|以[上下内]/.test(after)) return null
  const unit = figure[2] ?? ''
  const asked = unit === '%' || unit === '％' ? '多少' : `多少${unit}`
  return `${clause.slice(0, figure.index)}${asked}${after}？`
}

/** Pairs of neighbouring characters shared with the title, the length, and a figure at the very end all speak for it. */
const worth = (question: string, title: string): number => {
  let shared = 0
  for (let i = 0; i + 1 < title.length; i++) if (question.includes(title.slice(i, i + 2))) shared++
  return shared + question.length / 8 + (/多少[^，]{0,3}？$/.test(question) ? 1 : 0)
}

const titleQuestion = (title: string | null): string | null =>
  title !== null && title.length >= 6 ? title.replace(/^[—\s]+/, '').slice(0, 40) : null
