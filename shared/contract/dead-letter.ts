// Work that failed too often, door by door; the administrator sees it and puts it back.
import * as z from 'zod';
import { listOf } from './page.ts';

export const DeadLetterParams = z.object({ door: z.string().regex(/^[a-z-]{1,64}$/, 'deze deur kennen we niet') });

export const DeadLetters = z
  .object({
    items: listOf(
      z.object({
        door: z.string(),
        messages: z.int().meta({ description: 'How many messages lie there' }),
      }),
    ),
    next: z.null(),
  })
  .meta({ id: 'DeadLetters', description: 'Doors with a queue, and what failed there' });
export type DeadLetters = z.infer<typeof DeadLetters>;

export const RetriedLetters = z
  .object({ door: z.string(), moved: z.int() })
  .meta({ id: 'RetriedLetters', description: 'How many messages went back to the queue' });
export type RetriedLetters = z.infer<typeof RetriedLetters>;
