// A server of our own: the demo's site without its year, in a folder or a database that goes when the tests are done.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const BUILT = fileURLToPath(new URL('../../target/debug/fengsi', import.meta.url))
const START_MS = 60_000
const STOP_MS = 3_000

export interface Server {
  address: string
  /** Goes on at a later moment of the site's time. Who is signed in stays so. */
  later(clock: string): Promise<void>
  stop(): Promise<void>
}

/** Where tests may make databases, when there is such a place. */
export const postgres = process.env.TEST_POSTGRES_URL

export async function startServer(database?: Database, clock?: string): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'fengsi-e2e-'))
  const begin = (listen: string, at?: string): ChildProcess => {
    const words = ['demo', '--empty', '--no-limits', '--listen', listen, '--data', folder]
    if (database) words.push('--database', database.url)
    if (at) words.push('--clock', at)
    return spawn(process.env.FENGSI_BIN ?? BUILT, words, { stdio: ['ignore', 'pipe', 'pipe'] })
  }
  let child = begin('127.0.0.1:0', clock)
  const address = await addressOf(child)
  return {
    address,
    async later(at) {
      // As a power cut would, which costs no time: what was answered has been kept.
      await ended(child, 'SIGKILL')
      child = begin(new URL(address).host, at)
      await addressOf(child)
    },
    async stop() {
      await ended(child)
      await database?.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The server says where it listens once it does. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const timer = setTimeout(() => reject(new Error(`the server has not started:\n${said}`)), START_MS)
    const hear = (part: Buffer): void => {
      said += part.toString()
      const found = /residents\s+(http:\/\/[\d.:]+)\//.exec(said)
      if (!found) return
      clearTimeout(timer)
      resolve(found[1]!)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said}`)))
  })
}

async function ended(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  await gone
  clearTimeout(timer)
}

export interface Database {
  url: string
  drop(): Promise<void>
}

/** A database of its own on the tests' PostgreSQL. */
export async function createDatabase(): Promise<Database> {
  const name = `fengsi_walk_${process.pid}_${Date.now()}`
  const url = new URL(postgres!)
  const ask = (sql: string) => run('psql', [postgres!, '--quiet', '--command', sql])
  await ask(`create database ${name}`)
  url.pathname = `/${name}`
  return {
    url: url.href,
    async drop() {
      await ask(`drop database if exists ${name} with (force)`)
    },
  }
}
