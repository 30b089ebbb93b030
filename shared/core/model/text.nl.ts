// The Dutch sentences of fault, problem and doubt codes (B1, "u"). A code without a sentence does not compile.
// No sentence quotes what was sent or said.
import type { ProblemCode } from './bundle.ts';
import type { Doubt, DoubtCode } from './doubt.ts';
import type { FaultCode } from './fault.ts';

export interface Sentence {
  readonly title: string;
  /** What happened, what is safe, what to do. */
  readonly detail: string;
}

export const faultText: Readonly<Record<FaultCode, Sentence>> = {
  'input.invalid': {
    title: 'De aanvraag klopt niet',
    detail: 'Een of meer velden kloppen niet. Er is niets opgeslagen. Bij "errors" staat per veld wat er anders moet.',
  },
  'query.syntax': { title: 'De zoekvraag klopt niet', detail: 'We begrijpen de zoekvraag niet. Bij "errors" staat op welke plaats het misgaat.' },
  'query.expansion-too-wide': {
    title: 'De zoekvraag is te breed',
    detail: 'Een deel van de zoekvraag past op te veel woorden. Er is niets gezocht, zodat u geen onvolledig antwoord krijgt. Maak dat deel langer.',
  },
  'cursor.invalid': {
    title: 'De volgende pagina is niet te vinden',
    detail: 'De waarde van "next" hoort niet bij deze lijst. Begin opnieuw bij de eerste pagina.',
  },
  'session.absent': { title: 'U bent niet ingelogd', detail: 'Log in en probeer het opnieuw. Er is niets veranderd.' },
  'access.denied': { title: 'U mag dit niet', detail: 'Uw rol geeft hier geen toegang toe. Vraag uw beheerder als dat niet klopt.' },
  'access.csrf': {
    title: 'De aanvraag kwam niet van dit scherm',
    detail: 'Het beveiligingskenmerk ontbreekt of klopt niet. Er is niets veranderd. Laad de pagina opnieuw.',
  },
  'approval.own-work': {
    title: 'Dit moet een ander doen',
    detail: 'U hebt aan deze lijst al een eerdere stap gezet. Een tweede persoon moet deze stap zetten.',
  },
  'not-found': { title: 'Niet gevonden', detail: 'Wat u zoekt bestaat niet, of u mag het niet zien.' },
  'method.not-allowed': { title: 'Dat kan hier niet', detail: 'Deze methode bestaat niet op dit adres. In de kop "Allow" staat wat wel kan.' },
  'media-type.not-acceptable': { title: 'Die vorm geven we niet', detail: 'Dit adres antwoordt niet in de vorm die u vraagt met "Accept".' },
  'media-type.unsupported': { title: 'Die vorm lezen we niet', detail: 'Stuur de aanvraag als application/json.' },
  'changed-meanwhile': {
    title: 'Iemand was u voor',
    detail: 'Dit is intussen door een ander veranderd. Uw wijziging is niet opgeslagen. Bekijk de nieuwe stand en probeer het opnieuw.',
  },
  'idempotency.different-request': {
    title: 'Dit kenmerk is al gebruikt',
    detail: 'Met deze Idempotency-Key is eerder een andere aanvraag gedaan. Er is niets veranderd. Gebruik een nieuw kenmerk.',
  },
  'idempotency.in-flight': {
    title: 'Deze aanvraag loopt nog',
    detail: 'Dezelfde aanvraag is net gedaan en nog niet klaar. Wacht even en vraag het opnieuw met hetzelfde kenmerk.',
  },
  'bundle.duplicate': {
    title: 'Dit bestand is er al',
    detail: 'Precies dit bestand is eerder ingeleverd. Het staat veilig in het archief; u hoeft niets te doen.',
  },
  'bundle.wrong-state': { title: 'Dat kan nu niet met deze bundel', detail: 'De bundel is in een toestand waarin dit niet kan. Er is niets veranderd.' },
  'bundle.no-such-question': {
    title: 'Deze vraag staat niet open',
    detail: 'De bundel wacht niet op een antwoord op deze vraag, of uw keuze hoort er niet bij. Er is niets veranderd.',
  },
  'upload.incomplete': {
    title: 'Het bestand is nog niet compleet',
    detail: 'Een of meer delen ontbreken of zijn anders aangekomen. Stuur die delen opnieuw en rond dan af.',
  },
  'upload.expired': { title: 'De upload is verlopen', detail: 'Het bestand is niet op tijd verstuurd. Meld het bestand opnieuw aan.' },
  'sift.whole-required': {
    title: 'Uw organisatie bewaart het hele bestand',
    detail: 'Er mogen geen berichten uit het bestand worden gehaald. Lever het hele bestand in en merk wat privé is. Er is niets opgeslagen.',
  },
  'case.closed-without-date': {
    title: 'De datum van afhandeling ontbreekt',
    detail: 'Een gesloten zaak heeft de datum nodig waarop zij is afgehandeld. Er is niets opgeslagen.',
  },
  'case.selection-unknown': {
    title: 'Dit nummer staat niet in de selectielijst',
    detail: 'Kies een nummer uit de Selectielijst gemeenten 2020, zoals 6.1. Er is niets opgeslagen.',
  },
  'case.retention-contradicts': {
    title: 'De bewaargegevens spreken elkaar tegen',
    detail: 'Geef een nummer uit de selectielijst, of een waardering met een termijn; niet allebei. Er is niets opgeslagen.',
  },
  'custodian.account-taken': {
    title: 'Dit account hoort al bij een ander',
    detail: 'Een andere sleutelpersoon heeft dit account al. Er is niets opgeslagen. Zoek die persoon op, of laat het account leeg.',
  },
  'custodian.steps-open': {
    title: 'De vertreklijst is nog niet af',
    detail: 'Een of meer stappen staan nog open. Rond ze af, of geef aan waarom een stap niet nodig is. Er is niets veranderd.',
  },
  'custodian.wrong-state': {
    title: 'Dat kan nu niet met deze sleutelpersoon',
    detail: 'Vul eerst de laatste werkdag in; dan begint de vertreklijst. Er is niets veranderd.',
  },
  'search.closed': { title: 'Deze zoekvraag is afgesloten', detail: 'De zoekvraag en wat ermee is gevonden blijven te lezen. Opnieuw zoeken kan niet meer.' },
  'search.of-another': { title: 'Deze zoekvraag is van een ander', detail: 'Alleen wie de zoekvraag heeft bewaard, kan haar afsluiten.' },
  'hold.wrong-state': { title: 'Dat kan nu niet met deze bevriezing', detail: 'De bevriezing is al opgeheven of wordt net opgeheven.' },
  'list.wrong-state': {
    title: 'Dat kan nu niet met deze lijst',
    detail: 'De lijst staat bij een andere stap. Er is niets veranderd. Bekijk bij welke stap de lijst staat.',
  },
  'list.name-differs': {
    title: 'De naam is anders',
    detail: 'De naam die u hebt getypt is niet die van de lijst. Er is niets veranderd en er wordt niets vernietigd.',
  },
  'list.item-unknown': {
    title: 'Deze bundel staat niet op de lijst',
    detail: 'Een van de besluiten gaat over een bundel die niet op deze lijst staat. Er is niets opgeslagen.',
  },
  'destroy.not-due': { title: 'Nog niet aan de beurt', detail: 'De vernietigingsdatum van deze bundel is nog niet bereikt. Er is niets vernietigd.' },
  'destroy.held': { title: 'Bevroren', detail: 'Op deze bundel staat een bevriezing. Er is niets vernietigd.' },
  'destroy.not-authorised': { title: 'Geen machtiging', detail: 'Voor deze bundel is geen machtiging van de archivaris. Er is niets vernietigd.' },
  'destroy.case-unread': {
    title: 'Zaak niet gelezen',
    detail: 'Het zaaksysteem gaf over een zaak van deze bundel geen bruikbaar antwoord. Er is niets vernietigd.',
  },
  'destroy.date-differs': {
    title: 'De vernietigingsdatum is veranderd',
    detail: 'De datum komt nu anders uit dan toen de lijst werd gemaakt. Er is niets vernietigd.',
  },
  'job.unknown': { title: 'Deze taak kennen we niet', detail: 'Kies uit propose-destruction, execute-destruction en nightly-upkeep.' },
  'payload.too-large': {
    title: 'De aanvraag is te groot',
    detail: 'Stuur minder tegelijk. Een chatbestand hoort niet in de aanvraag zelf: gebruik de uploadlink.',
  },
  'range.not-satisfiable': {
    title: 'Dat deel bestaat niet',
    detail: 'Het gevraagde deel ligt buiten het bestand. In de kop "Content-Range" staat hoe groot het bestand is.',
  },
  internal: { title: 'Er ging iets mis', detail: 'Het ligt aan ons, niet aan u. De fout is gemeld. Probeer het later opnieuw.' },
  unavailable: { title: 'Even niet beschikbaar', detail: 'Het archief is druk of tijdelijk niet te bereiken. Probeer het over een minuut opnieuw.' },
};

export const problemText: Readonly<Record<ProblemCode, string>> = {
  'file.empty': 'Het bestand is leeg. Maak de export opnieuw op de telefoon en lever die in.',
  'file.not-a-chat': 'Dit bestand is geen chat-export die we herkennen. Kijk bij de uitleg hoe u een chat exporteert.',
  'file.format-not-read-yet': 'Dit formaat lezen we nog niet. Het bestand is niet bewaard; houd het zelf nog even vast.',
  'file.account-report': 'Dit is een accountrapport, geen chat. Open de chat op de telefoon en kies daar "Exporteer chat".',
  'file.too-many-conversations': 'In het bestand zitten meer gesprekken dan we in één keer kunnen bewaren. Exporteer de gesprekken in kleinere delen.',
  'file.encrypted': 'Het bestand is versleuteld. Maak een export zonder wachtwoord en lever die in.',
  'file.signal-backup':
    'Dit is een versleutelde reservekopie van Signal; die kunnen we niet lezen. Kies in Signal bij Instellingen en dan Chats voor het exporteren van de chatgeschiedenis, pak de map in als zip en lever die in.',
  'file.size-differs': 'Er kwam een ander aantal bytes aan dan aangekondigd. Lever het bestand opnieuw in.',
  'file.hash-differs': 'Het bestand kwam anders aan dan aangekondigd (de SHA-256 verschilt). Lever het bestand opnieuw in.',
  'zip.damaged': 'Het zip-bestand is beschadigd of afgebroken. Maak de export opnieuw en lever die in.',
  'zip.too-many-entries': 'Het zip-bestand bevat te veel bestanden. Exporteer de chat in kleinere delen.',
  'zip.too-large': 'Het zip-bestand is uitgepakt te groot. Exporteer de chat in kleinere delen of zonder media.',
  'zip.ratio': 'Het zip-bestand is verdacht sterk ingepakt en is niet geopend. Maak de export opnieuw op de telefoon.',
  'zip.hostile-name': 'Het zip-bestand bevat een bestandsnaam die gevaarlijk kan zijn en is niet geopend.',
  'zip.no-chat': "In het zip-bestand zit geen chat. Exporteer de chat zelf, niet alleen de foto's.",
  'zip.encrypted': 'Het zip-bestand heeft een wachtwoord. Maak een export zonder wachtwoord en lever die in.',
  'zip.method-not-read':
    'Het zip-bestand is gemaakt op een manier die we niet lezen. Maak het opnieuw met de deelknop van WhatsApp, of met een gewoon zip-programma.',
  'upload.expired': 'Het bestand is niet op tijd verstuurd. Meld het bestand opnieuw aan.',
};

const doubtText: Readonly<Record<DoubtCode, string>> = {
  'date-order.ambiguous': 'Dag en maand zijn niet zeker. Kies hoe de datums gelezen moeten worden.',
  'date-order.likely': 'Dag en maand zijn waarschijnlijk goed gelezen, maar het bewijs is dun. Controleer de periode.',
  'date-order.changes': 'De volgorde van dag en maand verandert in het bestand. Controleer de periode.',
  'date.impossible': 'Een datum bestaat niet. Het bericht is bewaard zoals het er staat.',
  'time.does-not-exist': 'Een tijdstip bestaat niet, omdat de klok toen vooruitging.',
  'time.ambiguous': 'Een tijdstip kwam twee keer voor, omdat de klok toen terugging.',
  'time.jumps-back': 'De tijd springt meer dan een dag terug. Misschien is hier tekst geplakt, of zijn gesprekken samengevoegd.',
  'line.not-understood': 'Een regel is niet begrepen. De tekst is volledig bewaard.',
  'line.pasted-header': 'Een regel lijkt op een nieuw bericht, maar hoort waarschijnlijk bij geplakte tekst.',
  'line.too-long': 'Een regel is uitzonderlijk lang. De tekst is volledig bewaard.',
  'preamble.present': 'Voor het eerste bericht staat tekst. Die is apart bewaard.',
  'system-line.unknown': 'Een melding van de app kennen we niet. De tekst is volledig bewaard.',
  'encoding.guessed': 'De tekencodering is afgeleid uit de inhoud. Controleer letters met accenten.',
  'encoding.replaced': 'Sommige tekens waren niet te lezen en zijn vervangen door een teken dat dat toont.',
  'media-counter.jumps': "De nummering van foto's en andere media slaat over. Er kunnen berichten ontbreken.",
  'attachment.missing': 'Een bijlage wordt genoemd, maar zit niet in het bestand.',
  'attachment.omitted': 'Een bijlage is bij het exporteren weggelaten.',
  'attachment.type-differs': 'Een bijlage is van een ander soort dan haar naam zegt.',
  'attachment.not-extracted': 'Een bijlage kon niet apart worden opgeslagen. Zij zit wel in het originele bestand.',
  'attachment.too-large-to-read': 'Een bijlage is te groot om de tekst uit te lezen. Zij is bewaard, maar op woorden erin kunt u niet zoeken.',
  'attachment.encrypted': 'Een bijlage heeft een wachtwoord. Zij is bewaard, maar op woorden erin kunt u niet zoeken. Vraag om een bijlage zonder wachtwoord.',
  'attachment.damaged': 'Een bijlage is beschadigd. Zij is bewaard zoals zij is, maar op woorden erin kunt u niet zoeken.',
  'attachment.no-text': 'In een document is geen tekst gevonden. Misschien is het een scan. Bekijk het zelf.',
  'attachment.text-not-read': 'Een bijlage is van een soort waaruit we geen tekst lezen. Zij is bewaard. Bekijk haar zelf.',
  'attachment.reading-stopped': 'Het lezen van een bijlage is afgebroken omdat het te lang duurde. Zij is bewaard. Bekijk haar zelf.',
  'truncation.suspected': 'De export lijkt afgekapt: de app geeft niet meer berichten tegelijk. Oudere berichten kunnen ontbreken.',
  'entry.skipped': 'Een bestand in de zip is overgeslagen. Het zit wel in het originele bestand.',
  'entry.nested-zip': 'In de zip zit nog een zip. Die is niet geopend; hij zit wel in het originele bestand.',
  'entry.name-cleaned': 'Een bestandsnaam in de zip is opgeschoond.',
  'several-chats.found': 'In het bestand zitten meer gesprekken. Controleer of ze allemaal bij deze zaak horen.',
  'timer.on': 'In dit gesprek stonden verdwijnende berichten aan. Er kunnen berichten ontbreken.',
  'sender.looks-like-subject': 'Een afzender heeft dezelfde naam als het gesprek. Controleer of dit een persoon is.',
  'file.cut-off': 'Het bestand houdt te vroeg op. Er kunnen berichten ontbreken. Maak de export opnieuw als dat kan.',
  'count.differs': 'Het bestand noemt een ander aantal berichten dan erin staat. Controleer of de export compleet is.',
  'record.duplicate': 'Een bericht staat twee keer in het bestand. Beide zijn bewaard.',
  'reference.repaired': 'Een teken stond er op een onjuiste manier. Het is hersteld, of vervangen door een teken dat dat toont.',
  'time.unit-assumed': 'Een tijdstip staat er in een andere eenheid dan de app gebruikt. Het is zo gelezen als het meest waarschijnlijk is.',
  'secrets.present':
    'In het bestand stonden sleutels van het account van de app. Die zijn weggehaald: het bewaarde bestand is hetzelfde bestand zonder die sleutels. De vingerafdruk van het bestand zoals het kwam, blijft bekend.',
  'text.in-file': 'Een lang bericht gaat verder in een bijlage. Lees ook de bijlage.',
  'format.lossy': 'Deze vorm van export laat niet alles zien. Geplakte tekst kan op een nieuw bericht lijken. Lever liever de JSON van hetzelfde programma in.',
  'page.continues': "Deze pagina van de export verwijst naar een volgende pagina. Controleer of alle pagina's zijn ingeleverd.",
  'mapping.needed': 'Dit bestand heeft geen vaste indeling. Kies welke kolom de tijd, de afzender en de tekst is.',
  'column.not-used': 'Niet elke kolom van het bestand is gebruikt. De inhoud staat wel in het origineel.',
  'order.newest-first': 'De export zet het nieuwste bericht bovenaan. De berichten staan hier in dezelfde volgorde.',
  'message.empty': 'Van een bericht staat de inhoud niet in de export. Het bericht is wel bewaard.',
  'encoding.repaired': 'De app schrijft letters met accenten en emoji op een verkeerde manier weg. Dat is met zekerheid hersteld; het origineel is bewaard.',
  'version.differs': 'Het bestand noemt twee verschillende versies van zijn indeling. Het is gelezen zoals de inhoud het aangeeft.',
  'edit.uncertain': 'Het is niet zeker of een bericht is bewerkt: ook een reactie geeft dit kenmerk.',
};

/** The sentence of a doubt, with how often it was found. */
export function doubtSentence(doubt: Pick<Doubt, 'code' | 'count'>): string {
  const sentence = doubtText[doubt.code];
  return doubt.count === undefined || doubt.count < 2 ? sentence : `${sentence} Dit komt ${doubt.count} keer voor.`;
}
