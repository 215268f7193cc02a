import type { Generation, Segmenter } from '../../core/ports.ts'
import { isOrdinaryWord } from '../../text/glossary.ts'
import { bare, CITIES, cityOf, isKnownPlace } from '../../text/places.ts'
import { isSurname } from '../../text/quantities.ts'
import { pairsIn } from '../../text/words.ts'
import type { Question } from '../question/question.ts'
import {
  articleOf,
  passagesHolding,
  passagesOfPlace,
  passagesOfYear,
  yearWritten,
} from '../question/standing.ts'
import {
  type AskedYear,
  askedDay,
  askedYear,
  holdsDay,
  isOfDay,
  isOfOtherMonth,
  isOfOtherPeriod,
  isOfOtherYear,
  YEAR_ALONE,
  yearsIn,
} from '../question/times.ts'
import { makeIsOfOtherName } from './latin.ts'
import { makeSpeakOfRival } from './rivals.ts'

/** The places, years and persons a question names, and where they stand. */
export interface Named {
  /** Those that stand in no file: without them no passage can answer. */
  readonly missing: readonly string[]
  /**
   * How far sentences of a passage are from speaking of the places and years: 0 when they, or their article or file as a
   * whole, hold all or none is named, 1 when no part of the file does.
   */
  readonly elsewhere: (passage: number, sentences: string) => number
  /**
   * Do the sentences speak of another city, year, day, organisation or number in a row than the question? Of another city, without naming the one asked
   * about, where everything is about another: 沈阳新认定多少家, asked of a newspaper of 大连 that mentions 沈阳 elsewhere.
   */
  readonly contradicts: (passage: number, sentences: string) => boolean
}

export interface NamedDeps {
  readonly generation: Generation
  readonly segmenter: Segmenter
  /** The table of text/glossary.ts; asked for when a word stands nowhere and may be a name. */
  readonly glossary: () => Promise<string>
}

/** Where one name stands. */
interface Standing {
  readonly passages: ReadonlySet<number>
  /** Passages that hold it of each article and of each file. */
  readonly inArticle: ReadonlyMap<number, number>
  readonly inFile: ReadonlyMap<number, number>
}

/** Names whose standing is remembered; a name costs one search. */
const KEPT = 512
/**
 * A page of a newspaper names its city once and means it everywhere: an article or file of which this share of the
 * passages holds a name speaks of it as a whole. One that only mentions it (北京、沈阳等地) does not.
 */
const THROUGHOUT = 0.25

/** Finds out where the places and years of a question stand. */
export const makeNamed = ({
  generation,
  segmenter,
  glossary,
}: NamedDeps): ((question: Question) => Promise<Named>) => {
  const kept = new Map<string, Standing>()
  const { inArticle: ofArticle, inFile: ofFile } = counted(generation, generation.passages.keys())
  const standingOf = (name: string): Standing => {
    const seen = kept.get(name)
    if (seen) return seen
    if (kept.size >= KEPT) kept.clear()
    const passages = isYear(name) ? passagesOfYear(name, generation) : passagesOfPlace(name, generation)
    const found = { passages, ...counted(generation, passages) }
    kept.set(name, found)
    return found
  }
  const stands = (name: string): boolean => name !== '' && standingOf(name).passages.size > 0
  const distance = (name: string, passage: number, sentences: string): number => {
    const { passages, inArticle, inFile } = standingOf(name)
    if (isYear(name) ? passages.has(passage) : sentences.includes(name)) return 0
    const [article, file] = [articleOf(passage, generation), fileOf(passage, generation)]
    const share = Math.max(
      (inArticle.get(article) ?? 0) / (ofArticle.get(article) ?? 1),
      (inFile.get(file) ?? 0) / (ofFile.get(file) ?? 1),
    )
    return 1 - Math.min(1, share / THROUGHOUT)
  }
  const isAbout = (city: string, passage: number): boolean => distance(city, passage, '') === 0
  /** The cities that stand in the articles at all. */
  let told: readonly string[] | null = null
  const isOfAnother = (city: string, asked: string, passage: number): boolean => {
    told ??= [...CITIES].filter((name) => generation.words.frequency(name) > 0)
    if (isAbout(city, passage)) return false
    return told.some((other) => other !== city && !asked.includes(other) && isAbout(other, passage))
  }
  return async (question) => {
    const names = namesIn(question, segmenter)
    const strangers = await strangersIn(question, { generation, segmenter, glossary })
    const cities = [...new Set(names.map(cityOf).filter((city) => city !== null))]
    const isOfOtherCity = (passage: number, sentences: string): boolean => {
      const [city, ...more] = cities
      if (city === undefined || more.length > 0 || sentences.includes(city)) return false
      return isOfAnother(city, question.text, passage)
    }
    // A time in 什么时候… tells the thing apart; the one told may be another.
    const isOfOtherTime =
      question.type === 'when' ? () => false : otherTime(question.text, generation, standingOf)
    const isOfOtherThing = otherThing(question, generation, segmenter)
    return {
      contradicts: (...of) => isOfOtherCity(...of) || isOfOtherTime(...of) || isOfOtherThing(...of),
      missing: [...new Set([...names.filter((name) => !stands(name) && !stands(bare(name))), ...strangers])],
      elsewhere: (passage, sentences) =>
        names.length === 0
          ? 0
          : names.reduce((sum, name) => sum + distance(name, passage, sentences), 0) / names.length,
    }
  }
}

/** What names of the dictionary are made with; others (和事佬) may be words. */
const NAMED = /[杯赛奖会节社报网战剧书号城站馆院]$|运动$/u

/** Rare names of which no two characters stand together in any article. */
const strangersIn = async (
  question: Question,
  { generation, segmenter, glossary }: NamedDeps,
): Promise<readonly string[]> => {
  const rare = rareNamesIn(question, segmenter).filter(({ word }) =>
    pairsIn(word).every((pair) => passagesHolding(pair, generation).size === 0),
  )
  const doubtful = rare.some(({ tag }) => tag === 'nz') ? await glossary() : ''
  const isWord = ({ word, tag }: (typeof rare)[number]): boolean =>
    tag === 'nz' && !NAMED.test(word) && isOrdinaryWord(doubtful, word)
  return rare.filter((name) => !isWord(name)).map(({ word }) => word)
}

/** Do sentences speak of another of the same kind, or does their article never name what the question does? */
const otherThing = ({ asked, text }: Question, generation: Generation, segmenter: Segmenter) => {
  const speaksOfRival = makeSpeakOfRival(text, segmenter)
  const isOfOtherName = makeIsOfOtherName(asked, generation)
  return (passage: number, sentences: string): boolean =>
    isOfOtherName(articleOf(passage, generation)) || speaksOfRival(sentences)
}

/** Do sentences speak of another day, year or part of a year than is asked about, and their article of no other? */
const otherTime = (question: string, generation: Generation, standingOf: (name: string) => Standing) => {
  const asked = askedYear(question)
  const isOfOtherDay = otherDay(question, generation)
  const isElsewhere = (year: number, article: number): boolean =>
    !standingOf(String(year)).inArticle.has(article)
  const isOfOtherPart = (sentences: string, date: string | null): boolean =>
    isOfOtherPeriod(question, sentences) || isOfOtherMonth(question, sentences, date)
  return (passage: number, sentences: string): boolean => {
    const article = articleOf(passage, generation)
    const date = generation.articles[article]?.date ?? null
    if (isOfOtherDay(article, date, sentences) || isOfOtherPart(sentences, date)) return true
    if (asked === null) return false
    const written = yearWritten(passage, generation)
    if (isOfOtherYear(asked, sentences, written)) return true
    if (written === null || isOnEveOf(asked, date)) return false
    const isUntold = 'year' in asked && asked.year !== written && yearsIn(sentences, written).size === 0
    return isUntold && isElsewhere(asked.year, article)
  }
}

/** December speaks of the year to come: 2021年新年贺词. */
const isOnEveOf = (asked: AskedYear, date: string | null): boolean =>
  'year' in asked && date !== null && date.startsWith(`${asked.year - 1}-12-`)

const otherDay = (question: string, generation: Generation) => {
  const day = askedDay(question)
  if (day === null) return () => false
  const held = new Set(['日', '号'].flatMap((unit) => [...passagesHolding(day.day + unit, generation)]))
  const { inArticle } = counted(generation, held)
  return (article: number, date: string | null, sentences: string): boolean =>
    !inArticle.has(article) && !isOfDay(date, day) && !holdsDay(sentences, day)
}

const counted = (generation: Generation, passages: Iterable<number>) => {
  const inArticle = new Map<number, number>()
  const inFile = new Map<number, number>()
  for (const passage of passages) {
    const [article, file] = [articleOf(passage, generation), fileOf(passage, generation)]
    inArticle.set(article, (inArticle.get(article) ?? 0) + 1)
    inFile.set(file, (inFile.get(file) ?? 0) + 1)
  }
  return { inArticle, inFile }
}

const namesIn = ({ text }: Question, segmenter: Segmenter): readonly string[] => {
  const places = segmenter
    .tag(text)
    .map(({ word }) => word)
    .filter(isKnownPlace)
  const years = [...text.matchAll(YEAR_ALONE)].map(([year]) => year)
  return [...new Set([...places, ...years])]
}

/**
 * Full names of persons of three characters, in the dictionary (nr) or not (x), and other names as long; shorter ones are
 * too often other words. 28 of 3,950 answerable news questions name what no article does.
 */
const rareNamesIn = ({ text }: Question, segmenter: Segmenter) =>
  segmenter
    .tag(text)
    .filter(({ word, tag }) =>
      /^(?:nr|x)$/.test(tag)
        ? word.length === 3 && isSurname(word.charAt(0))
        : /^(?:ns|nz)$/.test(tag) && word.length > 2,
    )
    .filter(({ word }) => !text.includes(`多少${word}`)) // 多少钱军援

const isYear = (name: string): boolean => /^\d{4}$/.test(name)

const fileOf = (passage: number, generation: Generation): number =>
  generation.articles[articleOf(passage, generation)]?.file ?? -1
