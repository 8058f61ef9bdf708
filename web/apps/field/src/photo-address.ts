import { photoAddress } from '@fengsi/api-client'
import { client } from './site'

export const addressOfPhoto = (photoId: string, size: 'thumb' | 'full') => photoAddress(client, photoId, size)
