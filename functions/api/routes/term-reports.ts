// The search-term report: on screen, as xlsx and as csv. POST, because terms name people.

import { SearchFilters, SwitchedOff } from '#contract/search.ts';
import { ReportTerms, TermReportAnswer } from '#contract/term-report.ts';
import { termReportSheets } from '#core/export/term-report-sheets.ts';
import { ok } from '#core/model/result.ts';
import { type ReportOrder, reportTerms } from '#flow/report-terms.ts';
import { writeCsvOfSheets, writeWorkbook } from '#functions/documents/workbook.ts';
import { hashOf } from '../caller.ts';
import { apiVersion } from '../openapi.ts';
import { bytesRoute, type Route } from '../route.ts';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function orderOf({ terms, query, searchId, filters, switchedOff }: ReportTerms): ReportOrder {
  if (searchId !== undefined) return { kind: 'search', searchId };
  const beside = { filters: filters ?? SearchFilters.parse(undefined), switchedOff: switchedOff ?? SwitchedOff.parse(undefined) };
  return terms === undefined ? { kind: 'query', query: query ?? '', ...beside } : { kind: 'terms', terms, ...beside };
}

export const termReportRoutes: readonly Route[] = [
  bytesRoute({
    id: 'reportTerms',
    method: 'post',
    path: '/terms/_report',
    action: 'term.report',
    tag: 'Zoeken',
    summary: 'What each term finds, alone and together, by key person and month; as JSON, xlsx or csv by the Accept header',
    faults: ['query.syntax', 'query.expansion-too-wide', 'not-found'],
    body: ReportTerms,
    answers: [
      { status: 200, description: 'The report', schema: TermReportAnswer, media: 'application/json' },
      { status: 200, description: 'The report', schema: null, media: xlsx },
      { status: 200, description: 'The report', schema: null, media: 'text/csv' },
    ],
    handle: async ({ services, acting, body, header, audit }) => {
      const made = await reportTerms(services, acting, orderOf(body));
      if (!made.ok) return made;
      const { settings, rows, total } = made.value;
      const asked = body.searchId === undefined ? { queryHash: hashOf(rows.map(({ term }) => term).join('\n')) } : {};
      await audit(body.searchId ?? 'terms', { ...asked, terms: rows.length, total: total.hits });
      const form = [xlsx, 'text/csv'].find((media) => header('accept')?.toLowerCase().includes(media));
      if (form === undefined) {
        const answer: TermReportAnswer = {
          ...made.value,
          settings: { ...settings, filters: SearchFilters.parse(settings.filters), switchedOff: SwitchedOff.parse(settings.switchedOff), version: apiVersion },
        };
        return ok(new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } }));
      }
      const sheets = termReportSheets(made.value, apiVersion);
      const bytes = form === xlsx ? await writeWorkbook(sheets) : writeCsvOfSheets(sheets);
      const name = `zoektermen-${settings.today}.${form === xlsx ? 'xlsx' : 'csv'}`;
      const type = form === xlsx ? xlsx : 'text/csv; charset=utf-8';
      return ok(new Response(bytes, { headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` } }));
    },
  }),
];
