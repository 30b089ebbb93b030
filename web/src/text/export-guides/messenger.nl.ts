import type { Guide } from '../../help/drawing.ts';

export const messengerGuide: Guide = {
  name: 'Messenger en Instagram',
  short: 'U vraagt uw gegevens op in het Accountcentrum, alleen de berichten, als JSON.',
  file: 'De zip die u mag downloaden. Pak hem niet uit. U kiest bij het uploaden welke gesprekken u inlevert.',
  checked: 'Beveiligde opslag: met de uitleg van Meta van 28 maart 2024 en een beschrijving van anderen. De rest van de weg: niet op een toestel geprobeerd.',
  roads: [
    {
      device: 'Telefoon of computer',
      steps: [
        {
          text: 'Ga naar Instellingen, Accountcentrum, Je gegevens en machtigingen. Kies “Je gegevens downloaden” of “exporteren”.',
          drawing: { kind: 'list', title: 'Accountcentrum', items: ['Profielen', 'Wachtwoord', 'Je gegevens', 'Advertenties'], mark: 2 },
        },
        {
          text: 'Kies een deel van uw gegevens en dan alleen “Berichten”.',
          drawing: {
            kind: 'switches',
            title: 'Wat downloaden',
            items: [
              ['Berichten', true],
              ['Foto’s', false],
              ['Vrienden', false],
            ],
          },
        },
        {
          text: 'Kies als vorm JSON en de periode van het werk. HTML lezen we niet.',
          drawing: { kind: 'question', title: 'Vorm', items: ['HTML', 'JSON'], mark: 1 },
        },
        {
          text: 'U krijgt een bericht als de zip klaar is. Dat duurt soms een dag. Bewaar de zip op uw werkplek.',
          drawing: { kind: 'files', title: 'Werkmap', items: ['gegevens-berichten.zip'], mark: 0 },
        },
      ],
    },
  ],
  warning:
    'Versleutelde chats van Messenger zitten daar niet in. Die downloadt u apart, in Messenger op de computer: Instellingen, Privacy en veiligheid, End-to-end versleutelde chats, Beveiligde opslag.',
  leftOut: [
    'verwijderde en verdwijnende berichten',
    'versleutelde chats, als u ze niet apart hebt gedownload',
    'de eerdere tekst van een bewerkt bericht',
    'of iemand een bericht heeft gelezen',
  ],
  settings: [
    {
      title: 'Tweestapsverificatie',
      steps: [
        {
          text: 'Ga naar Accountcentrum, Wachtwoord en beveiliging, Tweestapsverificatie.',
          drawing: { kind: 'switches', title: 'Beveiliging', items: [['Tweestapsverificatie', true]] },
        },
      ],
    },
    {
      title: 'Niet automatisch opslaan',
      steps: [
        {
          text: 'Ga in Messenger naar Instellingen, Foto’s en media. Zet “Opslaan bij ontvangst” uit.',
          drawing: { kind: 'switches', title: 'Foto’s en media', items: [['Opslaan bij ontvangst', false]] },
        },
      ],
    },
    { title: 'Privacy', steps: [{ text: 'Gebruik een account van uw organisatie voor berichten van inwoners, niet uw eigen account.' }] },
  ],
};
