// What follows from the keep-or-not help: the outcome and its ground in one sentence, stored with the bundle (Archiefwet 1995 art. 3).
// "Recorded elsewhere" is no ground to keep nothing (Inspectie Overheidsinformatie en Erfgoed, 3-10-2022): it is said, and the chat may come in.
import type { KeepAnswers, KeepDecision, KeepOutcome, KeepReason } from '#core/model/bundle.ts';

const reasonWords: Readonly<Record<KeepReason, string>> = {
  'others-should-know': 'anderen in de organisatie moeten het weten',
  'rights-derived': 'iemand kan er rechten aan ontlenen',
  'municipal-task': 'het gaat over een taak van de organisatie',
  'public-accountability': 'het kan nodig zijn voor verantwoording of bij de rechter',
};

type Asked = Pick<KeepAnswers, 'formal' | 'reasons' | 'recordedElsewhere'>;

export function keepOutcome({ formal, reasons, recordedElsewhere }: Asked): KeepOutcome {
  if (!formal && reasons.length === 0) return 'keep-not';
  return recordedElsewhere ? 'keep-elsewhere' : 'keep';
}

function groundOf(answers: Asked): string {
  const reasons = answers.reasons.map((reason) => reasonWords[reason]);
  const because = reasons.length === 0 ? 'de chat is formeel of zakelijk' : reasons.join('; ');
  switch (keepOutcome(answers)) {
    case 'keep':
      return `Bewaren: ${because}. De inhoud staat nergens anders vast.`;
    case 'keep-elsewhere':
      return `Bewaren: ${because}. De inhoud staat volgens de inzender ook elders vast.`;
    case 'keep-not':
      return 'Volgens de vragen hoeft deze chat niet bewaard te worden. De inzender heeft hem toch ingeleverd.';
  }
}

export function decideKeep(answers: KeepAnswers): KeepDecision {
  return { ...answers, outcome: keepOutcome(answers), ground: groundOf(answers) };
}
