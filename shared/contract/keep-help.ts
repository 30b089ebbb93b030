// GET /v1/keep-help: the organisation's own words beside the four questions at upload.
import type * as z from 'zod';
import { KeepHelp } from '#core/model/keep-help.ts';

export const KeepHelpAnswer = KeepHelp.meta({
  id: 'KeepHelp',
  description: 'What the policy on chat messages says, with examples; the administrator changes it at `settings`',
});
export type KeepHelpAnswer = z.infer<typeof KeepHelpAnswer>;
