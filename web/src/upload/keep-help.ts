// The keep-or-not help: four questions of the policy on chat messages; one "yes" is a reason to keep.
import type { KeepAnswers as StoredAnswers } from '#core/model/bundle.ts';

export const keepQuestions = ['municipal-task', 'others-should-know', 'rights-derived', 'public-accountability'] as const;
export type KeepQuestion = (typeof keepQuestions)[number];
export type KeepAnswers = Readonly<Partial<Record<KeepQuestion, boolean>>>;
export type KeepAdvice = 'open' | 'keep' | 'keep-not' | 'elsewhere';

export function keepAdvice(answers: KeepAnswers, recordedElsewhere: boolean): KeepAdvice {
  if (keepQuestions.some((question) => answers[question] === true)) return recordedElsewhere ? 'elsewhere' : 'keep';
  return keepQuestions.every((question) => answers[question] === false) ? 'keep-not' : 'open';
}

export function keepDecisionOf(answers: KeepAnswers, recordedElsewhere: boolean): StoredAnswers {
  const reasons = keepQuestions.filter((question) => answers[question] === true);
  return { formal: reasons.length > 0, reasons: [...reasons], recordedElsewhere };
}
