// The paper of a mediation: the list says what is there, Word's file holds it, LibreOffice opens it where there is one, and so does a
// reader of PDF where the program that makes it is built.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Stay } from '../api.ts'
import { expect } from '../site.ts'
import { unzip, wordsOf } from '../zip.ts'
import { COLLEAGUE } from './people.ts'

const run = promisify(execFile)
const OFFICE = '/usr/bin/soffice'
const OFFICE_MS = 60_000
const PURPOSE = `purpose=${encodeURIComponent('立卷归档')}`

interface Dossier {
  number: string
  complete: boolean
  forms: { form: string; state: string; missing: { words: string }[] }[]
}

interface Words {
  holds: readonly string[]
  keepsOut: readonly string[]
}

export async function expectDossier(address: string, id: string, { holds, keepsOut }: Words): Promise<void> {
  const stay = await Stay.of(address, COLLEAGUE)
  const path = `/api/v1/matters/${id}/dossier`
  const { number, complete, forms } = await stay.read<Dossier>(path)
  expect(forms.flatMap(({ missing }) => missing.map(({ words }) => words)), 'what the dossier lacks').toEqual([])
  expect(complete).toBe(true)
  for (const form of ['registration', 'rights', 'session', 'agreement', 'performance', 'visit', 'confirmation_record']) {
    expect(forms.find((one) => one.form === form)?.state, form).toBe('whole')
  }
  const volume = await file(stay, `${path}/volume?${PURPOSE}`)
  const words = wordsOf(volume)
  for (const one of holds) expect(words).toContain(one)
  for (const one of keepsOut) expect(words).not.toContain(one)
  const archive = unzip(await file(stay, `${path}.zip?${PURPOSE}`))
  expect([...archive.keys()].filter((name) => name.endsWith('.docx')).length).toBeGreaterThan(8)
  await expectPdf(stay, `${path}/volume?${PURPOSE}&format=pdf`)
  if (existsSync(OFFICE)) await opensInOffice(volume, number)
}

async function file(stay: Stay, path: string): Promise<Buffer> {
  const response = await stay.ask(path)
  expect(response.status, path).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

/** A PDF, or the sentence that says that Word's file is there all the same. */
async function expectPdf(stay: Stay, path: string): Promise<void> {
  const response = await stay.ask(path)
  if (response.status === 200) expect(Buffer.from(await response.arrayBuffer()).toString('latin1', 0, 5)).toBe('%PDF-')
  else expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([503, 'paper_missing'])
}

/** LibreOffice reads it and prints it, with a place of its own for what it remembers. */
async function opensInOffice(docx: Buffer, name: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fengsi-office-'))
  try {
    await writeFile(join(folder, `${name}.docx`), docx)
    const place = `-env:UserInstallation=file://${folder}/office`
    const words = [place, '--headless', '--convert-to', 'pdf', '--outdir', folder, join(folder, `${name}.docx`)]
    await run(OFFICE, words, { timeout: OFFICE_MS })
    const pdf = (await readFile(join(folder, `${name}.pdf`))).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length, 'pages').toBeGreaterThan(8)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
