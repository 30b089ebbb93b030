// The certificate as blocks of Dutch text, in reading order; the PDF is drawn from these and from nothing else.
import type { Role } from '#core/model/role.ts';
import type { CalendarDate, Instant } from '#core/model/time.ts';
import { toDutchDate } from '#core/text/dutch-date.ts';
import type { Block } from './block.ts';
import type { Certificate } from './certificate.ts';
import { certificateText as text } from './text.nl.ts';

/** `17-04-2031 02:00:13 UTC` */
function moment(at: Instant): string {
  return `${toDutchDate(at.slice(0, 10) as CalendarDate)} ${at.slice(11, 19)} UTC`;
}

function span(first: string, last: string): string {
  const [from, to] = [toDutchDate(first.slice(0, 10) as CalendarDate), toDutchDate(last.slice(0, 10) as CalendarDate)];
  return from === to ? from : `${from} tot en met ${to}`;
}

function groundOf({ ground }: Certificate): string {
  const list = ground.selectionList;
  return [
    ...(list === null ? [] : [`${text.groundSelection(list.name, list.version)}: ${ground.selections.join(', ')}`]),
    ...(ground.ownPeriods ? [text.groundOwn] : []),
  ].join('; ');
}

function stepWords(step: Certificate['authorisation']['steps'][number]): string {
  const ofState = { 'changes-requested': text.stepRefused, executing: text.stepExecuting };
  const done = ofState[step.to as keyof typeof ofState] ?? text.steps[step.action as keyof typeof text.steps] ?? step.action;
  return `${done}: ${text.roles[step.role as Role] ?? step.role}, ${step.by}`;
}

export function certificateBlocks(certificate: Certificate): readonly Block[] {
  const { authorisation, executed } = certificate;
  const heading = (words: string): Block => ({ kind: 'heading', text: words });
  const paragraph = (words: string): Block => ({ kind: 'paragraph', text: words });
  const facts = (...pairs: readonly (readonly [string, string])[]): Block => ({ kind: 'facts', facts: pairs });

  return [
    { kind: 'title', text: text.title },
    paragraph(text.intro(certificate.organisation)),
    facts(
      [text.number, certificate.number],
      [text.organisation, certificate.organisation],
      [text.drawnUp, toDutchDate(certificate.madeOn)],
      [text.list, `${certificate.list.name} (${certificate.list.id})`],
      [text.ground, groundOf(certificate)],
      [text.law, certificate.legalBasis],
      [text.authorisation, authorisation.kind === 'standing' ? text.authorisationStanding(authorisation.decisionReference ?? '') : text.authorisationPerList],
      ...(executed === null ? [] : [[text.executed, text.executedBetween(moment(executed.first), moment(executed.last))] as const]),
    ),
    heading(text.mannerHeading),
    paragraph(certificate.manner),
    heading(text.stepsHeading),
    facts(...authorisation.steps.map((step) => [moment(step.at), stepWords(step)] as const)),
    heading(text.categoriesHeading),
    ...certificate.categories.map((category) =>
      facts(
        [
          text.category.selection,
          category.selection === null ? text.noSelection : `${category.selection}${category.description === null ? '' : ` ${category.description}`}`,
        ],
        [text.category.bundles, String(category.bundles)],
        [text.category.conversations, String(category.conversations)],
        [text.category.records, String(category.records)],
        [text.category.attachments, String(category.attachments)],
        [text.category.dates, category.dates === null ? text.notDated : span(category.dates.first, category.dates.last)],
        [text.category.due, span(category.due.first, category.due.last)],
      ),
    ),
    ...(certificate.destroyed.length === 0 ? [] : [heading(text.bundlesHeading)]),
    ...certificate.destroyed.map((bundle) =>
      facts(
        [text.bundle.id, bundle.bundleId],
        [text.bundle.sha256, bundle.sha256],
        [text.bundle.cases, bundle.caseIds.join(', ') || text.noCase],
        [
          text.bundle.found,
          bundle.found === null || bundle.found.versions === 0 ? text.nothingFound : text.found(bundle.found.versions, bundle.found.segments),
        ],
        [text.bundle.verified, text.verified(moment(bundle.verifiedAt))],
      ),
    ),
    ...(certificate.alreadyAbsent.length === 0 ? [] : [heading(text.absentHeading), paragraph(text.absentIntro)]),
    ...certificate.alreadyAbsent.map(({ bundleId, caseIds }) => facts([text.bundle.id, bundleId], [text.bundle.cases, caseIds.join(', ') || text.noCase])),
    ...(certificate.leftOut.length === 0 ? [] : [heading(text.leftOutHeading), paragraph(text.leftOutIntro)]),
    ...(certificate.leftOut.length === 0 ? [] : [facts(...certificate.leftOut.map(({ bundleId, reason }) => [bundleId, text.reasons[reason]] as const))]),
    heading(text.backupsHeading),
    paragraph(text.backups(toDutchDate(certificate.backups.catalogueUntil))),
    heading(text.keptHeading),
    paragraph(text.kept),
  ];
}
