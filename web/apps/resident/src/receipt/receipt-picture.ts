import type { Receipt } from '@fengsi/api-client'
import { shownCode, type Translate } from '@fengsi/words'
import { qrRows } from './qr'

const WIDTH = 720
const HEIGHT = 1040
const MARGIN = 64
const QR_PX = 420
const FAMILY = getComputedStyle(document.documentElement).getPropertyValue('--sans')

/** The receipt as a picture that any phone can keep: number, code and the code to scan. */
export async function receiptPicture(receipt: Receipt, address: string, siteName: string, t: Translate): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const pen = canvas.getContext('2d')!
  pen.fillStyle = '#fbfaf7'
  pen.fillRect(0, 0, WIDTH, HEIGHT)

  const line = (text: string, y: number, size: number, color: string, weight = 400) => {
    pen.font = `${weight} ${size}px ${FAMILY}`
    pen.fillStyle = color
    pen.fillText(text, MARGIN, y, WIDTH - 2 * MARGIN)
  }
  line(siteName, 110, 40, '#0b5750', 700)
  line(t('resident.receipt.number'), 200, 28, '#55615c')
  line(receipt.number, 248, 34, '#1c2421', 600)
  line(t('resident.receipt.code'), 330, 28, '#55615c')
  line(shownCode(receipt.code), 396, 56, '#1c2421', 700)

  const rows = await qrRows(address)
  const cell = Math.floor(QR_PX / rows.length)
  const left = (WIDTH - cell * rows.length) / 2
  pen.fillStyle = '#ffffff'
  pen.fillRect(left - 24, 456, cell * rows.length + 48, cell * rows.length + 48)
  pen.fillStyle = '#1c2421'
  rows.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (dark) pen.fillRect(left + x * cell, 480 + y * cell, cell, cell)
    }),
  )
  line(address.replace(/^https?:\/\//, ''), 990, 24, '#55615c')
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
  )
}
