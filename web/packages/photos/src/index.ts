import { Problem } from '@fengsi/api-client'

export * from './draft-photos'

const LONGEST_SIDE_PX = 1920
const QUALITY = 0.82
const LARGEST_BYTES = 20 * 1024 * 1024

export function fittedSize(width: number, height: number, longest: number = LONGEST_SIDE_PX) {
  const scale = Math.min(1, longest / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

interface Drawable {
  source: CanvasImageSource
  width: number
  height: number
  release(): void
}

async function decoded(file: Blob): Promise<Drawable> {
  const address = URL.createObjectURL(file)
  const image = new Image()
  image.src = address
  try {
    await image.decode()
  } catch {
    URL.revokeObjectURL(address)
    throw new Problem(422, { code: file.size > LARGEST_BYTES ? 'photo_too_large' : 'photo_unreadable' })
  }
  const { naturalWidth: width, naturalHeight: height } = image
  return { source: image, width, height, release: () => URL.revokeObjectURL(address) }
}

/**
 * Draws the picture anew, smaller: what the camera wrote beside it (place, device, time) stays behind on the phone, and
 * a village's network carries a tenth of the bytes.
 */
export async function redrawPhoto(file: Blob): Promise<Blob> {
  const drawable = await decoded(file)
  try {
    const { width, height } = fittedSize(drawable.width, drawable.height)
    const canvas = document.createElement('canvas')
    canvas.width = width
    canvas.height = height
    const context = canvas.getContext('2d')
    if (!context) throw new Problem(422, { code: 'photo_unreadable' })
    context.fillStyle = '#fff'
    context.fillRect(0, 0, width, height)
    context.drawImage(drawable.source, 0, 0, width, height)
    const redrawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
    if (!redrawn) throw new Problem(422, { code: 'photo_unreadable' })
    if (redrawn.size > LARGEST_BYTES) throw new Problem(413, { code: 'photo_too_large' })
    return redrawn
  } finally {
    drawable.release()
  }
}
