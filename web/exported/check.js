// This program checks the page it stands in, with nothing but what stands in it. Every quotation names the
// SHA-256 of its file and ranges of places in that file. The files lie at the end of the page, byte for byte, in
// base64. The law: the ranges of the file, white space left out, are the quotation, white space left out.

const squeeze = (text) => text.replace(/[\s\0]/g, '')

const sha256 = async (bytes) =>
  Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')

// The text of each file by the hash of its bytes, which is computed here.
const readFiles = async () => {
  const texts = new Map()
  for (const { textContent, dataset } of document.querySelectorAll('script[data-charset]')) {
    const bytes = Uint8Array.from(atob(textContent), (one) => one.charCodeAt(0))
    texts.set(await sha256(bytes), new TextDecoder(dataset.charset).decode(bytes))
  }
  return texts
}

const holds = (quotation, texts) => {
  const source = quotation.closest('figure')
  const file = texts.get(source.querySelector('.sha256').textContent)
  const ranges = [...quotation.dataset.ranges.matchAll(/(\d+)–(\d+)/g)]
  if (file === undefined || ranges.length === 0) return false
  return (
    squeeze(ranges.map(([, from, to]) => file.slice(from, to)).join('')) === squeeze(quotation.textContent)
  )
}

// The short answer in large type is what is marked in a quotation.
const isMarked = (answer) =>
  [...answer.closest('article').querySelectorAll('blockquote mark')].some(
    (mark) => mark.textContent === answer.textContent,
  )

const say = (after, words, held) => {
  const line = document.createElement('p')
  line.className = held ? 'held' : 'failed'
  line.textContent = words
  after.after(line)
}

const check = async (words) => {
  const main = document.querySelector('main')
  // Also what no file can prove, the question, the titles, the dates, is as it was when this was saved.
  let sound = (await sha256(new TextEncoder().encode(squeeze(main.textContent)))) === main.dataset.sha256
  if (!sound) say(main.querySelector('h1'), words.altered, false)
  const texts = await readFiles()
  for (const quotation of main.querySelectorAll('[data-ranges]')) {
    const held = holds(quotation, texts)
    sound &&= held
    say(quotation, held ? words.equal : words.unequal, held)
  }
  for (const answer of main.querySelectorAll('.figure')) {
    if (isMarked(answer)) continue
    sound = false
    say(answer, words.unmarked, false)
  }
  return sound
}

const outcome = document.querySelector('#outcome')
const tell = (sound) => {
  outcome.textContent = sound ? outcome.dataset.held : outcome.dataset.failed
  outcome.className = sound ? 'held' : 'failed'
}
check(outcome.dataset).then(tell, () => tell(false))
