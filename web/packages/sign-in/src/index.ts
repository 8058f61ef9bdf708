export * from './session'
export * from './sign-in-form'
