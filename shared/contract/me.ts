// GET /v1/me: who is signed in, what the roles allow, and the token that guards the browser's writes.
import * as z from 'zod';
import { Role } from '#core/model/role.ts';
import { CalendarDate } from '#core/model/time.ts';
import { listOf } from './page.ts';

export const Me = z
  .object({
    subject: z.string(),
    name: z.string().nullable(),
    roles: listOf(Role),
    actions: listOf(z.string()).meta({ description: 'What these roles allow, e.g. `message.search`' }),
    organisation: z.string(),
    today: CalendarDate.meta({ description: "Date of the archive's calendar" }),
    wholeOriginalRequired: z.boolean().meta({ description: 'Files are sent whole; what is private is marked, not left out' }),
    csrf: z.string().nullable().meta({ description: 'Send as `X-CSRF` with every write of a browser session; null with a bearer token' }),
  })
  .meta({ id: 'Me', description: 'The person or client that asks' });
export type Me = z.infer<typeof Me>;

export const Health = z.object({ status: z.literal('ok') }).meta({ id: 'Health', description: 'The API answers' });
export type Health = z.infer<typeof Health>;

export const SignedOut = z
  .object({ location: z.string() })
  .meta({ id: 'SignedOut', description: 'POST /auth/sign-out: the session is gone; go there to end the one at the identity provider too' });
export type SignedOut = z.infer<typeof SignedOut>;
