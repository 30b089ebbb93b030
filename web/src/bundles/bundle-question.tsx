// The question that a bundle waits with, each kind in its own form.
import type { BundleAnswer } from '#contract/bundle.ts';
import { DateQuestion } from './date-question.tsx';
import { MappingQuestion } from './mapping-question.tsx';

export function BundleQuestion({ bundle }: { readonly bundle: BundleAnswer }) {
  const doubt = bundle.state === 'needs-answer' ? bundle.doubts.find(({ severity }) => severity === 'question') : undefined;
  if (doubt === undefined) return null;
  return doubt.code === 'mapping.needed' ? <MappingQuestion bundle={bundle} doubt={doubt} /> : <DateQuestion bundle={bundle} doubt={doubt} />;
}
