import { computed, reactive, ref, watch } from 'vue'
import type { MatterClass, Urgency } from '@fengsi/api-client'
import type { Operation, ReportStart } from '@fengsi/outbox'
import { createDraftPhotos } from '@fengsi/photos'
import { useWords } from '@fengsi/words'
import { draftKey } from '../drafts'
import { kept } from '../kept'
import { photosOwed } from '../matter/command-fields'
import type { Mistake } from '@fengsi/parts/ErrorSummary.vue'
import { createPickedPhotos } from '../parts/picked-photos'
import { outbox } from '../sync/outbox'

interface Draft {
  words: string
  area: string
  point?: { lon: number; lat: number }
  address: string
  class: MatterClass | ''
  urgency: Urgency
  phone: string
  person: string
  settled: boolean
  settledWords: string
}

const PREVIEW_LENGTH = 24

const fresh = (): Draft => ({
  words: '',
  area: '',
  point: undefined,
  address: '',
  class: '',
  urgency: 'normal',
  phone: '',
  person: '',
  settled: false,
  settledWords: '',
})

function restored(key: string): Draft {
  try {
    return { ...fresh(), ...(JSON.parse(kept.read(key) ?? '{}') as Partial<Draft>) }
  } catch {
    return fresh()
  }
}

function fromRefused({ body }: ReportStart): Draft {
  const place = body.place as { area?: string; lon?: number; lat?: number }
  const contact = (body.contact ?? {}) as { phone?: string; name?: string }
  const point = place.lon !== undefined ? { lon: place.lon, lat: place.lat! } : undefined
  return {
    ...fresh(),
    words: String(body.words ?? ''),
    area: place.area ?? '',
    point,
    address: String(body.address ?? ''),
    class: (body.class as MatterClass | undefined) ?? '',
    urgency: (body.urgency as Urgency | undefined) ?? 'normal',
    phone: contact.phone ?? '',
    person: contact.name ?? '',
  }
}

/** A report as a worker writes it on the spot; saved whole in the outbox, with the settling of it where it is done. */
export function useFieldReport(refused?: Operation) {
  const { t } = useWords()
  const refusedReport = refused?.kind === 'report' ? refused : undefined
  const key = draftKey('report')
  const draft = reactive<Draft>(refusedReport ? fromRefused(refusedReport) : restored(key))
  const photos = createPickedPhotos(refusedReport ? undefined : createDraftPhotos(key))
  if (refusedReport) for (const { blob } of refusedReport.photos) if (blob) photos.hold(blob)
  if (!refusedReport) {
    void photos.restore()
    watch([draft, () => photos.list.length], keepDraft, { flush: 'sync' })
  }
  /** A place that was filled in by itself is no draft. */
  function keepDraft(): void {
    const { words, address, phone, person, settledWords } = draft
    const begun = photos.list.length > 0 || [words, address, phone, person, settledWords].some(Boolean)
    if (begun) kept.write(key, JSON.stringify(draft))
    else kept.forget(key)
  }

  const attempt = ref(0)
  const saving = ref(false)
  const full = ref(false)

  const mistakes = computed<Mistake[]>(() => {
    if (attempt.value === 0) return []
    if (full.value) return [{ text: t('field.sync.storage_full') }]
    const found: Mistake[] = []
    const photoOwed = draft.settled && photosOwed('settle', draft.class || undefined)
    if (photoOwed && photos.list.length === 0) found.push({ field: 'photos', text: t('field.form.photos_missing') })
    if (draft.words.trim() === '') found.push({ field: 'words', text: t('field.report.words_missing') })
    if (!draft.point && !draft.area) found.push({ field: 'area', text: t('field.report.area_missing') })
    if (draft.settled && draft.settledWords.trim() === '') {
      found.push({ field: 'settled-words', text: t('field.report.settled_missing') })
    }
    return found
  })

  function report(): ReportStart {
    const contact = { phone: draft.phone.trim() || undefined, name: draft.person.trim() || undefined }
    const words = draft.words.trim()
    return {
      kind: 'report',
      title: words.slice(0, PREVIEW_LENGTH),
      photos: photos.forOutbox(),
      body: {
        source: 'grid_worker',
        words,
        place: draft.point ? { ...draft.point } : { area: draft.area },
        address: draft.address.trim() || undefined,
        class: draft.class || undefined,
        urgency: draft.urgency === 'normal' ? undefined : draft.urgency,
        contact: contact.phone || contact.name ? contact : undefined,
      },
    }
  }

  async function keep(): Promise<void> {
    const opened = outbox.value
    if (!opened) return
    const made = refusedReport ? await opened.revise(refusedReport.id, report()) : await opened.add(report())
    if (!draft.settled) return
    await opened.add({
      kind: 'command',
      title: made.title,
      matter: { reportedBy: made.id },
      baseVersion: 1,
      command: { type: 'settle', words: draft.settledWords.trim() },
      photos: photos.forOutbox(),
    })
  }

  async function save(): Promise<boolean> {
    attempt.value++
    full.value = false
    if (saving.value || mistakes.value.length > 0) return false
    saving.value = true
    try {
      await keep()
      photos.clear()
      Object.assign(draft, fresh())
      attempt.value = 0
      return true
    } catch (cause) {
      if (!(cause instanceof DOMException)) throw cause
      full.value = true
      attempt.value++
      return false
    } finally {
      saving.value = false
    }
  }

  return { draft, photos, attempt, mistakes, saving, save }
}
export type FieldReport = ReturnType<typeof useFieldReport>
