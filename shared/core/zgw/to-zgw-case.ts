// From answers of the ZGW APIs to a case in our own words. Pure: what was fetched goes in.
import type { ProcessTerm } from '#core/model/process-term.ts';
import type { ZgwCase, ZgwResultType } from '#core/model/zgw-case.ts';
import type { ResultaattypeAnswer, ZaakAnswer } from './answers.ts';

const archiveStatuses = {
  nog_te_archiveren: 'to-archive',
  gearchiveerd: 'archived',
  gearchiveerd_procestermijn_onbekend: 'archived-process-term-unknown',
  overgedragen: 'transferred',
} as const;

const processTerms: Readonly<Record<string, ProcessTerm>> = {
  nihil: 'nil',
  bestaansduur_procesobject: 'life-of-object',
  ingeschatte_bestaansduur_procesobject: 'estimated-life-of-object',
  vast_te_leggen_datum: 'date-to-be-set',
  samengevoegd_met_bewaartermijn: 'merged-with-period',
};

export function toResultType(
  type: ResultaattypeAnswer,
  selection: { volledigNummer: string; procestermijn?: string | null | undefined } | null,
): ZgwResultType {
  const { brondatumArchiefprocedure: derivation } = type;
  return {
    nomination: type.archiefnominatie,
    period: type.archiefactietermijn,
    selection: selection === null ? null : { number: selection.volledigNummer, processTerm: processTerms[selection.procestermijn ?? ''] ?? null },
    derivation:
      derivation === null
        ? null
        : {
            kind: derivation.afleidingswijze,
            characteristic: derivation.datumkenmerk ?? '',
            objectType: derivation.objecttype ?? '',
            processPeriod: derivation.procestermijn,
          },
  };
}

type Rest = Pick<ZgwCase, 'resultType' | 'mainCase' | 'properties' | 'objects' | 'related' | 'decisions'>;

export function toZgwCase(zaak: ZaakAnswer, rest: Rest): ZgwCase {
  return {
    url: zaak.url,
    number: zaak.identificatie,
    title: zaak.omschrijving.trim() === '' ? null : zaak.omschrijving.trim().slice(0, 500),
    closedOn: zaak.einddatum,
    nomination: zaak.archiefnominatie,
    actionDate: zaak.archiefactiedatum,
    startDate: zaak.startdatumBewaartermijn,
    archiveStatus: archiveStatuses[zaak.archiefstatus],
    partCaseUrls: zaak.deelzaken,
    ...rest,
  };
}

/** `datumkenmerk` in an object; a path with `/` goes into objects inside it. Null: not there, or not a word. */
export function characteristicOf(object: unknown, path: string): string | null {
  if (path === '') return null;
  let at: unknown = object;
  for (const step of path.split('/')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return null;
    at = (at as Readonly<Record<string, unknown>>)[step];
  }
  return typeof at === 'string' ? at : null;
}
