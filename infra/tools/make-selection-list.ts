// Makes the table of facts of the Selectielijst gemeenten 2020 from the reference csv (VNG Realisatie, EUPL): `node infra/tools/make-selection-list.ts <csv>`.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const target = join(import.meta.dirname, '../../shared/core/retention/selection-list-2020.data.json');

const nominations: Readonly<Record<string, 'destroy' | 'keep' | null>> = { vernietigen: 'destroy', blijvend_bewaren: 'keep', '': null };
const processTerms: Readonly<Record<string, string | null>> = {
  nihil: 'nil',
  bestaansduur_procesobject: 'life-of-object',
  ingeschatte_bestaansduur_procesobject: 'estimated-life-of-object',
  vast_te_leggen_datum: 'date-to-be-set',
  samengevoegd_met_bewaartermijn: 'merged-with-period',
  '': null,
};

function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (quoted) {
      if (char === '"' && text.charAt(i + 1) === '"') {
        field += '"';
        i++;
      } else if (char === '"') quoted = false;
      else field += char;
    } else if (char === '"') quoted = true;
    else if (char === ';' || char === '\n') {
      rows.at(-1)?.push(field.replace(/\r$/, ''));
      field = '';
      if (char === '\n') rows.push([]);
    } else field += char;
  }
  if (field !== '') rows.at(-1)?.push(field);
  const [header = [], ...lines] = rows.filter((row) => row.length > 1);
  return lines.map((line) => Object.fromEntries(header.map((name, i) => [name, line[i] ?? ''])));
}

function coded<T>(table: Readonly<Record<string, T>>, word: string): T {
  const code = table[word];
  if (code === undefined) throw new Error(`unknown word in the reference: ${word}`);
  return code;
}

function main(csv: string): void {
  const rows = parseCsv(readFileSync(csv, 'utf8').replace(/^\uFEFF/, ''));
  const processTypes = [...new Map(rows.map((row) => [Number(row['procestype']), row['procestypenaam'] ?? ''])).entries()].sort(([a], [b]) => a - b);
  const results = rows.map((row) => ({
    number: row['nummer'],
    processType: Number(row['procestype']),
    kind: row['soort'] === 'generiek' ? 'generic' : 'specific',
    result: row['resultaat'],
    description: row['omschrijving'],
    nomination: coded(nominations, row['waardering'] ?? ''),
    processTerm: coded(processTerms, row['procestermijn'] ?? ''),
    // P0D ("at once") stands in one edition only; the other gives no term: unknown, so never due by itself.
    period: row['bewaartermijn'] === '' || row['bewaartermijn'] === 'P0D' ? null : row['bewaartermijn'],
    processTermRemark: row['procestermijn_opmerking'],
    origin: row['herkomst'],
    note: row['toelichting'],
  }));
  const list = {
    name: 'Selectielijst gemeenten en intergemeentelijke organen 2020',
    shortName: 'Selectielijst 2020',
    version: '2020 (Staatscourant 2020, 11143; in gebruik vanaf 01-01-2020)',
    source: 'open-zaak/vng-selectielijst 1.0.5 (2022-10-07), without amendments after 2020',
    licence: 'Copyright © VNG Realisatie 2018-2023. Licensed under the EUPL.',
    processTypes: processTypes.map(([number, name]) => ({ number, name })),
    results,
  };
  writeFileSync(target, `${JSON.stringify(list, null, 2)}\n`);
  process.stdout.write(`${results.length} results, ${processTypes.length} process types\n`);
}

const [csv] = process.argv.slice(2);
if (csv === undefined) throw new Error('usage: make-selection-list <csv>');
main(csv);
