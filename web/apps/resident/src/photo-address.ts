import { publicPhotoAddress } from '@fengsi/api-client'
import { client } from './site'

/** Who has the query code may see the photos of its matter. */
export const photoAddressFor = (code: string) => (photoId: string, size: 'thumb' | 'full') =>
  publicPhotoAddress(client, code, photoId, size)
