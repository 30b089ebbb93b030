// The apps that have a help page, as their addresses name them. Small: it goes with the upload page; the guides themselves are fetched when asked.
export const guideApps = ['whatsapp', 'signal', 'sms', 'telegram', 'imessage', 'teams', 'messenger', 'threema'] as const;
export type GuideApp = (typeof guideApps)[number];

export const guideNames: Readonly<Record<GuideApp, string>> = {
  whatsapp: 'WhatsApp',
  signal: 'Signal',
  sms: 'Sms',
  telegram: 'Telegram',
  imessage: 'iMessage (Berichten van Apple)',
  teams: 'Microsoft Teams',
  messenger: 'Messenger en Instagram',
  threema: 'Threema',
};

export function isGuideApp(name: string): name is GuideApp {
  return guideApps.some((app) => app === name);
}
