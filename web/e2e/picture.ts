// Pictures of a place, drawn here: a road, a lamp, dusk. Each shade makes another picture.
import { crc32, deflateSync } from 'node:zlib'

const WIDTH = 640
const HEIGHT = 480
const HORIZON = 210

type Colour = readonly [number, number, number]

function colourAt(x: number, y: number, shade: number): Colour {
  const isPole = x > 420 && x < 430 && y > 80 && y < 330
  const isLamp = x > 380 && x < 430 && y > 74 && y < 92
  const halfRoad = 20 + ((y - HORIZON) * 3) / 4
  if (isPole || isLamp) return [60, 64, 72]
  if (y < HORIZON) return [70 + shade + y / 6, 84 + y / 5, 110 + y / 4]
  if (Math.abs(x - 300) < halfRoad) return [110 + ((x * 3 + y) % 7), 110 + (shade % 30), 112]
  return [86, 104 + ((x + y * 5) % 11), 70 + (shade % 40)]
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length, 0)
  body.copy(whole, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}

function draw(shade: number): Buffer {
  const rows = Buffer.alloc(HEIGHT * (WIDTH * 3 + 1))
  let at = 0
  for (let y = 0; y < HEIGHT; y++) {
    rows[at++] = 0
    for (let x = 0; x < WIDTH; x++) for (const value of colourAt(x, y, shade)) rows[at++] = Math.round(value) & 255
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(WIDTH, 0)
  header.writeUInt32BE(HEIGHT, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

export interface PictureFile {
  name: string
  mimeType: string
  buffer: Buffer
}

export const picture = (name: string, shade: number): PictureFile => ({
  name: `${name}.png`,
  mimeType: 'image/png',
  buffer: draw(shade),
})
