export * from './backoff'
export * from './operation'
export * from './outbox'
