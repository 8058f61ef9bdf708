import { readCatalogue, type Catalogue } from '@fengsi/api-client'
import { shallowRef } from 'vue'
import { client } from './session'

/** The site's classes, categories and lists of reasons; read once, when the first page needs it. */
export const catalogue = shallowRef<Catalogue>()
let asking: Promise<void> | undefined

export function needCatalogue(): void {
  asking ??= readCatalogue(client)
    .then((answer) => void (catalogue.value = answer))
    .catch(() => void (asking = undefined))
}
