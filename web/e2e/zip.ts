// What a zip archive holds, and with it a Word file. No more of the format than our own files use.
import { inflateRawSync } from 'node:zlib'

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL_HEAD = 30

/** The files in an archive by their names. */
export function unzip(archive: Buffer): Map<string, Buffer> {
  let end = archive.length - 22
  while (end > 0 && archive.readUInt32LE(end) !== END) end--
  const files = new Map<string, Buffer>()
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(at) !== ENTRY) throw new Error('this is no zip archive')
    const [method, size, head] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20), archive.readUInt32LE(at + 42)]
    const [name, extra, note] = [28, 30, 32].map((part) => archive.readUInt16LE(at + part)) as [number, number, number]
    const from = head + LOCAL_HEAD + archive.readUInt16LE(head + 26) + archive.readUInt16LE(head + 28)
    const packed = archive.subarray(from, from + size)
    files.set(archive.toString('utf8', at + 46, at + 46 + name), method === 0 ? packed : inflateRawSync(packed))
    at += 46 + name + extra + note
  }
  return files
}

/** The words of a Word file, a paragraph a line. */
export function wordsOf(docx: Buffer): string {
  const xml = unzip(docx).get('word/document.xml')?.toString('utf8') ?? ''
  return xml.replace(/<\/w:p>/g, '\n').replace(/<[^>]+>/g, '')
}
