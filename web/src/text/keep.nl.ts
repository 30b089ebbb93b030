// Step 1 of the upload: the four questions and what follows from them (B1, "u").
import type { KeepReason } from '#core/model/bundle.ts';

export const keep = {
  questions: {
    'municipal-task': 'Gaat de chat over uw werk voor de organisatie?',
    'others-should-know': 'Moeten collega’s later kunnen weten wat hier is afgesproken?',
    'rights-derived': 'Kan iemand er rechten aan ontlenen, bijvoorbeeld door een toezegging?',
    'public-accountability': 'Is de chat nodig om later verantwoording af te leggen?',
  } satisfies Record<KeepReason, string>,
  hints: {
    'municipal-task': 'Bijvoorbeeld over beleid, een plan, toezicht of handhaving.',
    'others-should-know': 'Uw team, uw afdeling of iemand die het werk overneemt.',
    'rights-derived': 'Denk aan een subsidie, een voorziening of een vergunning.',
    'public-accountability': 'Aan de raad, bij een Woo-verzoek of bij de rechter.',
  } satisfies Record<KeepReason, string>,
  yes: 'Ja',
  no: 'Nee',
  elsewhere: 'Staat alles al in een brief, verslag of zaak?',
  elsewhereHint: 'Niet alleen de uitkomst, maar ook wie wat wanneer zei.',
  examples: 'Voorbeelden: wel of niet bewaren',
  formal: 'Wel bewaren',
  informal: 'Niet nodig om te bewaren',
  contact: (whom: string) => `Vragen? ${whom}`,
  open: 'Beantwoord de vier vragen. Eén keer “ja” is genoeg om te bewaren.',
  keepTitle: 'Ja, bewaar deze chat.',
  keepNext: 'Ga verder met stap 2.',
  elsewhereTitle: 'Bewaren mag, ook als de inhoud al vastligt.',
  notTitle: 'U hoeft deze chat niet te bewaren.',
  notNothing: 'Er wordt niets verstuurd. U bent klaar.',
  notHold: 'Loopt er een Woo-verzoek, bezwaar of rechtszaak over dit onderwerp? Verwijder dan niets en vraag het eerst aan de Woo-coördinator.',
  notAnyway: 'Toch inleveren',
  anyway: 'U levert deze chat toch in. Dat staat straks bij de bundel.',
  notBack: 'Toch niet inleveren',
  nothingToSend: 'U hoeft niets te versturen.',
  beforeRule: 'Zo is het afgesproken',
} as const;

export const keepSettings = {
  title: 'Hulp bij bewaren',
  lead: 'Deze teksten zien medewerkers bij stap 1 van het uploaden en bij Hulp. Neem ze over uit uw eigen beleid.',
  rule: 'Wat is de afspraak?',
  formal: 'Voorbeelden: wel bewaren',
  informal: 'Voorbeelden: niet nodig om te bewaren',
  oneALine: 'Eén voorbeeld per regel, ten hoogste 20.',
  elsewhere: 'Als de inhoud al ergens anders vastligt',
  keepNot: 'Als de chat niet bewaard hoeft te worden',
  keepNotHint: 'Woordspoor zet er zelf bij dat niets weg mag zolang er een Woo-verzoek, bezwaar of rechtszaak loopt.',
  contact: 'Bij wie kunnen medewerkers terecht?',
  contactHint: 'Bijvoorbeeld: Bel de recordmanager, toestel 1234.',
} as const;
