#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander'
import { SETTINGS } from '../config.ts'
import { ChuchuError } from '../core/errors.ts'
import { explain } from '../corpus/explain.ts'
import { type AskFlags, ask, search } from './ask.ts'
import { doctor } from './doctor.ts'
import { evaluate } from './eval.ts'
import { CHECK_FAILED, EXIT_HELP, exitCodeOf, FAULT, INTERRUPTED, USAGE } from './exit-codes.ts'
import { feedback } from './feedback.ts'
import { index } from './index-command.ts'
import { serve, VERSION } from './serve.ts'
import { readSettings, type Settings } from './settings.ts'
import { openTerminal, visible } from './terminal.ts'
import { checkAnswers } from './verify-command.ts'

const terminal = openTerminal(process.env)

/** Flags of the settings, the same on every command. */
const SETTING_FLAGS = ['corpus', 'index', 'models', 'embedder', 'reader', 'host', 'port', 'log'] as const

const command = (name: string, description: string): Command => {
  const made = program.command(name).description(description)
  for (const key of SETTING_FLAGS) {
    const { env, default: usual } = SETTINGS[key]
    made.addOption(new Option(`--${key} <${key}>`, `${env}, by default ${usual}`).helpGroup('Settings:'))
  }
  return made
}

const settingsOf = (flags: object): Settings => readSettings({ ...flags }, process.env)

const program = new Command('chuchu')
  .description(
    'Ask a folder of Chinese articles a question; get back the sentences that answer it, each with its source.',
  )
  .version(VERSION)
  .exitOverride()
  .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
  .addHelpText('after', `\n${EXIT_HELP}`)

command('index', 'build the index of a folder of articles')
  .argument('[path...]', 'folders to read instead of CHUCHU_CORPUS; remembered for serve, ask and search')
  .option('--explain <file>', 'show what is made of one rough .txt file, and why, without building')
  .option('--json', 'print the report as JSON')
  .action(async (paths: string[], flags: { explain?: string; json?: boolean }) => {
    if (flags.explain !== undefined) terminal.out(`${visible(explain(flags.explain))}\n`)
    else await index(paths, flags, settingsOf(flags), terminal)
  })

command('serve', 'serve the page and the API').action((flags: object) => serve(settingsOf(flags), terminal))

const filtered = (made: Command, top: string): Command =>
  made
    .option('--top <n>', top)
    .option('--from <date>', 'only articles of this day or later, YYYY-MM-DD')
    .option('--to <date>', 'only articles of this day or earlier')
    .option('--source <text>', 'only articles whose source, byline or file name holds this')
    .option('--json', 'print the reply as JSON')

filtered(
  command('ask', 'ask a question').argument('<question>'),
  'extracts to show, 1 to 20, by default 5',
).action((question: string, flags: AskFlags) => ask(question, flags, settingsOf(flags), terminal))

filtered(
  command('search', 'find passages, without an answer').argument('<question>'),
  'passages to show, 1 to 100, by default 10',
).action((question: string, flags: AskFlags) => search(question, flags, settingsOf(flags), terminal))

command('verify', 'check an answer against the files it cites')
  .argument('<answer>', 'JSON file of an answer, of an array of answers or of hits; - reads standard input')
  .option('--json', 'print the report as JSON')
  .action((path: string, flags: { json?: boolean }) => {
    const { folders } = settingsOf(flags)
    const sound = checkAnswers(path === '-' ? 0 : path, folders, flags, terminal)
    process.exitCode = sound ? 0 : CHECK_FAILED
  })

command('doctor', 'check that everything needed is there and sound')
  .option('--json', 'print the findings as JSON')
  .action(async (flags: { json?: boolean }) => {
    process.exitCode = (await doctor(settingsOf(flags), flags, terminal)) ? 0 : CHECK_FAILED
  })

command('feedback', 'print what readers said of extracts as a file of questions for eval').action(
  (flags: object) => feedback(settingsOf(flags), terminal),
)

command('eval', 'score the answers to a file of questions')
  .argument(
    '<questions>',
    'JSONL: {id, question, answers, file?, alt?, type?, paraphrase?, turns?}; no answers: should be refused',
  )
  .option('--url <url>', 'ask a running server instead of opening the index here')
  .option('--json', 'print all figures as JSON')
  .option('--misses', 'print every question that was not answered rightly')
  .action((path: string, flags: { url?: string; json?: boolean; misses?: boolean }) =>
    evaluate(path, flags, settingsOf(flags), terminal),
  )

/** Every failure ends here: one line on stderr that says what to do, and the exit code of its kind. */
const fail = (error: unknown): void => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : USAGE
    return
  }
  process.exitCode = exitCodeOf(error)
  if (error instanceof ChuchuError) terminal.err(`chuchu: ${error.message}\n`)
  else
    terminal.err(`chuchu: this is a fault of the program.\n${error instanceof Error ? error.stack : error}\n`)
}

/** Nothing may be left running after a fault that nobody expected. */
const lastResort = (error: unknown): void => {
  fail(error)
  process.exit(error instanceof ChuchuError ? exitCodeOf(error) : FAULT)
}
process.on('uncaughtException', lastResort)
process.on('unhandledRejection', lastResort)

try {
  if (!process.argv.slice(2).some((word) => ['serve', 'index'].includes(word)))
    process.once('SIGINT', () => process.exit(INTERRUPTED))
  await program.parseAsync()
} catch (error) {
  fail(error)
}
