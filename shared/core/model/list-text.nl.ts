// What the night itself writes on a destruction list, for the people who read its steps (B1).
export const listText = {
  authorisationGone: 'De doorlopende machtiging geldt niet meer. Daarom is deze lijst gestopt. Er is niets vernietigd.',
} as const;
