// A document as blocks of text in reading order: what a certificate or a receipt is drawn from, and nothing else.
export type Block =
  | { readonly kind: 'title' | 'heading' | 'paragraph'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [name: string, value: string])[] };
