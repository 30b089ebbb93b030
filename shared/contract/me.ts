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
    csrf: z.string().nullable().meta({ description: 'Send as `X-CSRF` with every write of a browser session; null with a bearer token' }),
  })
  .meta({ id: 'Me', description: 'The person or client that asks' });
export type Me = z.infer<typeof Me>;

export const Health = z.object({ status: z.literal('ok'), version: z.string() }).meta({ id: 'Health', description: 'The API answers' });
export type Health = z.infer<typeof Health>;
