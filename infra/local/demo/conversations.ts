// Own fiction: the municipality of Waterhoek and its people. Any likeness is chance. Each line: minutes since the one before, who, what.

export type Line = readonly [minutes: number, sender: string | null, text: string];

export const swimmingPool: readonly Line[] = [
  [0, null, 'Berichten en gesprekken worden end-to-end versleuteld. Niemand buiten deze chat kan ze lezen of beluisteren, zelfs WhatsApp niet.'],
  [1, 'Ilse Hendrikx', 'Goedemorgen Ruben, heb jij de aanvraag voor zwembad De Golf al gezien?'],
  [4, 'Ruben Castelijn', 'Ja, de omgevingsvergunning is maandag binnengekomen. De tekeningen ontbreken nog.'],
  [2, 'Ilse Hendrikx', 'De aannemer zegt dat hij ze vrijdag heeft gemaild.'],
  [7, 'Ruben Castelijn', 'Dan zitten ze in de spam. Ik kijk even.'],
  [31, 'Ruben Castelijn', 'Gevonden 👍\nDe gevel is anders dan in het eerste ontwerp: 11 meter hoog in plaats van 9.'],
  [3, 'Ilse Hendrikx', 'Past dat nog in het bestemmingsplan?'],
  [12, 'Ruben Castelijn', 'Nee. We hebben een afwijking nodig. De wethouder wil dit voor de zomer rond hebben.'],
  [5, 'Ilse Hendrikx', 'Zet het niet op de mail voordat de raad is bijgepraat.'],
  [2, 'Ruben Castelijn', 'Begrepen. Ik maak er wel een notitie van in het dossier.'],
  [1440, 'Ilse Hendrikx', 'De welstandscommissie is akkoord, mits het dak groen wordt.'],
  [9, 'Ruben Castelijn', 'Mooi. Dan kan de vergunning volgende week de deur uit.'],
  [15, 'Ilse Hendrikx', 'Graag eerst de leges controleren. Vorig jaar was het bedrag fout.'],
  [40, 'Ruben Castelijn', 'Gecontroleerd: € 48.250. Ik heb het in de zaak gezet.'],
  [4320, 'Ilse Hendrikx', 'De vergunning is verleend. Dank voor je snelle werk!'],
  [6, 'Ruben Castelijn', 'Fijn. Ik bel de aannemer.'],
  [90, 'Ruben Castelijn', 'Dit bericht is verwijderd.'],
  [20, 'Ilse Hendrikx', 'Ik neem de bezwaren van de buurt mee in het overleg van donderdag. Er zijn er drie.'],
];

export const districtTeam: readonly Line[] = [
  [
    0,
    null,
    'Berichten en oproepen worden end-to-end versleuteld. Niemand buiten deze chat kan ze lezen of beluisteren, zelfs WhatsApp niet. Tik voor meer informatie.',
  ],
  [0, null, 'Anneke Smit heeft de groep "Wijkteam Noord" gemaakt'],
  [1, null, 'Anneke Smit heeft u toegevoegd'],
  [2, 'Anneke Smit', 'Welkom allemaal. Deze app is alleen voor praktische afspraken over het Kerkplein.'],
  [3, 'Rachid', 'Duidelijk. Wie is er morgen bij de schouw?'],
  [1, '+31 6 12345678', 'Ik! Vanaf 9 uur.'],
  [5, 'Anneke Smit', 'Rachid, neem jij de tekening van de herinrichting mee?'],
  [2, 'Rachid', 'Doe ik.'],
  [1020, 'Rachid', 'IMG-20220503-WA0001.jpg (bestand bijgevoegd)\nDe stoep bij nummer 14 ligt los'],
  [4, '+31 6 12345678', 'Dat is gevaarlijk voor rolstoelen. Kan de buitendienst vandaag komen?'],
  [11, 'Anneke Smit', 'Ik heb een melding gemaakt: MOR-2022-00817.'],
  [240, 'Anneke Smit', 'De buitendienst heeft het afgezet. Vrijdag wordt het gemaakt.'],
  [3, 'Rachid', 'Top 👍👍'],
  [2880, 'Anneke Smit', 'De bewoners willen weten of de bomen blijven staan. Wat mogen we toezeggen?'],
  [17, 'Rachid', 'Vier van de zes blijven. Voor de andere twee is een kapvergunning aangevraagd.'],
  [2, '+31 6 12345678', 'Dat had ik graag eerder gehoord. Er is al in de krant gezet dat alles blijft.'],
  [25, 'Anneke Smit', 'Dan moeten we dat rechtzetten. Ik vraag de woordvoerder om een tekst.'],
  [1, 'Rachid', '<Media weggelaten>'],
  [1500, 'Anneke Smit', 'Tekst is akkoord van de wethouder. Gaat vanmiddag naar de bewoners.'],
  [10, null, 'Rachid heeft de groepsafbeelding gewijzigd'],
  [6000, '+31 6 12345678', 'Ik stop ermee, veel succes nog.'],
  [1, null, '+31 6 12345678 heeft de groep verlaten'],
];

export const noiseReport: readonly Line[] = [
  [0, 'Hr Bakker Molenweg', 'Goedemiddag, het is weer raak met het geluid van de horeca aan de Molenweg.'],
  [8, 'Toezicht Waterhoek', 'Goedemiddag meneer Bakker. Hoe laat was het?'],
  [3, 'Hr Bakker Molenweg', 'Tussen 1 en 3 uur vannacht. Al de vierde keer deze maand.'],
  [12, 'Toezicht Waterhoek', 'Ik leg het vast als melding overlast. U krijgt binnen een week bericht.'],
  [5760, 'Toezicht Waterhoek', 'We hebben de eigenaar gesproken. Hij sluit de deuren voortaan om 23 uur.'],
  [45, 'Hr Bakker Molenweg', 'Dank u wel. Ik hoop dat het helpt.'],
  [20160, 'Toezicht Waterhoek', 'Is het nu beter?'],
  [180, 'Hr Bakker Molenweg', 'Ja, veel beter. Wat mij betreft mag de melding dicht.'],
  [2, 'Toezicht Waterhoek', 'Dan sluiten wij de melding. Fijne dag!'],
];

export const parkingObjection: readonly Line[] = [
  [0, null, 'Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen to them. Tap to learn more.'],
  [0, 'Sanne Juridisch', 'Het bezwaar tegen de parkeervergunning is ontvankelijk. Hoorzitting op de 14e?'],
  [22, 'Peter Parkeren', 'Kan ik. Heb je de stukken?'],
  [3, 'Sanne Juridisch', '<Media omitted>'],
  [9, 'Peter Parkeren', 'De weigering staat op drie regels. Dat houdt nooit stand.'],
  [2, 'Sanne Juridisch', 'Precies. We moeten alsnog motiveren, anders wordt het besluit vernietigd.'],
  [2900, 'Peter Parkeren', 'Motivering is klaar. Ik stel voor om de vergunning alsnog te verlenen.'],
  [5, 'Sanne Juridisch', 'Akkoord. Dan trekt hij het beroep ook in. <This message was edited>'],
  [60, 'Peter Parkeren', 'You deleted this message'],
  [30, 'Sanne Juridisch', 'Besluit op bezwaar is verzonden.'],
];

export const borderTalks: readonly Line[] = [
  [
    0,
    null,
    'Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt. Niemand außerhalb dieses Chats kann sie lesen oder anhören, nicht einmal WhatsApp. Tippe, um mehr zu erfahren.',
  ],
  [1, 'Heike Bauamt', 'Guten Morgen Tom, passt der Termin zum Radweg am Donnerstag noch?'],
  [14, 'Tom Verhoef', 'Guten Morgen! Ja, 10 Uhr in Waterhoek. Onze wethouder komt ook.'],
  [6, 'Heike Bauamt', 'Sehr gut. Wir bringen den Plan für die Brücke mit.'],
  [2, 'Heike Bauamt', '<Medien ausgeschlossen>'],
  [33, 'Tom Verhoef', 'Danke. De subsidie uit Brussel is toegezegd: 60 procent.'],
  [4, 'Heike Bauamt', 'Großartig! 🎉'],
  [2880, 'Tom Verhoef', 'De raad heeft ingestemd met het fietspad. Nu jullie nog.'],
  [700, 'Heike Bauamt', 'Der Rat entscheidet am 3. Juni.'],
];

export const ambiguous: readonly Line[] = [
  [0, 'Karin', 'Kun jij de speech voor de opening nog nakijken?'],
  [2, 'Ilse', 'Ja, stuur maar.'],
  [9, 'Karin', 'Alinea twee is nog te lang. De burgemeester wil maximaal drie minuten.'],
  [4, 'Ilse', 'Ik kort hem in.'],
];

export const councilMembers: readonly Line[] = [
  [0, null, 'Berichten en gesprekken zijn end-to-end versleuteld. Alleen mensen in deze chat kunnen ze lezen, beluisteren of delen.'],
  [0, 'Wethouder Ten Have', 'Hoe staan we ervoor met de begroting voor het Kerkplein?'],
  [13, 'Fatima Griffie', 'De raad stelt morgen vragen over de meerkosten. Het gaat om 320.000 euro.'],
  [3, 'Wethouder Ten Have', 'Waar komt dat vandaan?'],
  [6, 'Fatima Griffie', 'Vooral de riolering. Die bleek slechter dan gedacht.'],
  [2, 'Wethouder Ten Have', 'Ik wil dat vóór de vergadering op papier. Geen verrassingen in de raad.'],
  [55, 'Fatima Griffie', 'Notitie staat in het dossier. Ik heb de fractievoorzitters een link gestuurd.'],
  [1, 'Wethouder Ten Have', 'Dank. Ik zeg toe dat we het binnen de begroting van volgend jaar opvangen.'],
  [900, 'Fatima Griffie', 'Het voorstel is aangenomen met 17 tegen 8.'],
  [2, 'Wethouder Ten Have', 'Mooi resultaat 👍'],
];

/** Building blocks of the long chat of the storm team; put together by a seeded draw. */
export const storm = {
  people: ['Bram Crisisteam', 'Els Communicatie', 'Brandweer Post 3', 'Nadia Zorg', 'Kees Buitendienst', '+31 6 87654321'],
  places: ['Molenweg', 'Kerkplein', 'Dijkstraat', 'sporthal De Wiek', 'Havenkade', 'Lange Weide', 'verzorgingshuis Avondrust', 'bedrijventerrein Oost'],
  happenings: [
    'Er ligt een boom over de weg bij PLAATS.',
    'De kelder van PLAATS staat onder water, pomp is onderweg.',
    'Stroom is uitgevallen bij PLAATS. Netbeheerder is gebeld.',
    'Kunnen we zandzakken laten brengen naar PLAATS?',
    'Bewoners van PLAATS vragen wanneer ze terug mogen.',
    'De opvang in PLAATS is open, er is plek voor AANTAL mensen.',
    'Evacuatie van PLAATS is afgerond, AANTAL mensen in veiligheid.',
    'Pers staat bij PLAATS. Wie doet het woord?',
    'Graag akkoord voor het afsluiten van PLAATS tot AANTAL uur vanavond.',
    'Dakplaten los bij PLAATS, gebied is afgezet.',
    'Er zijn AANTAL meldingen over PLAATS binnengekomen.',
    'De dijkwacht meldt dat het water bij PLAATS AANTAL centimeter is gezakt.',
  ],
  answers: [
    'Akkoord.',
    'Begrepen, ik regel het.',
    'Wordt opgepakt 👍',
    'Ik bel je zo.',
    'Nee, daar is geen capaciteit voor.',
    'Graag vastleggen in het logboek.',
    'Dank, doorgegeven aan de burgemeester.',
    'Even wachten op de meetploeg.',
    'Vergunning is daarvoor niet nodig in deze situatie.',
    'ok',
  ],
} as const;
