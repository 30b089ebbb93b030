// Cases out of the organisation's case system (ZGW Zaken, Catalogi, Besluiten API; reading only). Fetches what the derivation of the
// start needs and no more. Trouble is a code; the case itself never stands in it.
import type { Result } from '#core/model/result.ts';
import type { ZgwCase } from '#core/model/zgw-case.ts';
import {
  BesluitAnswer,
  ObjectAnswer,
  ResultaatAnswer,
  ResultaattypeAnswer,
  SelectielijstResultaatAnswer,
  ZaakAnswer,
  ZaakbesluitenAnswer,
  ZaakeigenschappenAnswer,
  ZaakobjectAnswer,
} from '#core/zgw/answers.ts';
import { characteristicOf, toResultType, toZgwCase } from '#core/zgw/to-zgw-case.ts';
import { makeZgwHttp, type ZgwAccess, type ZgwHttp, ZgwTrouble, type ZgwTroubleCode } from './zgw-http.ts';

export interface ZgwSource extends ZgwAccess {
  /** RSIN of the organisation: with the number it names a case (zrc-002). */
  readonly rsin: string;
}

export type ZgwFound = { readonly ok: true; readonly value: ZgwCase } | { readonly ok: false; readonly trouble: ZgwTroubleCode };
export type ZgwClient = ReturnType<typeof makeZgwClient>;

async function troubleOr<T>(work: () => Promise<T>): Promise<Extract<Result<T>, { ok: true }> | { readonly ok: false; readonly trouble: ZgwTroubleCode }> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof ZgwTrouble) return { ok: false, trouble: error.code };
    throw error;
  }
}

export function makeZgwClient(source: ZgwSource, epochMs: () => number = Date.now) {
  const http = makeZgwHttp(source, epochMs);

  /** By number; the number alone may be used by more than one organisation in the same system. */
  const findCase = (number: string): Promise<ZgwFound> =>
    troubleOr(async () => {
      const query = new URLSearchParams({ identificatie: number, bronorganisatie: source.rsin });
      const found: ZaakAnswer[] = [];
      for await (const zaak of http.getAll(`${source.zaken.replace(/\/+$/, '')}/zaken?${query}`, ZaakAnswer)) found.push(zaak);
      const same = found.filter(({ identificatie }) => identificatie === number);
      if (same.length > 1) throw new ZgwTrouble('zgw-ambiguous');
      const [zaak] = same;
      if (zaak === undefined) throw new ZgwTrouble('zgw-not-found');
      return fill(http, zaak);
    });

  const readCase = (url: string): Promise<ZgwFound> => troubleOr(async () => fill(http, await http.get(url, ZaakAnswer)));

  /** Number of the case at this address, without what hangs on it. */
  const numberOf = (url: string) => troubleOr(async () => (await http.get(url, ZaakAnswer)).identificatie);

  return { findCase, readCase, numberOf, isOurs: http.isOurs };
}

/** Trouble with one of them is trouble with the case: half a case would give a wrong date. */
async function fill(http: ZgwHttp, zaak: ZaakAnswer): Promise<ZgwCase> {
  const resultType = zaak.resultaat === null ? null : await resultTypeOf(http, zaak.resultaat);
  const derivation = resultType?.derivation ?? null;
  const open = zaak.einddatum === null;
  const needs = (kind: string) => !open && derivation?.kind === kind;
  return toZgwCase(zaak, {
    resultType,
    mainCase: zaak.hoofdzaak !== null && needs('hoofdzaak') ? { closedOn: (await http.get(zaak.hoofdzaak, ZaakAnswer)).einddatum } : null,
    properties: needs('eigenschap')
      ? (await http.get(`${zaak.url}/zaakeigenschappen`, ZaakeigenschappenAnswer)).map(({ naam, waarde }) => ({ name: naam, value: waarde }))
      : [],
    objects: needs('zaakobject') ? await objectsOf(http, zaak, derivation?.objectType ?? '', derivation?.characteristic ?? '') : [],
    related: needs('gerelateerde_zaak') ? await Promise.all(zaak.relevanteAndereZaken.map(async ({ url }) => ({ closedOn: await endOf(http, url) }))) : [],
    decisions: needs('ingangsdatum_besluit') || needs('vervaldatum_besluit') ? await decisionsOf(http, zaak) : [],
  });
}

async function resultTypeOf(http: ZgwHttp, resultaat: string) {
  const { resultaattype } = await http.get(resultaat, ResultaatAnswer);
  const type = await http.get(resultaattype, ResultaattypeAnswer);
  // Its number stands in the list's own API only. Where that is not ours to ask, the result type speaks alone.
  const { selectielijstklasse: row } = type;
  return toResultType(type, row !== null && http.isSelectionList(row) ? await http.get(row, SelectielijstResultaatAnswer) : null);
}

/** A related case may lie in another system, which we do not ask: its end is not known. */
async function endOf(http: ZgwHttp, url: string) {
  return http.isOurs(url) ? (await http.get(url, ZaakAnswer)).einddatum : null;
}

async function objectsOf(http: ZgwHttp, zaak: ZaakAnswer, objectType: string, characteristic: string): Promise<(string | null)[]> {
  const query = new URLSearchParams({ zaak: zaak.url });
  const base = zaak.url.slice(0, zaak.url.lastIndexOf('/zaken/'));
  const values: (string | null)[] = [];
  for await (const { objectType: kind, object, objectIdentificatie } of http.getAll(`${base}/zaakobjecten?${query}`, ZaakobjectAnswer)) {
    if (kind !== objectType) continue;
    const inside = characteristicOf(objectIdentificatie, characteristic);
    values.push(inside ?? (object !== null && http.isOurs(object) ? characteristicOf(await http.get(object, ObjectAnswer), characteristic) : null));
  }
  return values;
}

async function decisionsOf(http: ZgwHttp, zaak: ZaakAnswer): Promise<ZgwCase['decisions']> {
  const links = await http.get(`${zaak.url}/besluiten`, ZaakbesluitenAnswer);
  return Promise.all(
    links.map(async ({ besluit }) => {
      const { ingangsdatum, vervaldatum } = await http.get(besluit, BesluitAnswer);
      return { effectiveOn: ingangsdatum, lapsesOn: vervaldatum };
    }),
  );
}
