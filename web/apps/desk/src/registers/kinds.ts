import type { Committee, Mediator } from '@fengsi/api-client'

export const MEDIATOR_KINDS: Mediator['kind'][] = ['full_time', 'part_time', 'volunteer', 'invited']
export const SPECIALISED: Committee['kind'][] = ['medical', 'environment', 'property', 'traffic', 'labour']
export const COMMITTEE_KINDS: Committee['kind'][] = [
  'village',
  'community',
  'town',
  'street',
  'enterprise',
  'social_group',
  'other_group',
  ...SPECIALISED,
]
