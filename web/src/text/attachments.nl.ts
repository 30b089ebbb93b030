// Attachments: shown in place, as text, as a download (B1, "u").
const bestanden = (n: number) => (n === 1 ? '1 bijlage' : `${n.toLocaleString('nl-NL')} bijlagen`);

export const attachments = {
  showText: 'Tekst tonen',
  hideText: 'Tekst verbergen',
  textOf: (name: string) => `Tekst van ${name}`,
  units: { page: 'pagina', slide: 'dia', sheet: 'blad', part: 'deel', picture: 'foto' },
  place: (unit: string, number: number, part: string | undefined) => `${unit} ${number.toLocaleString('nl-NL')}${part === undefined ? '' : `, ${part}`}`,
  sure: (confidence: number) => `gelezen van een foto, ${confidence} procent zeker: controleer het op de foto`,
  outcomes: {
    waiting: 'De tekst van deze bijlage is nog niet gelezen. Dat gebeurt vanzelf.',
    silent: 'In geluid en video zoeken we geen tekst.',
    'too-large': 'Deze bijlage is te groot om de tekst uit te lezen. Download haar om haar te bekijken.',
    encrypted: 'Deze bijlage heeft een wachtwoord. Wij kunnen de tekst niet lezen.',
    damaged: 'Deze bijlage is beschadigd. Wij kunnen de tekst niet lezen.',
    'not-read': 'Uit deze soort bijlage lezen we geen tekst. Download haar om haar te bekijken.',
    'no-text': 'In deze bijlage is geen tekst gevonden.',
    stopped: 'Het lezen van deze bijlage duurde te lang. Download haar om haar te bekijken.',
  },
  picture: (name: string) => `Foto ${name}`,
  sound: (name: string) => `Geluid ${name}`,
  video: (name: string) => `Video ${name}`,
  /** Why a file is not there, where the export tells. */
  absence: {
    'remote-only': 'staat alleen op internet, niet in de export',
    'never-downloaded': 'nooit opgehaald door de telefoon',
    cleared: 'was één keer te bekijken en is gewist',
  },
  pdf: {
    show: 'PDF bekijken',
    hide: 'PDF sluiten',
    region: (name: string) => `PDF ${name}`,
    page: (name: string, page: number, pages: number) => `${name}, pagina ${page.toLocaleString('nl-NL')} van ${pages.toLocaleString('nl-NL')}`,
    place: (page: number, pages: number) => `pagina ${page.toLocaleString('nl-NL')} van ${pages.toLocaleString('nl-NL')}`,
    previous: 'Vorige pagina',
    next: 'Volgende pagina',
    problems: {
      encrypted: 'Deze PDF heeft een wachtwoord. Wij kunnen hem niet tonen.',
      damaged: 'Deze PDF is beschadigd of van een soort die wij niet kunnen tonen. U kunt hem downloaden.',
      'too-large': 'Deze PDF is te groot om hier te tonen. U kunt hem downloaden.',
      gone: 'Deze PDF is niet meer op te halen. Vernieuw de pagina en probeer het opnieuw.',
      stopped: 'Het tekenen van deze PDF duurde te lang. U kunt hem downloaden.',
    },
  },
  location: (place: string) => `Locatie ${place}`,
  outside: 'Kaart openen buiten het archief',
  found: (name: string, place: string) => `Gevonden in bijlage ${name}, ${place}`,
  loose: 'Geen bericht noemt deze bijlage. Zij zat wel in het bestand.',
  inAttachments: (n: number) => (n === 1 ? 'waarvan 1 in een bijlage' : `waarvan ${n.toLocaleString('nl-NL')} in bijlagen`),
  fact: 'Tekst in bijlagen',
  reading: (read: number, total: number) => `${read.toLocaleString('nl-NL')} van ${bestanden(total)} gelezen`,
  done: (total: number, withText: number) =>
    withText === 0 ? `${bestanden(total)} bekeken, geen tekst gevonden` : `${bestanden(total)} bekeken, in ${withText.toLocaleString('nl-NL')} tekst gevonden`,
  later: 'Woorden in de bijlagen die nog niet gelezen zijn, vindt u nog niet.',
};
