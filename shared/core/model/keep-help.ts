// The organisation's own words beside the four questions at upload (its policy on chat messages); the defaults are a plain policy of our own wording.
import * as z from 'zod';

const line = z.string().trim().min(1).max(300);

export const KeepHelp = z.object({
  /** What the policy says, in two or three sentences. */
  rule: z.string().trim().max(1000),
  formalExamples: z.array(line).max(20),
  informalExamples: z.array(line).max(20),
  /** What to do when the content is recorded elsewhere already. */
  elsewhereAdvice: z.string().trim().max(1000),
  /** What to do with a chat that need not be kept. */
  keepNotAdvice: z.string().trim().max(1000),
  /** Whom to ask. */
  contact: z.string().trim().max(300),
});
export type KeepHelp = z.infer<typeof KeepHelp>;

export const defaultKeepHelp: KeepHelp = {
  rule: 'Gebruik een chat niet voor formele afspraken. Gaat een chat toch over uw werk, bewaar hem dan bij de zaak. Dat geldt ook voor chats op uw eigen telefoon.',
  formalExamples: [
    'u bespreekt een beleidsstuk, een plan of een rapport',
    'u of een ander geeft akkoord',
    'iemand meldt iets in de openbare ruimte, zoals een omgewaaide boom',
    'u zegt een inwoner iets toe over een besluit',
    'u maakt een afspraak met een aannemer of leverancier',
    'u spreekt een bezoek af voor een onderzoek, bijvoorbeeld naar een adres',
  ],
  informalExamples: ['u zoekt contact', 'u maakt alleen een afspraak', 'u wijst op een brief of besluit dat al verstuurd is, zonder op de inhoud in te gaan'],
  elsewhereAdvice:
    'Staat alles echt in de zaak, ook wie wat wanneer zei? Dan voegt de chat niets toe. Zegt de chat meer, of weet u het niet zeker? Bewaar hem dan.',
  keepNotAdvice: 'U mag deze chat gewoon in de app laten staan, of verwijderen als u hem niet meer nodig hebt.',
  contact: '',
};
