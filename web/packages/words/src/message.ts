import type { MessageContext } from 'vue-i18n'

export interface WordTree {
  [key: string]: string | WordTree
}
export type Message = (context: Pick<MessageContext<string>, 'named'>) => string
export interface MessageTree {
  [key: string]: Message | MessageTree
}

const FORMS = ' | '
const PLACEHOLDER = /\{(\w+)\}/g

/** One text to a function, so that no message compiler has to be sent to a phone. "one | many" chooses by {n}. */
export function message(text: string): Message {
  const forms = text.split(FORMS)
  return (context) => {
    const form = forms.length > 1 && Number(context.named('n')) !== 1 ? forms[1]! : forms[0]!
    return form.replace(PLACEHOLDER, (_, name: string) => String(context.named(name) ?? ''))
  }
}

export function messages(words: WordTree): MessageTree {
  return Object.fromEntries(
    Object.entries(words).map(([key, value]) => [key, typeof value === 'string' ? message(value) : messages(value)]),
  )
}
