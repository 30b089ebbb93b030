// The keep-or-not help: four questions of the policy on chat messages; one "yes" is a reason to keep.
import { keepOutcome } from '#core/intake/keep-outcome.ts';
import type { KeepAnswers as AnswersSent, KeepOutcome, KeepReason } from '#core/model/bundle.ts';

export const keepQuestions = ['municipal-task', 'others-should-know', 'rights-derived', 'public-accountability'] as const satisfies readonly KeepReason[];
export type KeepAnswers = Readonly<Partial<Record<KeepReason, boolean>>>;
export type KeepAdvice = 'open' | KeepOutcome;

export function keepDecisionOf(answers: KeepAnswers, recordedElsewhere: boolean): AnswersSent {
  const answered = (value: boolean) => keepQuestions.filter((question) => answers[question] === value);
  const reasons = answered(true);
  return { formal: reasons.length > 0, reasons, recordedElsewhere, answeredNo: answered(false) };
}

/** Open until one question is answered with yes, or all with no. */
export function keepAdvice(answers: KeepAnswers, recordedElsewhere: boolean): KeepAdvice {
  const decision = keepDecisionOf(answers, recordedElsewhere);
  const denied = decision.answeredNo?.length === keepQuestions.length;
  return decision.reasons.length > 0 || denied ? keepOutcome(decision) : 'open';
}
