// Ids: a prefix that says what it names, and a ULID (48 bits of time, 80 of chance). Clock and chance are arguments.
import * as z from 'zod';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function idSchema<P extends string>(prefix: P) {
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[0-9A-HJKMNP-TV-Z]{26}$`), `geen ${prefix}-kenmerk`)
    .brand<P>();
}

export const BundleId = idSchema('bundle');
export type BundleId = z.infer<typeof BundleId>;
export const HoldId = idSchema('hold');
export type HoldId = z.infer<typeof HoldId>;
export const ListId = idSchema('list');
export type ListId = z.infer<typeof ListId>;
export const CertificateId = idSchema('certificate');
export type CertificateId = z.infer<typeof CertificateId>;
export const RunId = idSchema('run');
export type RunId = z.infer<typeof RunId>;
export const EventId = idSchema('event');
export type EventId = z.infer<typeof EventId>;

export const CustodianId = idSchema('custodian');
export type CustodianId = z.infer<typeof CustodianId>;
export const SearchId = idSchema('search');
export type SearchId = z.infer<typeof SearchId>;

/** The organisation's own case number (zaaknummer), as in ZGW `identificatie`. */
export const CaseId = z
  .string()
  .regex(/^[A-Za-z0-9._~-]{1,64}$/, 'alleen letters, cijfers en - . _ ~')
  .brand<'case'>();
export type CaseId = z.infer<typeof CaseId>;

export type IdPrefix = 'bundle' | 'hold' | 'list' | 'certificate' | 'run' | 'event' | 'custodian' | 'search';
export interface IdOf {
  bundle: BundleId;
  hold: HoldId;
  list: ListId;
  certificate: CertificateId;
  run: RunId;
  event: EventId;
  custodian: CustodianId;
  search: SearchId;
}

/** 26 characters of Crockford base 32 from milliseconds since 1970 and ten bytes of chance. */
export function ulid(epochMs: number, chance: Uint8Array): string {
  let time = '';
  for (let i = 0, t = Math.floor(epochMs); i < 10; i++, t = Math.floor(t / 32)) time = alphabet.charAt(t % 32) + time;
  let rest = '';
  let bits = 0;
  let held = 0;
  for (const byte of chance.subarray(0, 10)) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      rest += alphabet.charAt((held >> bits) & 31);
      held &= (1 << bits) - 1;
    }
  }
  return time + rest;
}

export function makeId<P extends IdPrefix>(prefix: P, epochMs: number, chance: Uint8Array): IdOf[P] {
  return `${prefix}_${ulid(epochMs, chance)}` as IdOf[P];
}
