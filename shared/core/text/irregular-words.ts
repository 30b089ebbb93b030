// Dutch words that no spelling rule brings together: strong verbs, plurals with another vowel. A row: the stem, then its other forms.
// Rows also hold behind a prefix or the first part of a compound: besloot, binnenstad, raadsleden.

/** Strong and irregular verbs; participles with their `ge`. */
export const strongVerbs: readonly (readonly string[])[] = [
  'sluit sloot sloten gesloten',
  'schrijf schreef schreven geschreven',
  'geef gaf gaven gegeven',
  'neem nam namen genomen',
  'kom komt komen kwam kwamen gekomen',
  'zie ziet zien zag zagen gezien',
  'ga gaat gaan ging gingen gegaan',
  'sta staat staan stond stonden gestaan',
  'doe doet doen deed deden gedaan',
  'sla slaat slaan sloeg sloegen geslagen',
  'vraag vroeg vroegen gevraagd',
  'krijg kreeg kregen gekregen',
  'blijf bleef bleven gebleven',
  'lees las lazen gelezen',
  'spreek sprak spraken gesproken',
  'breek brak braken gebroken',
  'houd hou hield hielden gehouden',
  'laat liet lieten gelaten',
  'vind vond vonden gevonden',
  'bind bond bonden gebonden',
  'begin begon begonnen',
  'win won wonnen gewonnen',
  'breng bracht brachten gebracht',
  'denk dacht dachten gedacht',
  'zoek zocht zochten gezocht',
  'koop kocht kochten gekocht',
  'kies koos kozen gekozen',
  'lies loor loren verloren',
  'bied bood boden geboden',
  'verbied verbood verboden',
  'treed trad traden getreden',
  'trek trok trokken getrokken',
  'tref trof troffen getroffen',
  'help hielp hielpen geholpen',
  'loop liep liepen gelopen',
  'roep riep riepen geroepen',
  'rijd reed reden gereden',
  'wijs wees wezen gewezen',
  'stijg steeg stegen gestegen',
  'zwijg zweeg zwegen gezwegen',
  'lig lag lagen gelegen',
  'zit zat zaten gezeten',
  'eet at aten gegeten',
  'weet wist wisten geweten',
  'zend zond zonden gezonden',
  'zeg zei zeiden gezegd',
  'schiet schoot schoten geschoten',
  'draag droeg droegen gedragen',
  'val viel vielen gevallen',
  'hang hing hingen gehangen',
  'vang ving vingen gevangen',
  'spring sprong sprongen gesprongen',
  'dwing dwong dwongen gedwongen',
  'verdwijn verdween verdwenen',
  'verschijn verscheen verschenen',
  'blijk bleek bleken gebleken',
  'lijk leek leken geleken',
  'kijk keek keken gekeken',
  'afwijk afweek afweken afgeweken',
  'kun kan kon konden kunt kunnen gekund',
  'mag mogen mocht mochten',
  'wil wilt wilde wilden wou willen gewild',
  'zal zult zullen zou zouden',
  'strijd streed streden gestreden',
  'snijd sneed sneden gesneden',
  'schuif schoof schoven geschoven',
  'vlieg vloog vlogen gevlogen',
  'lieg loog logen gelogen',
  'werf wierf wierven geworven',
  'sterf stierf stierven gestorven',
  'word werd werden geworden',
  'heb heeft had hadden gehad hebben hebt',
  'slaap sliep sliepen geslapen',
  'meet mat maten gemeten',
  'steel stal stalen gestolen',
  'vergeet vergat vergaten vergeten',
  'vries vroor vroren gevroren',
].map((row) => row.split(' '));

/** Nouns: as a whole word, or as the end of a compound. */
export const irregularNouns: readonly (readonly string[])[] = [
  'stad steden',
  'lid leden',
  'schip schepen',
  'smid smeden',
  'kind kinderen',
  'ei eieren',
  'lied liederen',
  'goed goederen',
  'blad bladen bladeren',
  'rund runderen',
  'hoen hoenderen',
  'koe koeien',
  'museum musea museums',
  'datum data datums',
  'criterium criteria',
  'politicus politici',
  'medicus medici',
  'crisis crises crisissen',
  'collega collegas collegae',
  'man mannen mannetje',
].map((row) => row.split(' '));

/** Short in the singular, long in the plural: dag/dagen. As a whole word or at the end of one. */
export const lengthened: readonly string[] =
  'dag weg pad dak gat vat glas bad blad graf hof lot slot schot log lof spel god staf slag drag brek vel bed stad hol hertog dal trap oorlog'.split(' ');

/** Words that look like a form of another word and are not. */
export const notForms: ReadonlySet<string> = new Set(
  (
    'kant want start gemeente waarde kanten aarde orde einde beide kunst punt hart laatste eerste beste derde vierde ' +
    'kans mens dans eens soms niets iets straks alles anders links rechts gans ons plus trots steeds altijd wet wetten niet niets met tot wat dat het ' +
    'rente renten lente tante grote dezelfde volgende avond maand hond land hand bond rond grond stand brand verband verstand vriend eind geld beeld wereld ' +
    'bericht gericht recht plicht gedicht gezicht gewicht getal gebied geval gemak gevaar geheim gelijk geluid gemeen gerecht genoeg geduld gebouw ' +
    'wonder onder zonder ander verder ieder later water vader moeder broer heide weide zijde kade schade methode periode code mode onderwerp ' +
    'koning ding ring kring zing jong tong long lang lange bijlage vrije je jij me we ze ergens nergens volgens tijdens namens wegens hopen'
  ).split(' '),
);
