<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_US">
<context>
    <name>telltale::AlertModel</name>
    <message>
        <source>%1 (%2)</source>
        <comment>a rule, a filter</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>…</source>
        <comment>not read yet</comment>
        <translation>…</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message numerus="yes">
        <source>%Ln error(s) in 7 days</source>
        <translation>
            <numerusform>%Ln&#xa0;Fehler in 7 Tagen</numerusform>
            <numerusform>%Ln&#xa0;Fehler in 7 Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>too little to say</source>
        <translation>zu wenig für eine Aussage</translation>
    </message>
    <message>
        <source>holds: %1</source>
        <translation>gilt: %1</translation>
    </message>
    <message>
        <source>%1 is over</source>
        <translation>%1 ist vorbei</translation>
    </message>
    <message>
        <source>%1; now %2</source>
        <translation>%1; jetzt %2</translation>
    </message>
    <message>
        <source>%1: now %2, before %3</source>
        <translation>%1: jetzt %2, davor %3</translation>
    </message>
    <message>
        <source>%1: now %2</source>
        <translation>%1: jetzt %2</translation>
    </message>
</context>
<context>
    <name>telltale::AlertsDialog</name>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>Switch &amp;on</source>
        <translation>Ein&amp;schalten</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>New alert</source>
        <translation>Neuer Alarm</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>&amp;Rule</source>
        <translation>&amp;Regel</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filter</translation>
    </message>
    <message>
        <source>What you want to read when it holds</source>
        <translation>Was zu lesen sein soll, wenn die Regel gilt</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>When it would have held in the last week</source>
        <translation>Wann sie in der letzten Woche gegolten hätte</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>A level: errors &gt; 20 in 10m, crash-free &lt; 98% in 1h, p95 screen.load &gt; 800ms in 15m. A change: events down 50% in 1h. Or: new error, regressed error, escalating error.</source>
        <translation>Eine Schwelle: errors &gt; 20 in 10m, crash-free &lt; 98% in 1h, p95 screen.load &gt; 800ms in 15m. Eine Änderung: events down 50% in 1h. Oder: new error, regressed error, escalating error.</translation>
    </message>
    <message>
        <source>Trying it on the last week…</source>
        <translation>Wird an der letzten Woche erprobt …</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>In the last week it would have said nothing.</source>
        <translation>In der letzten Woche hätte sie nichts gemeldet.</translation>
    </message>
    <message numerus="yes">
        <source>In the last week it would have spoken %Ln time(s), last at %1.</source>
        <translation>
            <numerusform>In der letzten Woche hätte sie %Ln&#xa0;Mal gemeldet, zuletzt am %1.</numerusform>
            <numerusform>In der letzten Woche hätte sie %Ln&#xa0;Mal gemeldet, zuletzt am %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Then it was %1 at worst.</source>
        <translation>Damals war es schlimmstenfalls %1.</translation>
    </message>
    <message>
        <source>There is no alert yet.</source>
        <translation>Noch gibt es keinen Alarm.</translation>
    </message>
    <message>
        <source>Switch &amp;off</source>
        <translation>Aus&amp;schalten</translation>
    </message>
</context>
<context>
    <name>telltale::ArchiveDialog</name>
    <message>
        <source>&amp;Leave out who the people were</source>
        <translation>&amp;Weglassen, wer die Personen waren</translation>
    </message>
    <message>
        <source>&amp;Keep…</source>
        <translation>&amp;Sichern&#xa0;…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Keep as archive</source>
        <translation>Als Archiv sichern</translation>
    </message>
    <message>
        <source>All records of %1 go into one file, with what was decided about errors.</source>
        <translation>Alle Datensätze von %1 kommen in eine Datei, mit allem, was über Fehler entschieden wurde.</translation>
    </message>
    <message>
        <source>The records of %1 that match %2 go into one file, with what was decided about errors.</source>
        <translation>Die Datensätze von %1, die zu %2 passen, kommen in eine Datei, mit allem, was über Fehler entschieden wurde.</translation>
    </message>
    <message>
        <source>What it is, in a few words</source>
        <translation>Was es ist, in wenigen Worten</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <source>What whoever opens it should know</source>
        <translation>Was wissen sollte, wer es öffnet</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>&amp;Notiz</translation>
    </message>
    <message>
        <source>Users and sessions get other names; their machines and addresses are left out. Messages and log texts stay as they are.</source>
        <translation>Nutzer und Sitzungen bekommen andere Namen; ihre Rechner und Adressen werden weggelassen. Meldungen und Protokolltexte bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Archives (*.telltale)</source>
        <translation>Archive (*.telltale)</translation>
    </message>
    <message>
        <source>%1 records</source>
        <translation>%1 Datensätze</translation>
    </message>
    <message>
        <source>Nothing matches, so there is nothing to keep.</source>
        <translation>Nichts passt, also gibt es nichts zu sichern.</translation>
    </message>
    <message>
        <source>It could not be written: %1</source>
        <translation>Das ließ sich nicht schreiben: %1</translation>
    </message>
    <message>
        <source>An archive of %1; nothing here changes.</source>
        <translation>Ein Archiv von %1; hier ändert sich nichts.</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
</context>
<context>
    <name>telltale::Banner</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>telltale::BrokerFeed</name>
    <message>
        <source>%1: %2</source>
        <comment>a broker, why it does not work</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>telltale::BrokerForm</name>
    <message>
        <source>Topics at 1: a message is acknowledged only after it is stored, so a crash or a full disk loses none.</source>
        <translation>Themen mit 1: Eine Nachricht wird erst bestätigt, wenn sie gespeichert ist; ein Absturz oder ein voller Datenträger verliert also keine.</translation>
    </message>
    <message>
        <source>While Telltale is away the broker keeps them, as many as it is set to.</source>
        <translation>Läuft Telltale nicht, behält der Broker sie, so viele wie bei ihm eingestellt.</translation>
    </message>
    <message>
        <source>While Telltale is away the broker keeps nothing for it: what comes then is lost.</source>
        <translation>Läuft Telltale nicht, behält der Broker nichts: Was dann kommt, geht verloren.</translation>
    </message>
    <message>
        <source>Topics at 0: the broker never sends a message again. What it sends while Telltale is away, or what a crash catches before it is stored, is lost.</source>
        <translation>Themen mit 0: Der Broker sendet eine Nachricht nie wieder. Was er sendet, während Telltale nicht läuft, oder was ein Absturz vor dem Speichern trifft, geht verloren.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Address of the broker</source>
        <translation>Adresse des Brokers</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Encrypted (TLS)</source>
        <translation>Verschlüsselt (TLS)</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen&#xa0;…</translation>
    </message>
    <message>
        <source>Choose the file of authorities</source>
        <translation>Datei der Zertifizierungsstellen auswählen</translation>
    </message>
    <message>
        <source>File of its authorities, empty for the system&apos;s</source>
        <translation>Datei seiner Zertifizierungsstellen, leer für die des Systems</translation>
    </message>
    <message>
        <source>User, empty for none</source>
        <translation>Nutzer, leer für keinen</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>kept in the keychain</source>
        <translation>liegt im Schlüsselbund</translation>
    </message>
    <message>
        <source>kept in a file</source>
        <translation>liegt in einer Datei</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keins</translation>
    </message>
    <message>
        <source>Topics, one a line, with 1 or 0 behind it: how often it is delivered</source>
        <translation>Themen, eins je Zeile, dahinter 1 oder 0: wie sicher zugestellt wird</translation>
    </message>
    <message>
        <source>plant/+/climate 1: + stands for one level, # for all at the end.</source>
        <translation>plant/+/climate 1: + steht für eine Ebene, # für alle am Ende.</translation>
    </message>
    <message>
        <source>The broker keeps our session</source>
        <translation>Der Broker behält unsere Sitzung</translation>
    </message>
    <message>
        <source>Name of our session, empty for one of our own</source>
        <translation>Name unserer Sitzung, leer für einen eigenen</translation>
    </message>
    <message>
        <source>Choose the file of the mapping</source>
        <translation>Datei der Zuordnung auswählen</translation>
    </message>
    <message>
        <source>File that says what messages are, empty for the usual</source>
        <translation>Datei, die sagt, was Nachrichten sind, leer für das Übliche</translation>
    </message>
    <message>
        <source>Authorities of the broker</source>
        <translation>Zertifizierungsstellen des Brokers</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt)</source>
        <translation>Zertifikate (*.pem *.crt)</translation>
    </message>
    <message>
        <source>Mapping of messages</source>
        <translation>Zuordnung der Nachrichten</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>It needs a name, without a square bracket.</source>
        <translation>Es braucht einen Namen ohne eckige Klammer.</translation>
    </message>
    <message>
        <source>Another broker has this name.</source>
        <translation>Ein anderer Broker hat diesen Namen.</translation>
    </message>
    <message>
        <source>The password is kept under the old name. Type it again.</source>
        <translation>Das Passwort liegt unter dem alten Namen. Es muss noch einmal eingegeben werden.</translation>
    </message>
    <message>
        <source>The address is the name or number of a computer: localhost, broker.example.org, 192.168.1.20.</source>
        <translation>Die Adresse ist Name oder Nummer eines Rechners: localhost, broker.example.org, 192.168.1.20.</translation>
    </message>
    <message>
        <source>A port is a number from 1 to 65535.</source>
        <translation>Ein Port ist eine Zahl von 1 bis 65535.</translation>
    </message>
    <message>
        <source>Without a topic nothing comes. # is all there is.</source>
        <translation>Ohne Thema kommt nichts. # ist alles, was es gibt.</translation>
    </message>
    <message>
        <source>“%1” is no topic: + stands for a whole level, # for all at the end.</source>
        <translation>„%1“ ist kein Thema: + steht für eine ganze Ebene, # für alle am Ende.</translation>
    </message>
    <message>
        <source>The name of the session has 64 characters at most.</source>
        <translation>Der Name der Sitzung hat höchstens 64 Zeichen.</translation>
    </message>
    <message>
        <source>Another source has a session of this name at this broker; both would push each other out.</source>
        <translation>Eine andere Quelle hat bei diesem Broker eine Sitzung dieses Namens; beide würden einander verdrängen.</translation>
    </message>
    <message>
        <source>The file of the mapping is a path from the root.</source>
        <translation>Die Datei der Zuordnung ist ein Pfad ab der Wurzel.</translation>
    </message>
    <message>
        <source>MQTT broker</source>
        <translation>MQTT-Broker</translation>
    </message>
    <message>
        <source>Sensors and devices by a broker that is there already.</source>
        <translation>Sensoren und Geräte über einen Broker, den es schon gibt.</translation>
    </message>
    <message>
        <source>While it is paused we are not connected. What the broker keeps for our session comes afterwards.</source>
        <translation>Angehalten besteht keine Verbindung. Was der Broker für unsere Sitzung behält, kommt danach.</translation>
    </message>
</context>
<context>
    <name>telltale::BucketChoice</name>
    <message>
        <source>1 s</source>
        <translation>1&#xa0;s</translation>
    </message>
    <message>
        <source>15 s</source>
        <translation>15&#xa0;s</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1&#xa0;min</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5&#xa0;min</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15&#xa0;min</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1&#xa0;h</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1&#xa0;Tag</translation>
    </message>
    <message>
        <source>minute</source>
        <translation>Minute</translation>
    </message>
    <message>
        <source>hour</source>
        <translation>Stunde</translation>
    </message>
    <message>
        <source>week</source>
        <translation>Woche</translation>
    </message>
    <message>
        <source>weekday and hour</source>
        <translation>Wochentag und Stunde</translation>
    </message>
    <message>
        <source>release</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>day</source>
        <translation>Tag</translation>
    </message>
</context>
<context>
    <name>telltale::CacheTrouble</name>
    <message>
        <source>Reading what can be read: %1 %</source>
        <translation>Lesbares wird gelesen: %1 %</translation>
    </message>
    <message>
        <source>%1 is damaged</source>
        <translation>%1 ist beschädigt</translation>
    </message>
    <message>
        <source>Parts of the file that everything else hangs on can not be read. What is left can be copied into a new cache; the damaged file is kept, whatever you choose.</source>
        <translation>Teile der Datei, an denen alles andere hängt, sind nicht lesbar. Was übrig ist, kann in einen neuen Speicher übernommen werden; die beschädigte Datei bleibt in jedem Fall erhalten.</translation>
    </message>
    <message>
        <source>Recover what is readable</source>
        <translation>Lesbares retten</translation>
    </message>
    <message>
        <source>Start new, keep the old file</source>
        <translation>Neu beginnen, alte Datei behalten</translation>
    </message>
    <message>
        <source>%1 was written by a newer Telltale</source>
        <translation>%1 wurde von einem neueren Telltale geschrieben</translation>
    </message>
    <message>
        <source>This one does not know its form and does not touch it. Open it with the newer one, or start a new cache here: the file is kept under another name.</source>
        <translation>Dieses kennt die Form nicht und rührt die Datei nicht an. Öffnen Sie sie mit dem neueren, oder beginnen Sie hier einen neuen Speicher: Die Datei bleibt unter anderem Namen erhalten.</translation>
    </message>
    <message>
        <source>%1 is no cache of Telltale</source>
        <translation>%1 ist kein Speicher von Telltale</translation>
    </message>
    <message>
        <source>It is a database of another program. Nothing in it was changed.</source>
        <translation>Es ist die Datenbank eines anderen Programms. Nichts darin wurde verändert.</translation>
    </message>
    <message>
        <source>It is no database, or its beginning is damaged. Nothing in it was changed. A new cache can take its place; the file is kept under another name.</source>
        <translation>Es ist keine Datenbank, oder der Anfang ist beschädigt. Nichts darin wurde verändert. Ein neuer Speicher kann an ihre Stelle treten; die Datei bleibt unter anderem Namen erhalten.</translation>
    </message>
    <message>
        <source>%1 can not be read</source>
        <translation>%1 ist nicht lesbar</translation>
    </message>
    <message>
        <source>The system does not allow it, or the disk failed. Is it there, and does it belong to you?</source>
        <translation>Das System erlaubt es nicht, oder der Datenträger hat versagt. Ist die Datei da, und gehört sie Ihnen?</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Recovering %1</source>
        <translation>%1 wird gerettet</translation>
    </message>
    <message>
        <source>Reading what can be read</source>
        <translation>Lesbares wird gelesen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>%1 could not be read and are lost.</source>
        <translation>%1 waren nicht lesbar und sind verloren.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s) lost their name and were made again of their records.</source>
        <translation>
            <numerusform>%Ln Sitzung hat ihren Namen verloren und wurde aus ihren Einträgen neu gebildet.</numerusform>
            <numerusform>%Ln Sitzungen haben ihren Namen verloren und wurden aus ihren Einträgen neu gebildet.</numerusform>
        </translation>
    </message>
    <message>
        <source>The damaged file is kept as %1.</source>
        <translation>Die beschädigte Datei bleibt als %1 erhalten.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) came over</source>
        <translation>
            <numerusform>%Ln Eintrag gerettet</numerusform>
            <numerusform>%Ln Einträge gerettet</numerusform>
        </translation>
    </message>
    <message>
        <source>Open what came over</source>
        <translation>Gerettetes öffnen</translation>
    </message>
    <message>
        <source>Open another cache…</source>
        <translation>Anderen Speicher öffnen …</translation>
    </message>
    <message>
        <source>Open another cache</source>
        <translation>Anderen Speicher öffnen</translation>
    </message>
</context>
<context>
    <name>telltale::Card</name>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
</context>
<context>
    <name>telltale::Change</name>
    <message>
        <source>few data</source>
        <translation>wenig Daten</translation>
    </message>
    <message>
        <source>new</source>
        <comment>there was nothing before</comment>
        <translation>neu</translation>
    </message>
</context>
<context>
    <name>telltale::ChipRow</name>
    <message>
        <source>not %1 %2</source>
        <translation>nicht %1 %2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>field and value of a filter</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>+ %1</source>
        <translation>+&#xa0;%1</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Feature</source>
        <translation>Funktion</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>Vorgang</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Metrik</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Land</translation>
    </message>
    <message>
        <source>Dwell</source>
        <translation>Verweildauer</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Has</source>
        <translation>Mit</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>%1 or %2</source>
        <comment>two values of a filter</comment>
        <translation>%1 oder %2</translation>
    </message>
</context>
<context>
    <name>telltale::CodeView</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>… cut here; Copy takes all of it</source>
        <translation>… hier gekürzt; „Kopieren“ nimmt alles</translation>
    </message>
</context>
<context>
    <name>telltale::CohortModel</name>
    <message>
        <source>All</source>
        <comment>cohorts</comment>
        <translation>Alle</translation>
    </message>
    <message>
        <source>%1, not over yet</source>
        <comment>a share</comment>
        <translation>%1, noch nicht vorbei</translation>
    </message>
    <message>
        <source>%1 of %2 users</source>
        <comment>two counts</comment>
        <translation>%1 von %2 Nutzern</translation>
    </message>
    <message>
        <source>This period is not over yet.</source>
        <translation>Dieser Zeitraum ist noch nicht vorbei.</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>Zuerst gesehen</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>%1%</source>
        <comment>percentage</comment>
        <extracomment>A percentage; keep the sign where your language writes it</extracomment>
        <translation>%1&#xa0;%</translation>
    </message>
    <message>
        <source>Change</source>
        <comment>of the share against what is compared</comment>
        <translation>Änderung</translation>
    </message>
</context>
<context>
    <name>telltale::CollectorReceiver</name>
    <message>
        <source>The last one could not be read: not what OTLP over HTTP sends.</source>
        <translation>Die letzte war nicht lesbar: nicht das, was OTLP über HTTP sendet.</translation>
    </message>
    <message>
        <source>The test event was accepted and stored. It is labelled as a test: source “Telltale test”.</source>
        <translation>Das Testereignis wurde angenommen und gespeichert. Es ist als Test erkennbar: Quelle „Telltale test“.</translation>
    </message>
    <message>
        <source>The test event was answered with %1: %2</source>
        <translation>Die Antwort auf das Testereignis war %1: %2</translation>
    </message>
    <message>
        <source>The test event did not arrive: %1</source>
        <translation>Das Testereignis kam nicht an: %1</translation>
    </message>
    <message>
        <source>Nothing can be stored here now.</source>
        <translation>Hier kann gerade nichts gespeichert werden.</translation>
    </message>
</context>
<context>
    <name>telltale::CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Gefundenes</translation>
    </message>
    <message>
        <source>Nothing is called that.</source>
        <translation>Nichts heißt so.</translation>
    </message>
    <message>
        <source>Search commands, views, features, errors, sessions</source>
        <translation>Befehle, Ansichten, Funktionen, Fehler, Sitzungen suchen</translation>
    </message>
    <message>
        <source>↑ ↓ choose     Enter run     Esc close     &gt; commands     # errors     @ sessions     / settings</source>
        <translation>↑ ↓ wählen     Eingabe ausführen     Esc schließen     &gt; Befehle     # Fehler     @ Sitzungen     / Einstellungen</translation>
    </message>
</context>
<context>
    <name>telltale::CompareMenu</name>
    <message>
        <source>Compare &amp;with</source>
        <translation>Vergleichen &amp;mit</translation>
    </message>
    <message>
        <source>&amp;Nothing</source>
        <translation>&amp;Nichts</translation>
    </message>
    <message>
        <source>&amp;Previous period (%1)</source>
        <translation>&amp;Voriger Zeitraum (%1)</translation>
    </message>
    <message>
        <source>&amp;Same time last week</source>
        <translation>&amp;Gleiche Zeit letzte Woche</translation>
    </message>
    <message>
        <source>Release %1 against %2</source>
        <translation>Version %1 gegen %2</translation>
    </message>
    <message>
        <source>&amp;Two releases…</source>
        <translation>&amp;Zwei Versionen&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Baseline (%1)</source>
        <translation>&amp;Basis (%1)</translation>
    </message>
    <message>
        <source>Pin what is shown as base&amp;line</source>
        <translation>Gezeigtes als Basis mer&amp;ken</translation>
    </message>
</context>
<context>
    <name>telltale::Compared</name>
    <message>
        <source>%1 against %2 (%3)</source>
        <extracomment>a change, the figure before, what it is compared with and when that was</extracomment>
        <translation>%1 gegenüber %2 (%3)</translation>
    </message>
</context>
<context>
    <name>telltale::ConnectPage</name>
    <message>
        <source>1  Choose what to watch</source>
        <translation>1  Quelle wählen</translation>
    </message>
    <message>
        <source>OpenTelemetry</source>
        <translation>OpenTelemetry</translation>
    </message>
    <message>
        <source>my app, in any language</source>
        <translation>meine App, in jeder Sprache</translation>
    </message>
    <message>
        <source>Another SDK</source>
        <translation>Ein anderes SDK</translation>
    </message>
    <message>
        <source>Sentry, PostHog, Segment…</source>
        <translation>Sentry, PostHog, Segment …</translation>
    </message>
    <message>
        <source>The example Stride</source>
        <translation>Das Beispiel Stride</translation>
    </message>
    <message>
        <source>made-up users, same way</source>
        <translation>erfundene Nutzer</translation>
    </message>
    <message>
        <source>2  Add this to your app</source>
        <translation>2  Einfügen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>SDK</source>
        <translation>SDK</translation>
    </message>
    <message>
        <source>Snippet</source>
        <translation>Code-Beispiel</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>2  Run this in a terminal</source>
        <translation>2  Dies in einem Terminal ausführen</translation>
    </message>
    <message>
        <source>How to connect</source>
        <translation>So wird verbunden</translation>
    </message>
    <message>
        <source>3  Waiting for the first event</source>
        <translation>3  Warten auf das erste Ereignis</translation>
    </message>
    <message>
        <source>Send a test event</source>
        <translation>Testereignis senden</translation>
    </message>
    <message>
        <source>Open Overview</source>
        <translation>Übersicht öffnen</translation>
    </message>
    <message>
        <source>Nothing leaves this computer. You can come back with Data › Connect an app.</source>
        <translation>Nichts verlässt diesen Rechner. Zurück hierher: Daten&#xa0;› App verbinden.</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Wird gesendet …</translation>
    </message>
    <message>
        <source>Waiting for the first event</source>
        <translation>Warten auf das erste Ereignis</translation>
    </message>
    <message>
        <source>First events</source>
        <translation>Erste Ereignisse</translation>
    </message>
    <message>
        <source>shown raw, the moment they arrive</source>
        <translation>unbearbeitet, sobald sie eintreffen</translation>
    </message>
    <message>
        <source>Its users are invented; the road they take is the one your app takes.</source>
        <translation>Die Nutzer sind erfunden; der Weg der Daten ist derselbe wie bei einer echten App.</translation>
    </message>
    <message>
        <source>Telltale listens on this computer only.</source>
        <translation>Telltale lauscht nur auf diesem Rechner.</translation>
    </message>
    <message>
        <source>3  Connected</source>
        <translation>3  Verbunden</translation>
    </message>
    <message>
        <source>The first event is here</source>
        <translation>Das erste Ereignis ist da</translation>
    </message>
    <message>
        <source>%1 records since this page was opened.</source>
        <translation>%1 Datensätze seit dem Öffnen dieser Seite.</translation>
    </message>
    <message>
        <source>Not listening</source>
        <translation>Kein Empfang</translation>
    </message>
    <message>
        <source>This window was opened without receiving.</source>
        <translation>Dieses Fenster wurde ohne Empfang geöffnet.</translation>
    </message>
    <message>
        <source>Something came and was rejected</source>
        <translation>Etwas kam an und wurde abgelehnt</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Empfangsbereit</translation>
    </message>
    <message>
        <source>The lamp turns green on the first event.
Waiting for %1</source>
        <translation>Beim ersten Ereignis wird die Lampe grün.
Wartezeit: %1</translation>
    </message>
    <message>
        <source>Port %1 open (OTLP over HTTP)</source>
        <translation>Port %1 offen (OTLP über HTTP)</translation>
    </message>
    <message>
        <source>127.0.0.1 and ::1 · since %1</source>
        <translation>127.0.0.1 und ::1 · seit %1</translation>
    </message>
    <message>
        <source>127.0.0.1 and ::1</source>
        <translation>127.0.0.1 und ::1</translation>
    </message>
    <message>
        <source>Opening port %1</source>
        <translation>Port %1 wird geöffnet</translation>
    </message>
    <message>
        <source>OTLP over HTTP</source>
        <translation>OTLP über HTTP</translation>
    </message>
    <message>
        <source>Port %1 cannot be opened</source>
        <translation>Port %1 lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>Another Telltale receives for this cache</source>
        <translation>Ein anderes Telltale empfängt für diesen Speicher</translation>
    </message>
    <message>
        <source>This window shows what it stores.</source>
        <translation>Dieses Fenster zeigt, was es speichert.</translation>
    </message>
    <message>
        <source>Not receiving</source>
        <translation>Kein Empfang</translation>
    </message>
    <message>
        <source>The window was started with --no-receive.</source>
        <translation>Das Fenster wurde mit --no-receive gestartet.</translation>
    </message>
    <message>
        <source>An app is connected</source>
        <translation>Eine App ist verbunden</translation>
    </message>
    <message>
        <source>%1 requests accepted</source>
        <translation>%1 Anfragen angenommen</translation>
    </message>
    <message>
        <source>Somebody connected</source>
        <translation>Jemand hat sich verbunden</translation>
    </message>
    <message>
        <source>nothing was accepted yet</source>
        <translation>bisher wurde nichts angenommen</translation>
    </message>
    <message>
        <source>No connection yet</source>
        <translation>Noch keine Verbindung</translation>
    </message>
    <message>
        <source>last attempt: none</source>
        <translation>letzter Versuch: keiner</translation>
    </message>
    <message>
        <source>%1 requests rejected</source>
        <translation>%1 Anfragen abgelehnt</translation>
    </message>
    <message>
        <source>Allow %1</source>
        <translation>%1 erlauben</translation>
    </message>
    <message>
        <source>A web page from there wanted to send and was refused.</source>
        <translation>Eine Webseite von dort wollte senden und wurde abgewiesen.</translation>
    </message>
</context>
<context>
    <name>telltale::CounterModel</name>
    <message>
        <source>Counter</source>
        <translation>Zähler</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>What it means</source>
        <translation>Bedeutung</translation>
    </message>
</context>
<context>
    <name>telltale::Counters</name>
    <message>
        <source>Amplitude events without a type or without user and device, left out.</source>
        <translation>Amplitude-Ereignisse ohne Typ oder ohne Nutzer und Gerät, ausgelassen.</translation>
    </message>
    <message>
        <source>Amplitude requests refused with 400 because the body is not a list of events.</source>
        <translation>Amplitude-Anfragen, mit 400 abgelehnt, weil der Inhalt keine Liste von Ereignissen ist.</translation>
    </message>
    <message>
        <source>Aptabase events without a name, left out.</source>
        <translation>Aptabase-Ereignisse ohne Namen, ausgelassen.</translation>
    </message>
    <message>
        <source>Aptabase requests refused with 400 because the body is not JSON of events.</source>
        <translation>Aptabase-Anfragen, mit 400 abgelehnt, weil der Inhalt kein JSON mit Ereignissen ist.</translation>
    </message>
    <message>
        <source>Parts of Countly requests that could not be read, left out. They are answered with success all the same: the SDK would repeat them for ever.</source>
        <translation>Teile von Countly-Anfragen, die nicht lesbar waren, ausgelassen. Die Antwort meldet dennoch Erfolg: Das SDK würde sie sonst endlos wiederholen.</translation>
    </message>
    <message>
        <source>Errors without type, message or stack. They are stored and share one group.</source>
        <translation>Fehler ohne Typ, Meldung oder Stack. Sie werden gespeichert und teilen sich eine Gruppe.</translation>
    </message>
    <message>
        <source>gRPC calls refused because the compressed message was damaged.</source>
        <translation>gRPC-Aufrufe, abgelehnt, weil die komprimierte Nachricht beschädigt war.</translation>
    </message>
    <message>
        <source>gRPC calls refused: messages may be compressed with gzip or deflate.</source>
        <translation>gRPC-Aufrufe, abgelehnt: Nachrichten dürfen mit gzip oder deflate komprimiert sein.</translation>
    </message>
    <message>
        <source>gRPC connections closed because the client took back calls or sent settings and pings without end.</source>
        <translation>gRPC-Verbindungen, geschlossen, weil der Sender endlos Aufrufe zurücknahm oder Einstellungen und Pings schickte.</translation>
    </message>
    <message>
        <source>gRPC connections that ended in the middle of a call.</source>
        <translation>gRPC-Verbindungen, die mitten in einem Aufruf endeten.</translation>
    </message>
    <message>
        <source>gRPC connections or calls refused because what arrived was not HTTP/2 or not gRPC.</source>
        <translation>gRPC-Verbindungen oder -Aufrufe, abgelehnt, weil nicht HTTP/2 oder nicht gRPC ankam.</translation>
    </message>
    <message>
        <source>gRPC calls refused because the message was larger than 64 MiB, before or after decompression. Send smaller batches.</source>
        <translation>gRPC-Aufrufe, abgelehnt, weil die Nachricht vor oder nach dem Entpacken größer als 64 MiB war. Kleinere Pakete senden.</translation>
    </message>
    <message>
        <source>gRPC calls of a method that is not OTLP&apos;s Export.</source>
        <translation>gRPC-Aufrufe einer Methode, die nicht Export von OTLP ist.</translation>
    </message>
    <message>
        <source>gRPC connections closed because a call came too slowly, or none at all.</source>
        <translation>gRPC-Verbindungen, geschlossen, weil ein Aufruf zu langsam oder gar nicht kam.</translation>
    </message>
    <message>
        <source>gRPC connections refused because 128 were open.</source>
        <translation>gRPC-Verbindungen, abgelehnt, weil 128 offen waren.</translation>
    </message>
    <message>
        <source>Requests refused with 413 because the body was larger than 64 MiB, before or after decompression. Send smaller batches.</source>
        <translation>Anfragen, mit 413 abgelehnt, weil der Inhalt vor oder nach dem Entpacken größer als 64 MiB war. Kleinere Pakete senden.</translation>
    </message>
    <message>
        <source>Requests refused with 400 because the compressed body was damaged.</source>
        <translation>Anfragen, mit 400 abgelehnt, weil der komprimierte Inhalt beschädigt war.</translation>
    </message>
    <message>
        <source>Requests refused with 415: only gzip, deflate, zstd and identity are understood.</source>
        <translation>Anfragen, mit 415 abgelehnt: Nur gzip, deflate, zstd und identity werden verstanden.</translation>
    </message>
    <message>
        <source>Requests refused with 403 because their Host header names another machine. A web page may have tried to reach Telltale.</source>
        <translation>Anfragen, mit 403 abgelehnt, weil ihr Host-Header einen anderen Rechner nennt. Womöglich wollte eine Webseite Telltale erreichen.</translation>
    </message>
    <message>
        <source>Connections that ended in the middle of a request. The SDK sends it again.</source>
        <translation>Verbindungen, die mitten in einer Anfrage endeten. Das SDK sendet sie noch einmal.</translation>
    </message>
    <message>
        <source>Connections closed because what arrived was not HTTP/1.1.</source>
        <translation>Verbindungen, geschlossen, weil kein HTTP/1.1 ankam.</translation>
    </message>
    <message>
        <source>Requests refused with 415: OTLP is application/json or application/x-protobuf.</source>
        <translation>Anfragen, mit 415 abgelehnt: OTLP ist application/json oder application/x-protobuf.</translation>
    </message>
    <message>
        <source>Requests refused with 405: data is sent with POST.</source>
        <translation>Anfragen, mit 405 abgelehnt: Daten werden mit POST gesendet.</translation>
    </message>
    <message>
        <source>Requests of web pages refused with 403 because their origin is not on the allow-list. Allow the origin in Connect if it is yours.</source>
        <translation>Anfragen von Webseiten, mit 403 abgelehnt, weil ihre Herkunft nicht auf der Liste der erlaubten steht. Eigene Herkunft unter „App verbinden“ erlauben.</translation>
    </message>
    <message>
        <source>Requests answered 503 because too much was waiting. The SDK sends them again.</source>
        <translation>Anfragen, mit 503 beantwortet, weil zu viel wartete. Das SDK sendet sie noch einmal.</translation>
    </message>
    <message>
        <source>Requests to a path that no protocol uses. Check the endpoint in the app&apos;s settings.</source>
        <translation>Anfragen an einen Pfad, den kein Protokoll verwendet. Den Endpunkt in den Einstellungen der App prüfen.</translation>
    </message>
    <message>
        <source>Connections closed because headers or body came too slowly.</source>
        <translation>Verbindungen, geschlossen, weil Header oder Inhalt zu langsam kamen.</translation>
    </message>
    <message>
        <source>Connections refused because 256 were open.</source>
        <translation>Verbindungen, abgelehnt, weil 256 offen waren.</translation>
    </message>
    <message>
        <source>Requests refused with 401 because they did not carry the token. Send it as Authorization: Bearer or x-api-key.</source>
        <translation>Anfragen, mit 401 abgelehnt, weil das Token fehlte. Es gehört in Authorization: Bearer oder x-api-key.</translation>
    </message>
    <message>
        <source>Requests that came again byte for byte (a retry) and were acknowledged without being stored twice.</source>
        <translation>Anfragen, die Byte für Byte noch einmal kamen (ein neuer Versuch) und bestätigt, aber nicht doppelt gespeichert wurden.</translation>
    </message>
    <message>
        <source>Messages that came again in another request, recognised by their id and not stored twice.</source>
        <translation>Nachrichten, die in einer anderen Anfrage noch einmal kamen, an ihrer Kennung erkannt und nicht doppelt gespeichert.</translation>
    </message>
    <message>
        <source>Requests answered 503 because the cache could not be written.</source>
        <translation>Anfragen, mit 503 beantwortet, weil der Speicher nicht geschrieben werden konnte.</translation>
    </message>
    <message>
        <source>Parts of files that are not JSON, left out.</source>
        <translation>Teile von Dateien, die kein JSON sind, ausgelassen.</translation>
    </message>
    <message>
        <source>Objects of files without event, name, metric, error or message: nothing says what they are. Left out.</source>
        <translation>Objekte aus Dateien ohne event, name, metric, error oder message: Nichts sagt, was sie sind. Ausgelassen.</translation>
    </message>
    <message>
        <source>KUserFeedback submissions refused with 400 because they are not an object of sources.</source>
        <translation>KUserFeedback-Übermittlungen, mit 400 abgelehnt, weil sie kein Objekt aus Quellen sind.</translation>
    </message>
    <message>
        <source>Mixpanel events without a name or properties, left out.</source>
        <translation>Mixpanel-Ereignisse ohne Namen oder Eigenschaften, ausgelassen.</translation>
    </message>
    <message>
        <source>Mixpanel requests refused with 400 because there are no events in them.</source>
        <translation>Mixpanel-Anfragen, mit 400 abgelehnt, weil sie keine Ereignisse enthalten.</translation>
    </message>
    <message>
        <source>Attributes whose value could not be read, kept as null.</source>
        <translation>Attribute, deren Wert nicht lesbar war, als null behalten.</translation>
    </message>
    <message>
        <source>Attributes whose key began with the control character U+001F, which is kept for Telltale&apos;s own fields; it was replaced.</source>
        <translation>Attribute, deren Schlüssel mit dem Steuerzeichen U+001F begann, das Telltales eigenen Feldern vorbehalten ist; es wurde ersetzt.</translation>
    </message>
    <message>
        <source>Values nested deeper than 64 levels, cut to null.</source>
        <translation>Werte, die tiefer als 64 Ebenen verschachtelt sind, auf null gekürzt.</translation>
    </message>
    <message>
        <source>Fields of a record whose value could not be read, treated as not sent.</source>
        <translation>Felder eines Datensatzes, deren Wert nicht lesbar war, wie nicht gesendet behandelt.</translation>
    </message>
    <message>
        <source>Requests refused with 400 because the body is not JSON, or not JSON of an OTLP request.</source>
        <translation>Anfragen, mit 400 abgelehnt, weil der Inhalt kein JSON oder kein JSON einer OTLP-Anfrage ist.</translation>
    </message>
    <message>
        <source>Histogram points whose buckets do not fit their bounds, kept with count and sum but without buckets.</source>
        <translation>Histogrammpunkte, deren Klassen nicht zu ihren Grenzen passen, mit Anzahl und Summe, aber ohne Klassen behalten.</translation>
    </message>
    <message>
        <source>Metrics that came without data points of a known kind.</source>
        <translation>Metriken, die ohne Datenpunkte einer bekannten Art kamen.</translation>
    </message>
    <message>
        <source>Requests refused with 400 because the body is not a protobuf message of OTLP.</source>
        <translation>Anfragen, mit 400 abgelehnt, weil der Inhalt keine Protobuf-Nachricht von OTLP ist.</translation>
    </message>
    <message>
        <source>Requests refused because they hold more than a million records. Send smaller batches.</source>
        <translation>Anfragen, abgelehnt, weil sie mehr als eine Million Datensätze enthalten. Kleinere Pakete senden.</translation>
    </message>
    <message>
        <source>Spans with missing or zero ids, kept without trace links.</source>
        <translation>Spans mit fehlenden oder leeren Kennungen, ohne Verknüpfung zum Trace behalten.</translation>
    </message>
    <message>
        <source>Spans that end before they start, kept with duration 0.</source>
        <translation>Spans, die vor ihrem Beginn enden, mit Dauer 0 behalten.</translation>
    </message>
    <message>
        <source>Records whose trace or span id has the wrong length, kept without it.</source>
        <translation>Datensätze, deren Trace- oder Span-Kennung die falsche Länge hat, ohne sie behalten.</translation>
    </message>
    <message>
        <source>PostHog events without a name, left out.</source>
        <translation>PostHog-Ereignisse ohne Namen, ausgelassen.</translation>
    </message>
    <message>
        <source>PostHog requests refused with 400 because the body is not JSON of events.</source>
        <translation>PostHog-Anfragen, mit 400 abgelehnt, weil der Inhalt kein JSON mit Ereignissen ist.</translation>
    </message>
    <message>
        <source>Lines of pushed metrics that are no samples, left out.</source>
        <translation>Zeilen gesendeter Metriken, die keine Messwerte sind, ausgelassen.</translation>
    </message>
    <message>
        <source>Pushed metrics refused with 400 because path or body is not what a Pushgateway takes.</source>
        <translation>Gesendete Metriken, mit 400 abgelehnt, weil Pfad oder Inhalt nicht das ist, was ein Pushgateway annimmt.</translation>
    </message>
    <message>
        <source>Nested values that could not be examined for secrets and were dropped before disk.</source>
        <translation>Verschachtelte Werte, die sich nicht auf Geheimnisse prüfen ließen und vor dem Speichern verworfen wurden.</translation>
    </message>
    <message>
        <source>Values masked before disk because their key names a secret (password, token, cookie...).</source>
        <translation>Werte, vor dem Speichern unkenntlich gemacht, weil ihr Schlüssel ein Geheimnis nennt (Passwort, Token, Cookie …).</translation>
    </message>
    <message>
        <source>Values in which a secret (e-mail address, card number, token) was masked before it reached the disk.</source>
        <translation>Werte, in denen ein Geheimnis (E-Mail-Adresse, Kartennummer, Token) vor dem Speichern unkenntlich gemacht wurde.</translation>
    </message>
    <message>
        <source>User keys that held an e-mail address or another secret, replaced by a pseudonym before disk.</source>
        <translation>Nutzerschlüssel, die eine E-Mail-Adresse oder ein anderes Geheimnis enthielten, vor dem Speichern durch ein Pseudonym ersetzt.</translation>
    </message>
    <message>
        <source>Records removed because they were of a person who is to be forgotten.</source>
        <translation>Datensätze, entfernt, weil sie von einer Person stammen, die vergessen werden soll.</translation>
    </message>
    <message>
        <source>Records removed, the oldest first, because the cache keeps to an age or a size. See Where data lives.</source>
        <translation>Datensätze, die ältesten zuerst, entfernt, weil der Speicher ein Alter oder eine Größe einhält. Siehe „Where data lives“.</translation>
    </message>
    <message>
        <source>Scraped metrics that the cache could not take; the next scrape tells more than an old one.</source>
        <translation>Abgefragte Metriken, die der Speicher nicht aufnehmen konnte; die nächste Abfrage sagt mehr als eine alte.</translation>
    </message>
    <message>
        <source>Scrapes of a target that gave no metrics: no answer, too late, too large, or an error.</source>
        <translation>Abfragen eines Ziels, die keine Metriken brachten: keine Antwort, zu spät, zu groß oder ein Fehler.</translation>
    </message>
    <message>
        <source>Segment requests refused with 400 because the body is not JSON of messages.</source>
        <translation>Segment-Anfragen, mit 400 abgelehnt, weil der Inhalt kein JSON mit Nachrichten ist.</translation>
    </message>
    <message>
        <source>Segment messages of an unknown type, or without the name of an event or screen, left out.</source>
        <translation>Segment-Nachrichten unbekannten Typs oder ohne den Namen eines Ereignisses oder Bildschirms, ausgelassen.</translation>
    </message>
    <message>
        <source>Attachments of Sentry events, kept by name, type and size without their content.</source>
        <translation>Anhänge von Sentry-Ereignissen, mit Name, Typ und Größe, aber ohne Inhalt behalten.</translation>
    </message>
    <message>
        <source>Items of Sentry envelopes that could not be read, left out.</source>
        <translation>Elemente von Sentry-Umschlägen, die nicht lesbar waren, ausgelassen.</translation>
    </message>
    <message>
        <source>Items of Sentry envelopes of a kind that is not known here, left out.</source>
        <translation>Elemente von Sentry-Umschlägen einer hier unbekannten Art, ausgelassen.</translation>
    </message>
    <message>
        <source>Sentry requests refused with 400 because they are no envelope and no event of JSON.</source>
        <translation>Sentry-Anfragen, mit 400 abgelehnt, weil sie weder ein Umschlag noch ein Ereignis in JSON sind.</translation>
    </message>
    <message>
        <source>Lines of StatsD datagrams that are none, left out.</source>
        <translation>Zeilen von StatsD-Datagrammen, die keine sind, ausgelassen.</translation>
    </message>
    <message>
        <source>Requests answered 503 because the disk is almost full. The SDK sends them again for a while; make room.</source>
        <translation>Anfragen, mit 503 beantwortet, weil die Festplatte fast voll ist. Das SDK sendet sie eine Weile lang erneut; Platz schaffen.</translation>
    </message>
    <message>
        <source>Segments whose checksum does not match. They are left out of every answer.</source>
        <translation>Segmente, deren Prüfsumme nicht stimmt. Sie fehlen in jeder Antwort.</translation>
    </message>
    <message>
        <source>Records without any time; the time of arrival stands in.</source>
        <translation>Datensätze ganz ohne Zeit; die Zeit der Ankunft steht dafür.</translation>
    </message>
    <message>
        <source>Times outside the years 1678 to 2262, moved to the nearest representable time.</source>
        <translation>Zeiten außerhalb der Jahre 1678 bis 2262, auf die nächste darstellbare Zeit verschoben.</translation>
    </message>
    <message>
        <source>Records more than a day ahead of this machine&apos;s clock. They keep their own time.</source>
        <translation>Datensätze, die mehr als einen Tag vor der Uhr dieses Rechners liegen. Sie behalten ihre eigene Zeit.</translation>
    </message>
    <message>
        <source>Records without a time of their own; the time they were observed stands in.</source>
        <translation>Datensätze ohne eigene Zeit; die Zeit ihrer Beobachtung steht dafür.</translation>
    </message>
    <message>
        <source>Lines of datagrams thrown away because the cache could not take them for too long.</source>
        <translation>Zeilen von Datagrammen, verworfen, weil der Speicher sie zu lange nicht aufnehmen konnte.</translation>
    </message>
    <message>
        <source>Datagrams the system threw away because more came than could be read. A larger net.core.rmem_max helps.</source>
        <translation>Datagramme, die das System verwarf, weil mehr kam, als gelesen werden konnte. Ein größeres net.core.rmem_max hilft.</translation>
    </message>
    <message>
        <source>Users who say that they were somebody who is another user already: a device that two people share. They stay two.</source>
        <translation>Nutzer, die angeben, jemand gewesen zu sein, der schon ein anderer Nutzer ist: ein Gerät, das sich zwei Personen teilen. Sie bleiben zwei.</translation>
    </message>
    <message>
        <source>Users without a name who then said who they are; what they did before counts as theirs.</source>
        <translation>Nutzer ohne Namen, die später sagten, wer sie sind; was sie davor taten, zählt zu ihnen.</translation>
    </message>
    <message>
        <source>Followed files that were emptied or written anew without a copy beside them. They are read from their beginning; what was not read before is missing.</source>
        <translation>Verfolgte Dateien, die geleert oder neu geschrieben wurden, ohne dass eine Kopie daneben liegt. Sie werden von vorn gelesen; was davor nicht gelesen war, fehlt.</translation>
    </message>
    <message>
        <source>Followed files that were rotated away and could not be found again when Telltale came back. What they still held is missing.</source>
        <translation>Verfolgte Dateien, die wegrotiert wurden und nicht wiederzufinden waren, als Telltale zurückkam. Was sie noch enthielten, fehlt.</translation>
    </message>
    <message>
        <source>Lines of files that are not one JSON object. Left out.</source>
        <translation>Zeilen von Dateien, die nicht genau ein JSON-Objekt sind. Ausgelassen.</translation>
    </message>
    <message>
        <source>Lines of followed files whose OTLP or JSON could not be read, left out.</source>
        <translation>Zeilen verfolgter Dateien, deren OTLP oder JSON nicht lesbar war, ausgelassen.</translation>
    </message>
    <message>
        <source>Lines of followed files longer than 16 MiB, left out.</source>
        <translation>Zeilen verfolgter Dateien, die länger als 16 MiB sind, ausgelassen.</translation>
    </message>
    <message>
        <source>Connections that began with TLS at a port that speaks plain HTTP. Use http:// in the app&apos;s endpoint.</source>
        <translation>Verbindungen, die mit TLS an einem Port begannen, der einfaches HTTP spricht. Im Endpunkt der App http:// verwenden.</translation>
    </message>
    <message>
        <source>Requests answered 503 because their receiver is paused. OpenTelemetry SDKs over HTTP send them again; those of Sentry and of gRPC do not.</source>
        <translation>Anfragen, mit 503 beantwortet, weil ihr Empfänger angehalten ist. OpenTelemetry-SDKs über HTTP senden sie erneut; die von Sentry und von gRPC nicht.</translation>
    </message>
    <message>
        <source>Records changed by a mapping rule of your own. See telltale mapping.</source>
        <translation>Datensätze, die eine eigene Zuordnungsregel geändert hat. Siehe telltale mapping.</translation>
    </message>
    <message>
        <source>Lines of the file of mapping rules that are no rules, left out. telltale mapping says which and why.</source>
        <translation>Zeilen der Datei mit Zuordnungsregeln, die keine Regeln sind, ausgelassen. telltale mapping sagt, welche und warum.</translation>
    </message>
    <message>
        <source>Attempts to reach an MQTT broker that failed: no answer, a refused name or password, a certificate that is not trusted. It is tried again.</source>
        <translation>Versuche, einen MQTT-Broker zu erreichen, die scheiterten: keine Antwort, abgelehnter Name oder abgelehntes Passwort, ein nicht vertrautes Zertifikat. Es wird weiter versucht.</translation>
    </message>
    <message>
        <source>Connections to an MQTT broker that ended. What it keeps for us comes when it is reached again.</source>
        <translation>Verbindungen zu einem MQTT-Broker, die endeten. Was er für uns behält, kommt, sobald er wieder erreicht ist.</translation>
    </message>
    <message>
        <source>MQTT messages of QoS 0 thrown away because the cache could not take them for too long; the broker does not send them again.</source>
        <translation>MQTT-Nachrichten mit QoS 0, verworfen, weil der Speicher sie zu lange nicht aufnehmen konnte; der Broker sendet sie nicht noch einmal.</translation>
    </message>
    <message>
        <source>MQTT messages of topics that the mapping ignores.</source>
        <translation>MQTT-Nachrichten zu Themen, die die Zuordnung übergeht.</translation>
    </message>
    <message>
        <source>MQTT messages that begin like JSON and are none, or nest deeper than 64 levels, left out.</source>
        <translation>MQTT-Nachrichten, die wie JSON beginnen und keines sind oder tiefer als 64 Ebenen verschachtelt sind, ausgelassen.</translation>
    </message>
    <message>
        <source>Requests of MQTT messages that were cut off, left out.</source>
        <translation>Anfragen mit MQTT-Nachrichten, die abgeschnitten waren, ausgelassen.</translation>
    </message>
    <message>
        <source>Requests of MQTT messages left out, or changes of the mapping file not taken, because the mapping is none.</source>
        <translation>Anfragen mit MQTT-Nachrichten, ausgelassen, oder nicht übernommene Änderungen der Zuordnungsdatei, weil die Zuordnung keine ist.</translation>
    </message>
    <message>
        <source>Numbers beyond the first thousand of an MQTT message, left out. A mapping can pick those that matter.</source>
        <translation>Zahlen jenseits der ersten tausend einer MQTT-Nachricht, ausgelassen. Eine Zuordnung kann die wichtigen auswählen.</translation>
    </message>
    <message>
        <source>MQTT messages that are no text, left out.</source>
        <translation>MQTT-Nachrichten, die kein Text sind, ausgelassen.</translation>
    </message>
    <message>
        <source>MQTT messages without content: that is how a retained message is taken back.</source>
        <translation>MQTT-Nachrichten ohne Inhalt: So wird eine aufbewahrte Nachricht zurückgenommen.</translation>
    </message>
    <message>
        <source>MQTT messages larger than 1 MiB, left out.</source>
        <translation>MQTT-Nachrichten, die größer als 1 MiB sind, ausgelassen.</translation>
    </message>
    <message>
        <source>Topics that an MQTT broker does not let us subscribe to.</source>
        <translation>Themen, die ein MQTT-Broker uns nicht abonnieren lässt.</translation>
    </message>
    <message>
        <source>Texts beside the numbers of an MQTT message, left out: nothing says what they are. A mapping can make them attributes.</source>
        <translation>Texte neben den Zahlen einer MQTT-Nachricht, ausgelassen: Nichts sagt, was sie sind. Eine Zuordnung kann Attribute daraus machen.</translation>
    </message>
    <message>
        <source>MQTT messages without the time their mapping names; the time of arrival stands in.</source>
        <translation>MQTT-Nachrichten ohne die Zeit, die ihre Zuordnung nennt; die Zeit der Ankunft steht dafür.</translation>
    </message>
    <message>
        <source>MQTT messages without a topic that is text, left out.</source>
        <translation>MQTT-Nachrichten ohne ein Thema, das Text ist, ausgelassen.</translation>
    </message>
    <message>
        <source>MQTT messages without the event or number their mapping names, left out.</source>
        <translation>MQTT-Nachrichten ohne das Ereignis oder die Zahl, die ihre Zuordnung nennt, ausgelassen.</translation>
    </message>
    <message>
        <source>Samples refused with 404 because they are for a product that was never added and has never sent anything. Add it in the console first.</source>
        <translation>Stichproben, mit 404 abgelehnt, weil sie für ein Produkt sind, das nie angelegt wurde und nie etwas gesendet hat. Legen Sie es zuerst in der Konsole an.</translation>
    </message>
    <message>
        <source>Tags beyond the first 128 of a StatsD line, left out.</source>
        <translation>Tags nach den ersten 128 einer StatsD-Zeile, weggelassen.</translation>
    </message>
</context>
<context>
    <name>telltale::DataTable</name>
    <message>
        <source>Sorted by %1, ascending</source>
        <translation>Nach %1 sortiert, aufsteigend</translation>
    </message>
    <message>
        <source>Sorted by %1, descending</source>
        <translation>Nach %1 sortiert, absteigend</translation>
    </message>
    <message>
        <source>%1, then by %2, ascending</source>
        <comment>how it is sorted first</comment>
        <translation>%1, dann nach %2, aufsteigend</translation>
    </message>
    <message>
        <source>%1, then by %2, descending</source>
        <comment>how it is sorted first</comment>
        <translation>%1, dann nach %2, absteigend</translation>
    </message>
</context>
<context>
    <name>telltale::Definitions</name>
    <message>
        <source>Usage event</source>
        <translation>Nutzungsereignis</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Crash-free</source>
        <translation>Absturzfrei</translation>
    </message>
    <message>
        <source>Time on a screen</source>
        <translation>Zeit auf einem Bildschirm</translation>
    </message>
    <message>
        <source>Percentile</source>
        <translation>Perzentil</translation>
    </message>
    <message>
        <source>Interval</source>
        <translation>Intervall</translation>
    </message>
    <message>
        <source>Bucket</source>
        <translation>Abschnitt</translation>
    </message>
    <message>
        <source>Error group</source>
        <translation>Fehlergruppe</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Span</source>
        <translation>Span</translation>
    </message>
    <message>
        <source>Trace</source>
        <translation>Trace</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Metrik</translation>
    </message>
    <message>
        <source>Retention</source>
        <translation>Wiederkehr</translation>
    </message>
    <message>
        <source>Funnel</source>
        <translation>Trichter</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Something a person did, sent by the app: a feature that was used, a button that was pressed.</source>
        <translation>Etwas, das eine Person getan und die App gesendet hat: eine Funktion wurde genutzt, ein Knopf gedrückt.</translation>
    </message>
    <message>
        <source>A distinct person or installation with at least one usage event, screen view, error, log or session bound.</source>
        <translation>Eine Person oder Installation mit mindestens einem Nutzungsereignis, Bildschirmaufruf, Fehler, Protokolleintrag oder Sitzungsrand; jede zählt einmal.</translation>
    </message>
    <message>
        <source>From its first to its last record; those that begin in the range or reach into it count.</source>
        <translation>Vom ersten bis zum letzten Datensatz; es zählt, was im Zeitraum beginnt oder in ihn hineinreicht.</translation>
    </message>
    <message>
        <source>Without an unhandled error.</source>
        <translation>Ohne unbehandelten Fehler.</translation>
    </message>
    <message>
        <source>Until the session&apos;s next screen view or its end, 30 minutes at most, when the app sends none.</source>
        <translation>Bis zum nächsten Bildschirmaufruf der Sitzung oder ihrem Ende, höchstens 30 Minuten, wenn die App keine sendet.</translation>
    </message>
    <message>
        <source>Of the nearest rank: always a value that was measured.</source>
        <translation>Nach dem nächsten Rang: immer ein gemessener Wert.</translation>
    </message>
    <message>
        <source>Holds the true value 95 times out of 100.</source>
        <translation>Enthält den wahren Wert in 95 von 100 Fällen.</translation>
    </message>
    <message>
        <source>A stretch of time with its start and without its end. From an hour on, cut by the clock of the time zone.</source>
        <translation>Ein Stück Zeit mit seinem Anfang und ohne sein Ende. Ab einer Stunde nach der Uhr der Zeitzone geschnitten.</translation>
    </message>
    <message>
        <source>Errors of one cause: the same type and place in the code, or the fingerprint that the app sends.</source>
        <translation>Fehler einer Ursache: gleiche Art und Stelle im Code, oder der Fingerabdruck, den die App sendet.</translation>
    </message>
    <message>
        <source>Events in 32 equal slices of the range.</source>
        <translation>Ereignisse in 32 gleichen Teilen des Zeitraums.</translation>
    </message>
    <message>
        <source>One run of an operation, with its duration as the app measured it.</source>
        <translation>Ein Lauf eines Vorgangs, mit seiner Dauer, wie die App sie gemessen hat.</translation>
    </message>
    <message>
        <source>Spans that belong together, as far as they match; its length is from the first start to the last end.</source>
        <translation>Spans, die zusammengehören, soweit sie passen; die Länge reicht vom ersten Anfang bis zum letzten Ende.</translation>
    </message>
    <message>
        <source>Points that an app sent under one name. Of sums and histograms that only grow, what they grew by.</source>
        <translation>Punkte, die eine App unter einem Namen gesendet hat. Von Summen und Histogrammen, die nur wachsen, ihr Zuwachs.</translation>
    </message>
    <message>
        <source>Of the users first seen in a period, how many were active again so many periods later. Periods that are not over are marked.</source>
        <translation>Wie viele der Nutzer, die in einem Zeitraum zuerst gesehen wurden, so viele Zeiträume später wieder aktiv waren. Was noch nicht vorbei ist, ist gekennzeichnet.</translation>
    </message>
    <message>
        <source>Users who took the steps in this order, with anything between them, within the time after the first.</source>
        <translation>Nutzer, die die Schritte in dieser Reihenfolge gegangen sind, mit beliebigem dazwischen, innerhalb der Zeit nach dem ersten.</translation>
    </message>
    <message>
        <source>A product on one system that sends by one protocol. What it lost itself is counted as it says.</source>
        <translation>Ein Produkt auf einem System, das über ein Protokoll sendet. Was es selbst verloren hat, zählt nach seiner Angabe.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>%Ln Datensatz</numerusform>
            <numerusform>%Ln Datensätze</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln segment(s)</source>
        <translation>
            <numerusform>%Ln Segment</numerusform>
            <numerusform>%Ln Segmenten</numerusform>
        </translation>
    </message>
    <message>
        <source>By reading %1 in %2.</source>
        <comment>records, segments</comment>
        <translation>Durch Lesen: %1 in %2.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln bucket(s)</source>
        <translation>
            <numerusform>%Ln Abschnitt</numerusform>
            <numerusform>%Ln Abschnitten</numerusform>
        </translation>
    </message>
    <message>
        <source>From rollups: %1.</source>
        <comment>buckets</comment>
        <translation>Aus Rollups: %1.</translation>
    </message>
    <message>
        <source>From rollups: %1, and %2 read one by one.</source>
        <comment>buckets, records</comment>
        <translation>Aus Rollups: %1, dazu %2 einzeln gelesen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln usage event(s)</source>
        <translation>
            <numerusform>%Ln Nutzungsereignis</numerusform>
            <numerusform>%Ln Nutzungsereignisse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln screen view(s)</source>
        <translation>
            <numerusform>%Ln Bildschirmaufruf</numerusform>
            <numerusform>%Ln Bildschirmaufrufe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s)</source>
        <translation>
            <numerusform>%Ln Sitzung</numerusform>
            <numerusform>%Ln Sitzungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln error(s)</source>
        <translation>
            <numerusform>%Ln Fehler</numerusform>
            <numerusform>%Ln Fehler</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln span(s)</source>
        <translation>
            <numerusform>%Ln Span</numerusform>
            <numerusform>%Ln Spans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s)</source>
        <translation>
            <numerusform>%Ln Nutzer</numerusform>
            <numerusform>%Ln Nutzer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s), counted once a row</source>
        <translation>
            <numerusform>%Ln Nutzer, je Zeile einmal gezählt</numerusform>
            <numerusform>%Ln Nutzer, je Zeile einmal gezählt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln point(s)</source>
        <translation>
            <numerusform>%Ln Punkt</numerusform>
            <numerusform>%Ln Punkte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln bucket(s) with a value</source>
        <translation>
            <numerusform>%Ln Abschnitt mit einem Wert</numerusform>
            <numerusform>%Ln Abschnitte mit einem Wert</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::DoorModel</name>
    <message>
        <source>Receives</source>
        <comment>a column of receivers</comment>
        <translation>Empfängt</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Empfangsbereit</translation>
    </message>
</context>
<context>
    <name>telltale::DwellRanges</name>
    <message>
        <source>%1: few data, %2 visits</source>
        <extracomment>%1 screen, %2 number of visits</extracomment>
        <translation>%1: wenig Daten, %2 Besuche</translation>
    </message>
    <message>
        <source>%1: median %2, middle half %3 to %4, %5 visits</source>
        <extracomment>%1 screen, %2 median, %3 and %4 bounds of the middle half, %5 number of visits</extracomment>
        <translation>%1: Median %2, mittlere Hälfte %3 bis %4, %5 Besuche</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>Keine Daten</translation>
    </message>
    <message>
        <source>%1 screens. Longest: %2</source>
        <translation>%1 Bildschirme. Am längsten: %2</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>25 %</source>
        <translation>25&#xa0;%</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>75 %</source>
        <translation>75&#xa0;%</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Besuche</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>few data</source>
        <translation>wenig Daten</translation>
    </message>
</context>
<context>
    <name>telltale::ErrorDetailView</name>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>%1%2 s</source>
        <translation>%1%2&#xa0;s</translation>
    </message>
    <message>
        <source>Details of the error</source>
        <translation>Details des Fehlers</translation>
    </message>
    <message>
        <source>Open session</source>
        <translation>Sitzung öffnen</translation>
    </message>
    <message>
        <source>Show only this error</source>
        <translation>Nur diesen Fehler zeigen</translation>
    </message>
    <message>
        <source>Events of this error</source>
        <translation>Ereignisse dieses Fehlers</translation>
    </message>
    <message>
        <source>Stack trace</source>
        <translation>Stacktrace</translation>
    </message>
    <message>
        <source>What led to it</source>
        <translation>Was dazu führte</translation>
    </message>
    <message>
        <source>Who is affected</source>
        <translation>Wer betroffen ist</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>first %1 · last %2</source>
        <translation>zuerst %1 · zuletzt %2</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>This error came without a session.</source>
        <translation>Dieser Fehler kam ohne Sitzung.</translation>
    </message>
    <message>
        <source>most recent event, 1 of %1</source>
        <translation>neuestes Ereignis, 1 von %1</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>in the release after %1</source>
        <translation>in der Version nach %1</translation>
    </message>
    <message>
        <source>in %1</source>
        <comment>a release</comment>
        <translation>in %1</translation>
    </message>
    <message>
        <source>until %1</source>
        <comment>a time</comment>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>until %1 more events</source>
        <translation>bis zu %1 weiteren Ereignissen</translation>
    </message>
    <message>
        <source>until %1 more users</source>
        <translation>bis zu %1 weiteren Nutzern</translation>
    </message>
    <message>
        <source>until it escalates</source>
        <translation>bis er eskaliert</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>behoben</translation>
    </message>
    <message>
        <source>archived</source>
        <translation>archiviert</translation>
    </message>
    <message>
        <source>reopened</source>
        <translation>wieder geöffnet</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>zurückgenommen</translation>
    </message>
    <message>
        <source>merged with another</source>
        <translation>mit einem anderen zusammengeführt</translation>
    </message>
    <message>
        <source>taken apart</source>
        <translation>getrennt</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>events, users</comment>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln event(s)</source>
        <translation>
            <numerusform>%Ln&#xa0;Ereignis</numerusform>
            <numerusform>%Ln&#xa0;Ereignisse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s)</source>
        <translation>
            <numerusform>%Ln&#xa0;Nutzer</numerusform>
            <numerusform>%Ln&#xa0;Nutzer</numerusform>
        </translation>
    </message>
    <message>
        <source>The newest event as JSON</source>
        <translation>Das neueste Ereignis als JSON</translation>
    </message>
    <message>
        <source>How the error is shown</source>
        <translation>Wie der Fehler gezeigt wird</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
</context>
<context>
    <name>telltale::ErrorGroupModel</name>
    <message>
        <source>Issue</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt gesehen</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Regressed</source>
        <translation>Rückfällig</translation>
    </message>
    <message>
        <source>Escalating</source>
        <translation>Eskalierend</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Behoben</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archiviert</translation>
    </message>
    <message>
        <source>Ongoing</source>
        <translation>Anhaltend</translation>
    </message>
    <message>
        <source>first seen %1</source>
        <translation>zuerst %1</translation>
    </message>
    <message>
        <source>%1 old</source>
        <translation>%1 alt</translation>
    </message>
</context>
<context>
    <name>telltale::ErrorOccurrenceModel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
</context>
<context>
    <name>telltale::ErrorTriage</name>
    <message numerus="yes">
        <source>%n error(s) resolved</source>
        <translation>
            <numerusform>%n Fehler behoben</numerusform>
            <numerusform>%n Fehler behoben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s) archived</source>
        <translation>
            <numerusform>%n Fehler archiviert</numerusform>
            <numerusform>%n Fehler archiviert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s) reopened</source>
        <translation>
            <numerusform>%n Fehler wieder geöffnet</numerusform>
            <numerusform>%n Fehler wieder geöffnet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s) merged</source>
        <translation>
            <numerusform>%n Fehler zusammengeführt</numerusform>
            <numerusform>%n Fehler zusammengeführt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s) taken apart</source>
        <translation>
            <numerusform>%n Fehler getrennt</numerusform>
            <numerusform>%n Fehler getrennt</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Resolve</source>
        <translation>&amp;Beheben</translation>
    </message>
    <message>
        <source>&amp;Archive</source>
        <translation>&amp;Archivieren</translation>
    </message>
    <message>
        <source>Re&amp;open</source>
        <translation>&amp;Wieder öffnen</translation>
    </message>
    <message>
        <source>Resolve…</source>
        <translation>Beheben&#xa0;…</translation>
    </message>
    <message>
        <source>Archive…</source>
        <translation>Archivieren&#xa0;…</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>an action and its key</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>&amp;Now: seen again, it has regressed</source>
        <translation>&amp;Jetzt: tritt er wieder auf, ist er rückfällig</translation>
    </message>
    <message>
        <source>In the release &amp;after %1</source>
        <translation>In der Version &amp;nach %1</translation>
    </message>
    <message>
        <source>In %1</source>
        <translation>In %1</translation>
    </message>
    <message>
        <source>&amp;For ever</source>
        <translation>&amp;Für immer</translation>
    </message>
    <message>
        <source>Until it &amp;escalates</source>
        <translation>Bis er &amp;eskaliert</translation>
    </message>
    <message>
        <source>For a &amp;day</source>
        <translation>Für einen &amp;Tag</translation>
    </message>
    <message>
        <source>For a &amp;week</source>
        <translation>Für eine &amp;Woche</translation>
    </message>
    <message>
        <source>For a &amp;month</source>
        <translation>Für einen &amp;Monat</translation>
    </message>
    <message>
        <source>Until %1 more events</source>
        <translation>Bis zu %1 weiteren Ereignissen</translation>
    </message>
    <message>
        <source>Until %1 more users</source>
        <translation>Bis zu %1 weiteren Nutzern</translation>
    </message>
    <message>
        <source>That could not be stored: %1</source>
        <translation>Das ließ sich nicht speichern: %1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Mer&amp;ge into the first</source>
        <translation>In den ersten &amp;zusammenführen</translation>
    </message>
    <message>
        <source>Take a&amp;part</source>
        <translation>T&amp;rennen</translation>
    </message>
</context>
<context>
    <name>telltale::ErrorsPage</name>
    <message>
        <source>Search errors</source>
        <translation>Fehler suchen</translation>
    </message>
    <message>
        <source>Search type, message, release:4.2.0</source>
        <translation>Typ, Meldung, release:4.2.0 suchen</translation>
    </message>
    <message>
        <source>Errors by state</source>
        <translation>Fehler nach Status</translation>
    </message>
    <message>
        <source>Unresolved</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Regressed</source>
        <translation>Rückfällig</translation>
    </message>
    <message>
        <source>Escalating</source>
        <translation>Eskalierend</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Behoben</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archiviert</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Users affected</source>
        <translation>Betroffene Nutzer</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt gesehen</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>Zuerst gesehen</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>No error of this tab has “%1”.</source>
        <translation>Kein Fehler auf diesem Reiter enthält „%1“.</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>No unresolved errors</source>
        <translation>Keine offenen Fehler</translation>
    </message>
    <message>
        <source>%1 without one.</source>
        <translation>%1: kein einziger.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>No error is in this state in this time.</source>
        <translation>In dieser Zeit hat kein Fehler diesen Status.</translation>
    </message>
    <message>
        <source>No error chosen</source>
        <translation>Kein Fehler gewählt</translation>
    </message>
    <message>
        <source>Not in this time</source>
        <translation>Nicht in dieser Zeit</translation>
    </message>
    <message>
        <source>This error did not happen in the range that is shown.</source>
        <translation>Dieser Fehler trat im gezeigten Zeitraum nicht auf.</translation>
    </message>
    <message>
        <source>Next error</source>
        <translation>Nächster Fehler</translation>
    </message>
    <message>
        <source>Previous error</source>
        <translation>Voriger Fehler</translation>
    </message>
    <message>
        <source>Choose the row, too, or not</source>
        <translation>Zeile dazuwählen oder nicht</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new error(s) · show (N)</source>
        <translation>
            <numerusform>%Ln&#xa0;neuer Fehler · zeigen (N)</numerusform>
            <numerusform>%Ln&#xa0;neue Fehler · zeigen (N)</numerusform>
        </translation>
    </message>
    <message>
        <source>Change of events: %1</source>
        <comment>what they are compared with, with dates</comment>
        <translation>Änderung der Ereignisse: %1</translation>
    </message>
    <message>
        <source>Δ events: %1</source>
        <comment>what they are compared with, with dates</comment>
        <translation>Δ Ereignisse: %1</translation>
    </message>
    <message>
        <source>Show new rows</source>
        <translation>Neue Zeilen zeigen</translation>
    </message>
    <message>
        <source>Issue</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Sorted by %1, turned round</source>
        <translation>Nach %1 sortiert, umgekehrt</translation>
    </message>
    <message>
        <source>Sorted by %1</source>
        <translation>Nach %1 sortiert</translation>
    </message>
    <message numerus="yes">
        <source>%Ln error(s) chosen</source>
        <translation>
            <numerusform>%Ln Fehler gewählt</numerusform>
            <numerusform>%Ln Fehler gewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, then by %2, turned round</source>
        <comment>how it is sorted first</comment>
        <translation>%1, dann nach %2, umgekehrt</translation>
    </message>
    <message>
        <source>%1, then by %2</source>
        <comment>how it is sorted first</comment>
        <translation>%1, dann nach %2</translation>
    </message>
</context>
<context>
    <name>telltale::EventDelegate</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>telltale::ExplanationDialog</name>
    <message>
        <source>What it means</source>
        <translation>Was es bedeutet</translation>
    </message>
    <message>
        <source>What was asked</source>
        <translation>Was gefragt wurde</translation>
    </message>
    <message>
        <source>How it was answered: %1</source>
        <comment>a range of time</comment>
        <translation>Wie es beantwortet wurde: %1</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>Over %1.</source>
        <comment>a count of something</comment>
        <translation>Über %1.</translation>
    </message>
    <message>
        <source>Explain “%1”</source>
        <translation>„%1“ erklären</translation>
    </message>
    <message>
        <source>The command line asks nearly the same so:</source>
        <translation>Die Befehlszeile fragt fast dasselbe so:</translation>
    </message>
    <message>
        <source>The same on the command line:</source>
        <translation>Dasselbe auf der Befehlszeile:</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>&amp;Copy all of it</source>
        <translation>Alles &amp;kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>What has no answer: %1</source>
        <comment>a range of time</comment>
        <translation>Was keine Antwort hat: %1</translation>
    </message>
</context>
<context>
    <name>telltale::FeatureModel</name>
    <message>
        <source>Feature</source>
        <translation>Funktion</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
</context>
<context>
    <name>telltale::FileDrop</name>
    <message>
        <source>This window only shows; nothing is received or stored by it.</source>
        <translation>Dieses Fenster zeigt nur; es empfängt und speichert nichts.</translation>
    </message>
    <message>
        <source>This window only reads, as another Telltale writes its cache: drop the files there, or end it first.</source>
        <translation>Dieses Fenster liest nur, weil ein anderes Telltale seinen Speicher schreibt: die Dateien dort ablegen oder es erst beenden.</translation>
    </message>
    <message>
        <source>The cache is not written now: %1</source>
        <translation>Der Speicher wird gerade nicht geschrieben: %1</translation>
    </message>
    <message>
        <source>Nothing was imported.</source>
        <translation>Nichts wurde importiert.</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>Open %1 caches</source>
        <translation>%1 Speicher öffnen</translation>
    </message>
    <message>
        <source>This Telltale cache opens in a window of its own that only shows; this one goes on receiving.</source>
        <translation>Dieser Telltale-Speicher öffnet sich in einem eigenen Fenster, das nur zeigt; dieses hier empfängt weiter.</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>%1 importieren</translation>
    </message>
    <message>
        <source>Import %1 files</source>
        <translation>%1 Dateien importieren</translation>
    </message>
    <message>
        <source>Nothing can be imported here</source>
        <translation>Hier lässt sich nichts importieren</translation>
    </message>
    <message>
        <source>Its records are added to what this window shows, each once.</source>
        <translation>Seine Datensätze kommen zu dem hinzu, was dieses Fenster zeigt, jeder einmal.</translation>
    </message>
    <message>
        <source>OTLP, JSON lines or CSV; .gz and .zst too.</source>
        <translation>OTLP, JSON-Zeilen oder CSV; auch .gz und .zst.</translation>
    </message>
    <message>
        <source>Caches among the files open in windows of their own.</source>
        <translation>Speicher unter den Dateien öffnen sich in eigenen Fenstern.</translation>
    </message>
    <message>
        <source>Open or import</source>
        <translation>Öffnen oder importieren</translation>
    </message>
    <message>
        <source>Telemetry, caches, archives and workspaces (*.json *.jsonl *.ndjson *.log *.csv *.tsv *.pb *.gz *.zst *.db *.telltale)</source>
        <translation>Telemetrie, Speicher, Archive und Arbeitsbereiche (*.json *.jsonl *.ndjson *.log *.csv *.tsv *.pb *.gz *.zst *.db *.telltale)</translation>
    </message>
    <message>
        <source>This window shows what was looked at in this workspace; its saved views come along.</source>
        <translation>Dieses Fenster zeigt, was in diesem Arbeitsbereich angesehen wurde; seine gespeicherten Ansichten kommen mit.</translation>
    </message>
</context>
<context>
    <name>telltale::FilterChip</name>
    <message>
        <source>Filter %1</source>
        <translation>Filter %1</translation>
    </message>
    <message>
        <source>Enter edits, Delete removes</source>
        <translation>Eingabe bearbeitet, Entf entfernt</translation>
    </message>
</context>
<context>
    <name>telltale::FilterCompleter</name>
    <message>
        <source>What can be filtered by</source>
        <translation>Wonach gefiltert werden kann</translation>
    </message>
</context>
<context>
    <name>telltale::FirstEventModel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Attribute</translation>
    </message>
</context>
<context>
    <name>telltale::FollowForm</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>File or folder; * stands for anything in a name</source>
        <translation>Datei oder Ordner; * steht für Beliebiges in einem Namen</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei auswählen&#xa0;…</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner auswählen&#xa0;…</translation>
    </message>
    <message>
        <source>What is in it</source>
        <translation>Was darin steht</translation>
    </message>
    <message>
        <source>By its name</source>
        <translation>Nach dem Namen</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Table (CSV)</source>
        <translation>Tabelle (CSV)</translation>
    </message>
    <message>
        <source>What its columns are, one a line</source>
        <translation>Was die Spalten sind, eine je Zeile</translation>
    </message>
    <message>
        <source>event = What happened</source>
        <translation>event = Was geschah</translation>
    </message>
    <message>
        <source>A field, then the column that holds it. Columns that have the name of a field need no line.</source>
        <translation>Ein Feld, dann die Spalte, in der es steht. Spalten, die wie ein Feld heißen, brauchen keine Zeile.</translation>
    </message>
    <message>
        <source>Product of lines that do not say theirs</source>
        <translation>Produkt der Zeilen, die keins nennen</translation>
    </message>
    <message>
        <source>Lines are read as they come, across rotation, each once, also over restarts and crashes.</source>
        <translation>Zeilen werden gelesen, wie sie kommen, über Rotation hinweg, jede einmal, auch über Neustarts und Abstürze.</translation>
    </message>
    <message>
        <source>Folder to follow</source>
        <translation>Ordner, dem gefolgt wird</translation>
    </message>
    <message>
        <source>File to follow</source>
        <translation>Datei, der gefolgt wird</translation>
    </message>
    <message>
        <source>It needs a name, without a square bracket.</source>
        <translation>Es braucht einen Namen ohne eckige Klammer.</translation>
    </message>
    <message>
        <source>Something else that is followed has this name.</source>
        <translation>Etwas anderes, dem gefolgt wird, hat diesen Namen.</translation>
    </message>
    <message>
        <source>Which file or folder is a path from the root, like /var/log/app/*.jsonl.</source>
        <translation>Datei oder Ordner ist ein Pfad ab der Wurzel wie /var/log/app/*.jsonl.</translation>
    </message>
    <message>
        <source>“%1” does not say which column a field is in: event = What happened.</source>
        <translation>„%1“ sagt nicht, in welcher Spalte ein Feld steht: event = Was geschah.</translation>
    </message>
    <message>
        <source>Followed file or folder</source>
        <translation>Verfolgte Datei oder Ordner</translation>
    </message>
    <message>
        <source>Lines that are appended to files: OTLP in JSON, lines of JSON, tables.</source>
        <translation>Zeilen, die an Dateien angehängt werden: OTLP in JSON, Zeilen aus JSON, Tabellen.</translation>
    </message>
    <message>
        <source>While it is paused nothing is read. What is appended meanwhile comes afterwards.</source>
        <translation>Angehalten wird nichts gelesen. Was derweil angehängt wird, kommt danach.</translation>
    </message>
</context>
<context>
    <name>telltale::Formatter</name>
    <message>
        <source>%1%</source>
        <comment>percentage</comment>
        <extracomment>A percentage; keep the sign where your language writes it</extracomment>
        <translation>%1&#xa0;%</translation>
    </message>
    <message>
        <source>ms</source>
        <comment>milliseconds</comment>
        <translation>ms</translation>
    </message>
    <message>
        <source>s</source>
        <comment>seconds</comment>
        <translation>s</translation>
    </message>
    <message>
        <source>min</source>
        <comment>minutes</comment>
        <translation>min</translation>
    </message>
    <message>
        <source>h</source>
        <comment>hours</comment>
        <translation>h</translation>
    </message>
    <message>
        <source>d</source>
        <comment>days</comment>
        <translation>d</translation>
    </message>
    <message>
        <source>%1 d</source>
        <comment>days</comment>
        <translation>%1&#xa0;d</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <comment>days and hours</comment>
        <translation>%1&#xa0;d %2&#xa0;h</translation>
    </message>
    <message>
        <source>%1 h</source>
        <comment>hours</comment>
        <translation>%1&#xa0;h</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <comment>hours and minutes</comment>
        <translation>%1&#xa0;h %2&#xa0;min</translation>
    </message>
    <message>
        <source>%1 min</source>
        <comment>minutes</comment>
        <translation>%1&#xa0;min</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <comment>minutes and seconds</comment>
        <translation>%1&#xa0;min %2&#xa0;s</translation>
    </message>
    <message>
        <source>%1 pt</source>
        <comment>percentage points</comment>
        <extracomment>Percentage points, as in &quot;-0.93 pt&quot;</extracomment>
        <translation>%1&#xa0;Pp.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1&#xa0;s</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n&#xa0;Tag</numerusform>
            <numerusform>%n&#xa0;Tage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n week(s)</source>
        <translation>
            <numerusform>%n&#xa0;Woche</numerusform>
            <numerusform>%n&#xa0;Wochen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation>
            <numerusform>%n&#xa0;Monat</numerusform>
            <numerusform>%n&#xa0;Monate</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n year(s)</source>
        <translation>
            <numerusform>%n&#xa0;Jahr</numerusform>
            <numerusform>%n&#xa0;Jahre</numerusform>
        </translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <comment>seconds</comment>
        <translation>vor %1&#xa0;s</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <comment>minutes</comment>
        <translation>vor %1&#xa0;min</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <comment>hours</comment>
        <translation>vor %1&#xa0;h</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>vor %n&#xa0;Tag</numerusform>
            <numerusform>vor %n&#xa0;Tagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n week(s) ago</source>
        <translation>
            <numerusform>vor %n&#xa0;Woche</numerusform>
            <numerusform>vor %n&#xa0;Wochen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s) ago</source>
        <translation>
            <numerusform>vor %n&#xa0;Monat</numerusform>
            <numerusform>vor %n&#xa0;Monaten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n year(s) ago</source>
        <translation>
            <numerusform>vor %n&#xa0;Jahr</numerusform>
            <numerusform>vor %n&#xa0;Jahren</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::FunnelView</name>
    <message>
        <source>%1: %2 users.</source>
        <comment>a step</comment>
        <translation>%1: %2 Nutzer.</translation>
    </message>
    <message>
        <source>%1 of the first step, %2 of the step before</source>
        <comment>shares</comment>
        <translation>%1 des ersten Schritts, %2 des Schritts davor</translation>
    </message>
    <message>
        <source>%1: %2 users, %3.</source>
        <comment>a step</comment>
        <translation>%1: %2 Nutzer, %3.</translation>
    </message>
    <message>
        <source>%1: %2 users, %3; median %4 after the first.</source>
        <comment>a step</comment>
        <translation>%1: %2 Nutzer, %3; im Median %4 nach dem ersten.</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>Keine Daten</translation>
    </message>
    <message>
        <source>%1 of %2 users get from %3 to %4: %5.</source>
        <translation>%1 von %2 Nutzern kommen von %3 bis %4: %5.</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>Of the first step</source>
        <translation>Vom ersten Schritt</translation>
    </message>
    <message>
        <source>Of the step before</source>
        <translation>Vom Schritt davor</translation>
    </message>
    <message>
        <source>Median time</source>
        <translation>Mediandauer</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <comment>a number, a step</comment>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>%1 users · %2</source>
        <comment>a count, a share</comment>
        <translation>%1 Nutzer · %2</translation>
    </message>
    <message>
        <source>few data</source>
        <translation>wenig Daten</translation>
    </message>
    <message>
        <source>%1 of the step before · %2</source>
        <comment>a share, a duration</comment>
        <translation>%1 des Schritts davor · %2</translation>
    </message>
    <message>
        <source>%1 of the step before</source>
        <translation>%1 des Schritts davor</translation>
    </message>
    <message>
        <source>before %1</source>
        <comment>users in what is compared</comment>
        <translation>vorher %1</translation>
    </message>
    <message>
        <source>before %1 · %2</source>
        <comment>users and their share in what is compared</comment>
        <translation>vorher %1 · %2</translation>
    </message>
    <message>
        <source>%1, %2 of the first step</source>
        <translation>%1, %2 des ersten Schritts</translation>
    </message>
    <message>
        <source>%1: %2; %3 (%4), %5.</source>
        <comment>a step, users, users before, what is compared, a change</comment>
        <translation>%1: %2; %3 (%4), %5.</translation>
    </message>
    <message>
        <source>Users before</source>
        <translation>Nutzer vorher</translation>
    </message>
    <message>
        <source>Of the first step before</source>
        <translation>Vom ersten Schritt vorher</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
</context>
<context>
    <name>telltale::HeatmapLegend</name>
    <message>
        <source>Legend, 0 to %1</source>
        <translation>Legende, 0 bis %1</translation>
    </message>
    <message>
        <source>most of row</source>
        <translation>Höchstwert der Zeile</translation>
    </message>
    <message>
        <source>not tracked</source>
        <translation>nicht erfasst</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
</context>
<context>
    <name>telltale::HeatmapView</name>
    <message>
        <source>not tracked yet</source>
        <translation>noch nicht erfasst</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <extracomment>A cell of a heatmap: row, column, value</extracomment>
        <translation>%1, %2: %3</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>Keine Daten</translation>
    </message>
    <message>
        <source>%1 rows by %2 columns, lowest %3, highest %4.</source>
        <extracomment>%1 rows, %2 columns, %3 lowest value, %4 the highest cell in words</extracomment>
        <translation>%1 Zeilen, %2 Spalten, niedrigster Wert %3, höchster %4.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>nothing received</source>
        <translation>nichts empfangen</translation>
    </message>
</context>
<context>
    <name>telltale::ImportRow</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the import</source>
        <translation>Import abbrechen</translation>
    </message>
</context>
<context>
    <name>telltale::ImportRun</name>
    <message>
        <source>Importing %1…</source>
        <translation>%1 wird importiert …</translation>
    </message>
    <message>
        <source>Importing %1 of %2…</source>
        <translation>%1 von %2 werden importiert …</translation>
    </message>
    <message>
        <source>%1 % · %2 records</source>
        <translation>%1&#xa0;% · %2 Datensätze</translation>
    </message>
    <message>
        <source>%1 records</source>
        <translation>%1 Datensätze</translation>
    </message>
    <message>
        <source>%1 files</source>
        <translation>%1 Dateien</translation>
    </message>
    <message>
        <source>Everything in %1 is stored already.</source>
        <translation>Alles in %1 ist schon gespeichert.</translation>
    </message>
    <message>
        <source>1 record from %1.</source>
        <translation>1 Datensatz aus %1.</translation>
    </message>
    <message>
        <source>%1 records from %2.</source>
        <translation>%1 Datensätze aus %2.</translation>
    </message>
    <message>
        <source>Stopped before the end; imported again, it brings the rest.</source>
        <translation>Vor dem Ende abgebrochen; ein neuer Import bringt den Rest.</translation>
    </message>
    <message>
        <source>A part was stored already.</source>
        <translation>Ein Teil war schon gespeichert.</translation>
    </message>
    <message>
        <source>%1 left out. %2</source>
        <translation>%1 ausgelassen. %2</translation>
    </message>
    <message>
        <source>%1 left out, the first in line %2. %3</source>
        <translation>%1 ausgelassen, zuerst in Zeile %2. %3</translation>
    </message>
    <message>
        <source>%1 left out, the first in line %2 of %3. %4</source>
        <translation>%1 ausgelassen, zuerst in Zeile %2 von %3. %4</translation>
    </message>
    <message>
        <source>%1 parts could not be read: %2</source>
        <translation>%1 Teile waren nicht lesbar: %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Nothing was stored from %1.</source>
        <translation>Aus %1 wurde nichts gespeichert.</translation>
    </message>
</context>
<context>
    <name>telltale::ItemText</name>
    <message>
        <source>%1 s</source>
        <translation>%1&#xa0;s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1&#xa0;min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1&#xa0;h</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1&#xa0;Tage</translation>
    </message>
    <message>
        <source>%1 weeks</source>
        <translation>%1&#xa0;Wochen</translation>
    </message>
    <message>
        <source>%1 months</source>
        <translation>%1&#xa0;Monate</translation>
    </message>
    <message>
        <source>%1 years</source>
        <translation>%1&#xa0;Jahre</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1&#xa0;%</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1&#xa0;ms</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1&#xa0;min %2&#xa0;s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1&#xa0;h %2&#xa0;min</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>vor %1&#xa0;s</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1&#xa0;min</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>vor %1&#xa0;h</translation>
    </message>
    <message>
        <source>%1 days ago</source>
        <translation>vor %1&#xa0;Tagen</translation>
    </message>
    <message>
        <source>%1 weeks ago</source>
        <translation>vor %1&#xa0;Wochen</translation>
    </message>
    <message>
        <source>%1 months ago</source>
        <translation>vor %1&#xa0;Monaten</translation>
    </message>
    <message>
        <source>%1 years ago</source>
        <translation>vor %1&#xa0;Jahren</translation>
    </message>
</context>
<context>
    <name>telltale::JobList</name>
    <message numerus="yes">
        <source>%n job(s)</source>
        <translation>
            <numerusform>%n Vorgang</numerusform>
            <numerusform>%n Vorgänge</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · about %2 left</source>
        <comment>jobs, a duration</comment>
        <translation>%1 · noch etwa %2</translation>
    </message>
    <message>
        <source>Stop “%1” (%2)</source>
        <comment>a job, how much of it is done</comment>
        <translation>„%1“ anhalten (%2)</translation>
    </message>
    <message>
        <source>Stop “%1”</source>
        <translation>„%1“ anhalten</translation>
    </message>
    <message>
        <source>%1, about %2 left</source>
        <comment>a job, a duration</comment>
        <translation>%1, noch etwa %2</translation>
    </message>
</context>
<context>
    <name>telltale::JourneysPage</name>
    <message>
        <source>Journeys</source>
        <translation>Wege</translation>
    </message>
    <message>
        <source>Funnel</source>
        <translation>Trichter</translation>
    </message>
    <message>
        <source>Retention</source>
        <translation>Wiederkehr</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Woche</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Monat</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>in this order, with anything between</source>
        <translation>in dieser Reihenfolge</translation>
    </message>
    <message>
        <source>Steps of the funnel</source>
        <translation>Schritte des Trichters</translation>
    </message>
    <message>
        <source>Move the step up (Alt+Up)</source>
        <translation>Schritt nach oben verschieben (Alt+Auf)</translation>
    </message>
    <message>
        <source>Move the step down (Alt+Down)</source>
        <translation>Schritt nach unten verschieben (Alt+Ab)</translation>
    </message>
    <message>
        <source>Remove the step (Del)</source>
        <translation>Schritt entfernen (Entf)</translation>
    </message>
    <message>
        <source>Add a step</source>
        <translation>Schritt hinzufügen</translation>
    </message>
    <message>
        <source>Add a feature or a screen</source>
        <translation>Funktion oder Bildschirm</translation>
    </message>
    <message>
        <source>All steps within</source>
        <translation>Alle binnen</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 Stunde</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tagen</translation>
    </message>
    <message>
        <source>14 days</source>
        <translation>14 Tagen</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tagen</translation>
    </message>
    <message>
        <source>Cohorts</source>
        <translation>Kohorten</translation>
    </message>
    <message>
        <source>Who comes back</source>
        <translation>Wer wiederkommt</translation>
    </message>
    <message>
        <source>uses of features</source>
        <translation>Nutzungen von Funktionen</translation>
    </message>
    <message>
        <source>No steps yet</source>
        <translation>Noch keine Schritte</translation>
    </message>
    <message>
        <source>Add a feature or a screen to begin with.</source>
        <translation>Am Anfang steht eine Funktion oder ein Bildschirm.</translation>
    </message>
    <message>
        <source>unique users · %1</source>
        <translation>einzelne Nutzer · %1</translation>
    </message>
    <message>
        <source>users of the first step</source>
        <translation>Nutzer des ersten Schritts</translation>
    </message>
    <message>
        <source>share of a day&apos;s new users who were active so many days later</source>
        <translation>Anteil der neuen Nutzer eines Tages, die so viele Tage später aktiv waren</translation>
    </message>
    <message>
        <source>share of a month&apos;s new users who were active so many months later</source>
        <translation>Anteil der neuen Nutzer eines Monats, die so viele Monate später aktiv waren</translation>
    </message>
    <message>
        <source>share of a week&apos;s new users who were active so many weeks later</source>
        <translation>Anteil der neuen Nutzer einer Woche, die so viele Wochen später aktiv waren</translation>
    </message>
    <message>
        <source>new users</source>
        <translation>neuen Nutzer</translation>
    </message>
    <message>
        <source>Paths</source>
        <translation>Pfade</translation>
    </message>
    <message>
        <source>sessions · %1</source>
        <translation>Sitzungen · %1</translation>
    </message>
    <message>
        <source>No path ends at %1</source>
        <translation>Kein Pfad endet bei %1</translation>
    </message>
    <message>
        <source>No path starts at %1</source>
        <translation>Kein Pfad beginnt bei %1</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) in this time, none of them came there.</source>
        <translation>
            <numerusform>%n Sitzung in dieser Zeit, sie kam nicht dorthin.</numerusform>
            <numerusform>%n Sitzungen in dieser Zeit, keine davon kam dorthin.</numerusform>
        </translation>
    </message>
    <message>
        <source>Where sessions end</source>
        <translation>Wo Sitzungen enden</translation>
    </message>
    <message>
        <source>Where sessions begin</source>
        <translation>Wo Sitzungen beginnen</translation>
    </message>
    <message>
        <source>paths</source>
        <translation>Pfade</translation>
    </message>
    <message>
        <source>%1 of %2 sessions · %3</source>
        <comment>two counts, a range</comment>
        <translation>%1 von %2 Sitzungen · %3</translation>
    </message>
    <message>
        <source>%1, compared with %2</source>
        <comment>dates, what is compared with its dates</comment>
        <translation>%1, Vergleich: %2</translation>
    </message>
    <message>
        <source>%1 · compared with %2</source>
        <comment>a sentence, what is compared</comment>
        <translation>%1 · Vergleich: %2</translation>
    </message>
</context>
<context>
    <name>telltale::KpiTile</name>
    <message>
        <source>No data</source>
        <translation>Keine Daten</translation>
    </message>
    <message>
        <source>vs prev.</source>
        <comment>against the period before</comment>
        <translation>ggü. vorher</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>Konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>could not be read</source>
        <translation>konnte nicht gelesen werden</translation>
    </message>
</context>
<context>
    <name>telltale::Lamp</name>
    <message>
        <source>Listening</source>
        <translation>Empfangsbereit</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>Verspätet</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
</context>
<context>
    <name>telltale::LineLegend</name>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
    <message>
        <source>Full line: now. Dashed line: %1.</source>
        <translation>Durchgezogene Linie: jetzt. Gestrichelte Linie: %1.</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
</context>
<context>
    <name>telltale::LiveButton</name>
    <message>
        <source>Follow now (Space)</source>
        <translation>Der Zeit folgen (Leertaste)</translation>
    </message>
    <message>
        <source>Pause the view; recording goes on (Space)</source>
        <translation>Ansicht anhalten; die Aufzeichnung läuft weiter (Leertaste)</translation>
    </message>
</context>
<context>
    <name>telltale::MainWindow</name>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>Nutzung</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>Journeys</source>
        <translation>Wege</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Berichte</translation>
    </message>
    <message>
        <source>Connect your app</source>
        <translation>App verbinden</translation>
    </message>
    <message>
        <source>%1 – Telltale</source>
        <translation>%1 – Telltale</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Rückblick</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>at %1 · %2 new</source>
        <translation>um %1 · %2 neu</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>%1 ev/s</source>
        <translation>%1&#xa0;Ereig./s</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>Verspätet</translation>
    </message>
    <message>
        <source>last event %1</source>
        <translation>letztes Ereignis %1</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Empfangsbereit</translation>
    </message>
    <message>
        <source>Nothing is received.</source>
        <translation>Nichts wird empfangen.</translation>
    </message>
    <message>
        <source>Listen on port %1</source>
        <translation>Auf Port %1 lauschen</translation>
    </message>
    <message>
        <source>Recording stands still: the disk is almost full.</source>
        <translation>Die Aufzeichnung steht still: Die Festplatte ist fast voll.</translation>
    </message>
    <message>
        <source>Senders are told to come again. It goes on by itself when there is room; what is stored can be looked at meanwhile.</source>
        <translation>Sender werden gebeten, es später zu versuchen. Sobald Platz ist, geht es von selbst weiter; Gespeichertes lässt sich derweil ansehen.</translation>
    </message>
    <message>
        <source>Another Telltale receives.</source>
        <translation>Ein anderes Telltale empfängt.</translation>
    </message>
    <message>
        <source>This window shows the same cache, live.</source>
        <translation>Dieses Fenster zeigt denselben Speicher, live.</translation>
    </message>
    <message>
        <source>Port %1 is open, nobody sends. You are seeing cached data.</source>
        <translation>Port %1 ist offen, aber niemand sendet. Zu sehen sind gespeicherte Daten.</translation>
    </message>
    <message>
        <source>You are seeing cached data.</source>
        <translation>Zu sehen sind gespeicherte Daten.</translation>
    </message>
    <message>
        <source>No data for %1.</source>
        <translation>%1 ohne Daten.</translation>
    </message>
    <message>
        <source>Connect an app</source>
        <translation>App verbinden</translation>
    </message>
    <message>
        <source>%1 events cached</source>
        <translation>%1 Ereignisse gespeichert</translation>
    </message>
    <message>
        <source>oldest %1</source>
        <translation>ältestes %1</translation>
    </message>
    <message>
        <source>Listening on 127.0.0.1:%1</source>
        <translation>Lauscht auf 127.0.0.1:%1</translation>
    </message>
    <message>
        <source>Not listening</source>
        <translation>Kein Empfang</translation>
    </message>
    <message>
        <source>no events yet</source>
        <translation>noch keine Ereignisse</translation>
    </message>
    <message>
        <source>Times in %1</source>
        <translation>Zeiten in %1</translation>
    </message>
    <message>
        <source>query %1 ms</source>
        <translation>Abfrage %1&#xa0;ms</translation>
    </message>
    <message>
        <source>dropped %1</source>
        <translation>%1 verworfen</translation>
    </message>
    <message>
        <source>Alerts…</source>
        <translation>Alarme&#xa0;…</translation>
    </message>
    <message>
        <source>archive, without identities</source>
        <translation>Archiv, ohne Identitäten</translation>
    </message>
    <message>
        <source>archive</source>
        <translation>Archiv</translation>
    </message>
    <message numerus="yes">
        <source>%n records are kept in %1.</source>
        <translation>
            <numerusform>%n Datensatz ist in %1 gesichert.</numerusform>
            <numerusform>%n Datensätze sind in %1 gesichert.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>an alert, what it says</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>“%1” is in the report now.</source>
        <translation>„%1“ ist jetzt im Bericht.</translation>
    </message>
    <message>
        <source>The menu bar is hidden. Ctrl+M shows it again.</source>
        <translation>Die Menüleiste ist verborgen. Strg+M zeigt sie wieder.</translation>
    </message>
    <message>
        <source>Export “%1”</source>
        <translation>„%1“ exportieren</translation>
    </message>
    <message>
        <source>There is no data in this view.</source>
        <translation>In dieser Ansicht sind keine Daten.</translation>
    </message>
    <message>
        <source>There is nothing to print in this view.</source>
        <translation>In dieser Ansicht ist nichts zu drucken.</translation>
    </message>
    <message>
        <source>In this view</source>
        <translation>In dieser Ansicht</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n quiet</source>
        <comment>events a second; that many sources</comment>
        <translation>
            <numerusform>%1 · %n still</numerusform>
            <numerusform>%1 · %n still</numerusform>
        </translation>
    </message>
    <message>
        <source>Telltale goes on recording</source>
        <translation>Telltale zeichnet weiter auf</translation>
    </message>
    <message>
        <source>The lamp in the tray brings the window back; Quit ends it.</source>
        <translation>Die Lampe im Systembereich holt das Fenster zurück; „Beenden“ beendet es.</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <comment>a time range</comment>
        <translation>Kopiert: %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>sessions, errors</comment>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s)</source>
        <translation>
            <numerusform>%Ln Sitzung</numerusform>
            <numerusform>%Ln Sitzungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln error(s)</source>
        <translation>
            <numerusform>%Ln Fehler</numerusform>
            <numerusform>%Ln Fehler</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln event(s) rejected</source>
        <translation>
            <numerusform>%Ln Ereignis abgelehnt</numerusform>
            <numerusform>%Ln Ereignisse abgelehnt</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a source, why it was refused</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Show one</source>
        <translation>Eines zeigen</translation>
    </message>
    <message>
        <source>Accept %1</source>
        <translation>%1 annehmen</translation>
    </message>
    <message>
        <source>“%1” is there.</source>
        <translation>„%1“ ist da.</translation>
    </message>
</context>
<context>
    <name>telltale::MappingRules</name>
    <message>
        <source>Table of</source>
        <comment>a protocol, whose name follows</comment>
        <translation>Tabelle von</translation>
    </message>
    <message>
        <source>Protocol whose table is shown</source>
        <translation>Protokoll, dessen Tabelle gezeigt wird</translation>
    </message>
    <message>
        <source>Mapping rules</source>
        <translation>Zuordnungsregeln</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>For each field the first rule that finds a value wins.</source>
        <translation>Für jedes Feld gilt die erste Regel, die einen Wert findet.</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>Ausschalten</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>switching a rule on</source>
        <translation>Einschalten einer Regel</translation>
    </message>
    <message>
        <source>switching a rule off</source>
        <translation>Ausschalten einer Regel</translation>
    </message>
    <message>
        <source>Save rule</source>
        <translation>Regel speichern</translation>
    </message>
    <message>
        <source>removal of a rule</source>
        <translation>Entfernen einer Regel</translation>
    </message>
    <message>
        <source>Rule of your own</source>
        <translation>Eigene Regel</translation>
    </message>
    <message>
        <source>Add rule</source>
        <translation>Regel hinzufügen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stops trying the rule.</source>
        <translation>Bricht das Erproben der Regel ab.</translation>
    </message>
    <message>
        <source>What the rule would have done</source>
        <translation>Was die Regel getan hätte</translation>
    </message>
    <message>
        <source>It was not tried to the end.</source>
        <translation>Sie wurde nicht zu Ende erprobt.</translation>
    </message>
    <message>
        <source>What becomes what. Your own rules win over the built-in ones and hold for what comes from now on.</source>
        <translation>Was wozu wird. Eigene Regeln gehen den eingebauten vor und gelten für alles, was von jetzt an kommt.</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>Einschalten</translation>
    </message>
    <message>
        <source>moving a rule</source>
        <translation>Verschieben einer Regel</translation>
    </message>
    <message>
        <source>changing a rule</source>
        <translation>Ändern einer Regel</translation>
    </message>
    <message>
        <source>adding a rule</source>
        <translation>Hinzufügen einer Regel</translation>
    </message>
    <message>
        <source>While you type, the rule is tried on the last records, before anything is kept.</source>
        <translation>Beim Tippen wird die Regel an den letzten Datensätzen erprobt, bevor etwas gilt.</translation>
    </message>
    <message>
        <source>Trying it on the last %1 records…</source>
        <translation>Wird an den letzten %1 Datensätzen erprobt&#xa0;…</translation>
    </message>
    <message>
        <source>%1 of the last %2 records would change.</source>
        <translation>%1 der letzten %2 Datensätze würden anders.</translation>
    </message>
</context>
<context>
    <name>telltale::MessageMapping</name>
    <message>
        <source>What messages of %1 become</source>
        <translation>Was aus Nachrichten von %1 wird</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Rules, the first whose topic matches holds</source>
        <translation>Regeln, die erste mit passendem Thema gilt</translation>
    </message>
    <message>
        <source>The chosen rule</source>
        <translation>Die gewählte Regel</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>The chosen rule as JSON</source>
        <translation>Die gewählte Regel als JSON</translation>
    </message>
    <message>
        <source>&amp;Add a rule</source>
        <translation>Regel &amp;hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Earlier</source>
        <translation>&amp;Früher</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>S&amp;päter</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>The last messages, and what they would become</source>
        <translation>Die letzten Nachrichten und was aus ihnen würde</translation>
    </message>
    <message>
        <source>&amp;Rule for this message</source>
        <translation>&amp;Regel für diese Nachricht</translation>
    </message>
    <message>
        <source>The last messages</source>
        <translation>Die letzten Nachrichten</translation>
    </message>
    <message>
        <source>%1 Saving makes a new one.</source>
        <translation>%1 Beim Speichern entsteht eine neue.</translation>
    </message>
    <message>
        <source>+ is any level of a topic, {name} one that is given a name, # the rest. What begins with / is a place in the message.</source>
        <translation>+ ist eine beliebige Ebene eines Themas, {name} eine, die einen Namen bekommt, # der Rest. Was mit / beginnt, ist eine Stelle in der Nachricht.</translation>
    </message>
    <message>
        <source>Without rules messages become what they usually do.</source>
        <translation>Ohne Regeln wird aus Nachrichten das Übliche.</translation>
    </message>
    <message>
        <source>Nobody listens to this broker here.</source>
        <translation>Hier hört niemand diesem Broker zu.</translation>
    </message>
    <message>
        <source>A rule with a problem is left out below, and nothing can be saved before it is put right.</source>
        <translation>Eine Regel mit einem Problem fehlt unten, und vor ihrer Berichtigung lässt sich nichts speichern.</translation>
    </message>
    <message>
        <source>Listening. Nothing came yet.</source>
        <translation>Es wird zugehört. Noch kam nichts.</translation>
    </message>
    <message>
        <source>Not saved yet. Nothing of what is shown here is stored.</source>
        <translation>Noch nicht gespeichert. Nichts, was hier gezeigt wird, kommt in den Speicher.</translation>
    </message>
    <message>
        <source>Listening beside the source. Nothing of what is shown here is stored.</source>
        <translation>Zugehört wird neben der Quelle. Nichts, was hier gezeigt wird, kommt in den Speicher.</translation>
    </message>
</context>
<context>
    <name>telltale::MessageModel</name>
    <message>
        <source>%1 = %2</source>
        <comment>a metric, its value</comment>
        <translation>%1 = %2</translation>
    </message>
    <message>
        <source>%1 = %2 %3</source>
        <comment>a metric, its value, its unit</comment>
        <translation>%1 = %2 %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a kind of record, its name</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Thema</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>the usual</source>
        <translation>das Übliche</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>Wird zu</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n&#xa0;weitere</numerusform>
            <numerusform>%n&#xa0;weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
</context>
<context>
    <name>telltale::MessageRuleModel</name>
    <message>
        <source>Topic</source>
        <translation>Thema</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>fine</source>
        <translation>in Ordnung</translation>
    </message>
</context>
<context>
    <name>telltale::MetricModel</name>
    <message>
        <source>Metric</source>
        <translation>Metrik</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Reihen</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>Punkte</translation>
    </message>
</context>
<context>
    <name>telltale::MetricTracks</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Frame time</source>
        <translation>Bildzeit</translation>
    </message>
    <message>
        <source>per second</source>
        <translation>pro Sekunde</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>im Mittel</translation>
    </message>
    <message>
        <source>60 fps budget</source>
        <translation>60 Bilder/s</translation>
    </message>
</context>
<context>
    <name>telltale::MonthCalendar</name>
    <message>
        <source>Calendar</source>
        <translation>Kalender</translation>
    </message>
</context>
<context>
    <name>telltale::NavButton</name>
    <message>
        <source>%1+</source>
        <comment>more than that many</comment>
        <translation>%1+</translation>
    </message>
</context>
<context>
    <name>telltale::NoteBook</name>
    <message>
        <source>add a note</source>
        <translation>Notiz anlegen</translation>
    </message>
    <message>
        <source>change a note</source>
        <translation>Notiz ändern</translation>
    </message>
    <message>
        <source>delete a note</source>
        <translation>Notiz löschen</translation>
    </message>
    <message>
        <source>The note could not be kept: %1.</source>
        <translation>Die Notiz konnte nicht behalten werden: %1.</translation>
    </message>
</context>
<context>
    <name>telltale::NoteDialog</name>
    <message>
        <source>&amp;Keep</source>
        <translation>&amp;Behalten</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>Neue Notiz</translation>
    </message>
    <message>
        <source>About %1</source>
        <comment>a moment</comment>
        <translation>Über %1</translation>
    </message>
    <message>
        <source>What happened then: a campaign, an incident, a switch</source>
        <translation>Was damals geschah: eine Kampagne, ein Vorfall, eine Umstellung</translation>
    </message>
    <message>
        <source>Kept with the data, in its archives too. Everybody who opens them reads it.</source>
        <translation>Wird bei den Daten behalten, auch in ihren Archiven. Wer sie öffnet, liest es.</translation>
    </message>
    <message>
        <source>This window only shows; notes can not be changed in it.</source>
        <translation>Dieses Fenster zeigt nur; Notizen sind in ihm nicht zu ändern.</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>telltale::NoteModel</name>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
</context>
<context>
    <name>telltale::NotesDialog</name>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>&amp;Look at that time</source>
        <translation>Diese &amp;Zeit ansehen</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>&amp;Ändern …</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>Ent&amp;fernen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>telltale::OperationModel</name>
    <message>
        <source>Operation</source>
        <translation>Vorgang</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>95 %</source>
        <comment>percentile</comment>
        <translation>95&#xa0;%</translation>
    </message>
    <message>
        <source>99 %</source>
        <comment>percentile</comment>
        <translation>99&#xa0;%</translation>
    </message>
    <message>
        <source>95 % Δ</source>
        <comment>change of the percentile</comment>
        <translation>95 % Δ</translation>
    </message>
</context>
<context>
    <name>telltale::OverviewFigures</name>
    <message>
        <source>%1 s</source>
        <translation>%1&#xa0;s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1&#xa0;min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1&#xa0;h</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1&#xa0;Tage</translation>
    </message>
    <message>
        <source>Active users</source>
        <translation>Aktive Nutzer</translation>
    </message>
    <message>
        <source>Distinct users with at least one use, screen view, error or log in this time.</source>
        <translation>Verschiedene Nutzer mit mindestens einer Nutzung, einem Bildschirmaufruf, Fehler oder Protokolleintrag in dieser Zeit.</translation>
    </message>
    <message>
        <source>Sessions started</source>
        <translation>Begonnene Sitzungen</translation>
    </message>
    <message>
        <source>Sessions whose first record is in this time.</source>
        <translation>Sitzungen, deren erster Datensatz in dieser Zeit liegt.</translation>
    </message>
    <message>
        <source>Median dwell per screen</source>
        <translation>Verweildauer (Median)</translation>
    </message>
    <message>
        <source>Half of all screen views with a known end lasted longer.</source>
        <translation>Die Hälfte aller Bildschirmaufrufe mit bekanntem Ende dauerte länger.</translation>
    </message>
    <message>
        <source>Crash-free sessions</source>
        <translation>Absturzfreie Sitzungen</translation>
    </message>
    <message>
        <source>Sessions without an error that nothing caught.</source>
        <translation>Sitzungen ohne einen Fehler, den nichts abgefangen hat.</translation>
    </message>
    <message>
        <source>Screen load p95</source>
        <translation>Ladezeit (p95)</translation>
    </message>
    <message>
        <source>Operations p95</source>
        <translation>Vorgänge (p95)</translation>
    </message>
    <message>
        <source>Of 100 loads of a screen, 95 were faster.</source>
        <translation>Von 100 Ladevorgängen eines Bildschirms waren 95 schneller.</translation>
    </message>
    <message>
        <source>Of 100 operations, 95 were faster.</source>
        <translation>Von 100 Vorgängen waren 95 schneller.</translation>
    </message>
    <message>
        <source>Interactions</source>
        <translation>Interaktionen</translation>
    </message>
    <message>
        <source>per minute</source>
        <translation>je Minute</translation>
    </message>
    <message>
        <source>per %1</source>
        <translation>je %1</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Screen load</source>
        <translation>Ladezeit</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>Vorgänge</translation>
    </message>
</context>
<context>
    <name>telltale::OverviewPage</name>
    <message>
        <source>Live activity</source>
        <translation>Aktivität live</translation>
    </message>
    <message>
        <source>Errors to look at</source>
        <translation>Wichtige Fehler</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Feature usage</source>
        <translation>Funktionsnutzung</translation>
    </message>
    <message>
        <source>When people are active</source>
        <translation>Aktive Zeiten</translation>
    </message>
    <message>
        <source>last 4 weeks</source>
        <translation>letzte 4 Wochen</translation>
    </message>
    <message>
        <source>Average of active users per weekday and hour, over the whole hours of the last 4 weeks.</source>
        <translation>Durchschnitt der aktiven Nutzer je Wochentag und Stunde, über die vollen Stunden der letzten 4 Wochen.</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>paused view, data still recording</source>
        <translation>Ansicht angehalten, Aufzeichnung läuft</translation>
    </message>
    <message>
        <source>%1 buckets</source>
        <translation>je %1</translation>
    </message>
    <message>
        <source>unique users per %1</source>
        <translation>einzelne Nutzer je %1</translation>
    </message>
    <message>
        <source>%1 · %2 highlighted</source>
        <translation>%1 · %2 hervorgehoben</translation>
    </message>
    <message>
        <source>as of %1</source>
        <translation>Stand %1</translation>
    </message>
    <message>
        <source>interactions</source>
        <translation>Interaktionen</translation>
    </message>
    <message>
        <source>All %1</source>
        <translation>Alle %1</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>No unresolved errors</source>
        <translation>Keine offenen Fehler</translation>
    </message>
    <message>
        <source>%1 without one.</source>
        <translation>%1: kein einziger.</translation>
    </message>
    <message>
        <source>uses of features</source>
        <translation>Nutzungen von Funktionen</translation>
    </message>
    <message>
        <source>users</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>active users</source>
        <translation>aktiven Nutzer</translation>
    </message>
    <message>
        <source>Explain these &amp;numbers…</source>
        <translation>Diese Zah&amp;len erklären&#xa0;…</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Kennzahlen</translation>
    </message>
    <message>
        <source>vs %1</source>
        <comment>against what is compared</comment>
        <translation>ggü. %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new error(s) · show</source>
        <translation>
            <numerusform>%Ln&#xa0;neuer Fehler · zeigen</numerusform>
            <numerusform>%Ln&#xa0;neue Fehler · zeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Scale each row b&amp;y itself</source>
        <translation>Jede &amp;Zeile für sich abstufen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <comment>rows that are not shown</comment>
        <translation>
            <numerusform>%Ln weitere</numerusform>
            <numerusform>%Ln weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::Page</name>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>two times</comment>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>Verglichen mit</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>Exportiert</translation>
    </message>
    <message>
        <source>Dropped records</source>
        <translation>Verworfene Datensätze</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Wird geschrieben …</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Gespeichert als %1.</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>%1 ließ sich nicht schreiben: %2</translation>
    </message>
    <message>
        <source>No %1 match %2</source>
        <translation>Keine %1 passen zu %2</translation>
    </message>
    <message>
        <source>In this time nothing passes the filter.</source>
        <translation>In dieser Zeit kommt nichts durch den Filter.</translation>
    </message>
    <message>
        <source>Remove that filter</source>
        <translation>Diesen Filter entfernen</translation>
    </message>
    <message>
        <source>Remove the last filter</source>
        <translation>Letzten Filter entfernen</translation>
    </message>
    <message>
        <source>No %1 yet</source>
        <translation>Noch keine %1</translation>
    </message>
    <message>
        <source>They appear here the moment they arrive.</source>
        <translation>Hier erscheint alles, sobald es eintrifft.</translation>
    </message>
    <message>
        <source>No %1 between %2</source>
        <translation>Keine %1 im Zeitraum %2</translation>
    </message>
    <message>
        <source>The nearest data is at %1.</source>
        <translation>Die nächsten Daten liegen bei %1.</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Dorthin</translation>
    </message>
    <message>
        <source>Other times have data.</source>
        <translation>Andere Zeiten enthalten Daten.</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <comment>usage events, sessions, users</comment>
        <translation>%1, %2, %3</translation>
    </message>
    <message numerus="yes">
        <source>%Ln usage event(s)</source>
        <translation>
            <numerusform>%Ln&#xa0;Nutzungsereignis</numerusform>
            <numerusform>%Ln&#xa0;Nutzungsereignisse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s)</source>
        <translation>
            <numerusform>%Ln&#xa0;Sitzung</numerusform>
            <numerusform>%Ln&#xa0;Sitzungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s)</source>
        <translation>
            <numerusform>%Ln&#xa0;Nutzer</numerusform>
            <numerusform>%Ln&#xa0;Nutzer</numerusform>
        </translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>release %1, %2</source>
        <comment>a release, times</comment>
        <translation>Version %1, %2</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a time, a note</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>This view compares nothing.</source>
        <translation>Diese Ansicht vergleicht nichts.</translation>
    </message>
    <message>
        <source>No %1 of release %2</source>
        <translation>Keine %1 von Version %2</translation>
    </message>
    <message>
        <source>While releases are compared, nothing else is shown.</source>
        <translation>Solange Versionen verglichen werden, ist nichts anderes zu sehen.</translation>
    </message>
    <message>
        <source>Stop comparing</source>
        <translation>Vergleich beenden</translation>
    </message>
    <message>
        <source>%1 before, %2</source>
        <comment>a length, dates</comment>
        <translation>%1 davor, %2</translation>
    </message>
    <message>
        <source>%1 first seen</source>
        <comment>a release</comment>
        <translation>%1 zuerst gesehen</translation>
    </message>
    <message>
        <source>Writing %1…</source>
        <translation>%1 wird geschrieben …</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Stopped; %1 was not written.</source>
        <translation>Angehalten; %1 wurde nicht geschrieben.</translation>
    </message>
    <message>
        <source>No data since %1</source>
        <translation>Keine Daten seit %1</translation>
    </message>
    <message>
        <source>&amp;Since %1</source>
        <comment>a release</comment>
        <translation>&amp;Seit %1</translation>
    </message>
    <message>
        <source>&amp;Before %1</source>
        <comment>a release</comment>
        <translation>&amp;Vor %1</translation>
    </message>
    <message>
        <source>&amp;Compare %1 with %2</source>
        <comment>two releases</comment>
        <translation>%1 mit %2 ver&amp;gleichen</translation>
    </message>
    <message>
        <source>&amp;Only %1</source>
        <comment>a value of a filter</comment>
        <translation>&amp;Nur %1</translation>
    </message>
    <message>
        <source>&amp;Without %1</source>
        <comment>a value of a filter</comment>
        <translation>&amp;Ohne %1</translation>
    </message>
    <message>
        <source>Not filtered</source>
        <translation>Nicht gefiltert</translation>
    </message>
    <message>
        <source>%1: stopped</source>
        <translation>%1: angehalten</translation>
    </message>
    <message>
        <source>only usage events have a feature</source>
        <translation>nur Nutzungsereignisse haben eine Funktion</translation>
    </message>
    <message>
        <source>only events have a name of this sort</source>
        <translation>nur Ereignisse haben einen solchen Namen</translation>
    </message>
    <message>
        <source>only spans have an operation</source>
        <translation>nur Spans haben eine Operation</translation>
    </message>
    <message>
        <source>only spans have a duration</source>
        <translation>nur Spans haben eine Dauer</translation>
    </message>
    <message>
        <source>only measurements are of a metric</source>
        <translation>nur Messwerte gehören zu einer Metrik</translation>
    </message>
    <message>
        <source>only visits of screens have a dwell</source>
        <translation>nur Besuche von Bildschirmen haben eine Verweildauer</translation>
    </message>
    <message>
        <source>only errors are of such a type</source>
        <translation>nur Fehler haben einen solchen Typ</translation>
    </message>
    <message>
        <source>nothing in it is of that kind</source>
        <translation>nichts darin ist von dieser Art</translation>
    </message>
    <message>
        <source>This view is not narrowed by it: %1.</source>
        <translation>Diese Ansicht schränkt er nicht ein: %1.</translation>
    </message>
    <message>
        <source>%1 rollout %2</source>
        <comment>a release, its share of sessions</comment>
        <translation>%1 verteilt %2</translation>
    </message>
    <message>
        <source>%1 of the sessions of the last day shown</source>
        <translation>%1 der Sitzungen des letzten gezeigten Tages</translation>
    </message>
</context>
<context>
    <name>telltale::PagePreview</name>
    <message>
        <source>Preview of the report</source>
        <translation>Vorschau des Berichts</translation>
    </message>
    <message>
        <source>Page %1 of %2. %3</source>
        <translation>Seite %1 von %2. %3</translation>
    </message>
</context>
<context>
    <name>telltale::PaletteEntries</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>Gehe zu: %1</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>%1 users</source>
        <translation>%1&#xa0;Nutzer</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Funktionen</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Vergleichen mit</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Rückblick</translation>
    </message>
    <message>
        <source>Back to</source>
        <translation>Zurück zu</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a device, a time</comment>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n Fehler</numerusform>
            <numerusform>%n Fehler</numerusform>
        </translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Saved view</source>
        <translation>Gespeicherte Ansicht</translation>
    </message>
</context>
<context>
    <name>telltale::PaletteModel</name>
    <message>
        <source>Recent</source>
        <translation>Zuletzt</translation>
    </message>
</context>
<context>
    <name>telltale::Panel</name>
    <message>
        <source>This could not be read</source>
        <translation>Das ließ sich nicht lesen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>holding</source>
        <comment>the chart stands still while the pointer is over it</comment>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen&#xa0;…</translation>
    </message>
    <message>
        <source>Reading %1 of %2 records</source>
        <translation>Gelesen: %1 von %2 Datensätzen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stopped; this is what was read before.</source>
        <translation>Angehalten; dies wurde vorher gelesen.</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Noch einmal fragen</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>This was not read to its end.</source>
        <translation>Dies wurde nicht zu Ende gelesen.</translation>
    </message>
</context>
<context>
    <name>telltale::PanelMenu</name>
    <message>
        <source>&amp;Copy data</source>
        <translation>Daten &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy as &amp;Markdown</source>
        <translation>Als &amp;Markdown kopieren</translation>
    </message>
    <message>
        <source>Copy as &amp;JSON</source>
        <translation>Als &amp;JSON kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;image</source>
        <translation>B&amp;ild kopieren</translation>
    </message>
    <message>
        <source>&amp;Export data…</source>
        <translation>Daten &amp;exportieren&#xa0;…</translation>
    </message>
    <message>
        <source>E&amp;xport image…</source>
        <translation>Bild e&amp;xportieren&#xa0;…</translation>
    </message>
    <message>
        <source>Show as &amp;table…</source>
        <translation>Als &amp;Tabelle zeigen&#xa0;…</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
    <message>
        <source>Export “%1”</source>
        <translation>„%1“ exportieren</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>Ausgewertet</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Kennzahl</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>&amp;With whole ids of users and sessions</source>
        <translation>Mit &amp;ganzen Kennungen von Nutzern und Sitzungen</translation>
    </message>
    <message>
        <source>A&amp;dd to report</source>
        <translation>In &amp;den Bericht</translation>
    </message>
    <message>
        <source>Explain this &amp;number…</source>
        <translation>Diese Zah&amp;l erklären&#xa0;…</translation>
    </message>
    <message>
        <source>the first %1 of %2</source>
        <translation>die ersten %1 von %2</translation>
    </message>
    <message>
        <source>On&amp;ly</source>
        <translation>N&amp;ur</translation>
    </message>
    <message>
        <source>Wit&amp;hout</source>
        <translation>O&amp;hne</translation>
    </message>
    <message>
        <source>&amp;Beside what is asked for</source>
        <translation>&amp;Neben dem, was gefragt ist</translation>
    </message>
    <message>
        <source>Open &amp;session</source>
        <translation>&amp;Sitzung öffnen</translation>
    </message>
    <message>
        <source>B&amp;uckets</source>
        <translation>&amp;Zeitschritte</translation>
    </message>
    <message>
        <source>&amp;Automatic (%1)</source>
        <comment>size of buckets</comment>
        <translation>&amp;Automatisch (%1)</translation>
    </message>
</context>
<context>
    <name>telltale::PathFlow</name>
    <message>
        <source>%1 · %2</source>
        <comment>a count, a share</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Beginn</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) before</source>
        <translation>
            <numerusform>%n Schritt davor</numerusform>
            <numerusform>%n Schritte davor</numerusform>
        </translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>%1, %2: %3 sessions, %4 of all paths, %5 users.</source>
        <comment>a step, a name</comment>
        <translation>%1, %2: %3 Sitzungen, %4 aller Pfade, %5 Nutzer.</translation>
    </message>
    <message>
        <source>%1 %2 of them began here.</source>
        <comment>a sentence, a count</comment>
        <translation>%1 %2 davon begannen hier.</translation>
    </message>
    <message>
        <source>%1 %2 of them ended here.</source>
        <comment>a sentence, a count</comment>
        <translation>%1 %2 davon endeten hier.</translation>
    </message>
    <message>
        <source>%1 → %2: %3 sessions, %4 of all paths.</source>
        <comment>two names</comment>
        <translation>%1 → %2: %3 Sitzungen, %4 aller Pfade.</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>Keine Daten</translation>
    </message>
    <message>
        <source>%1 sessions over %2 steps.</source>
        <translation>%1 Sitzungen über %2 Schritte.</translation>
    </message>
    <message>
        <source>%1 Most often %2</source>
        <comment>two sentences</comment>
        <translation>%1 Am häufigsten %2</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>(session begins)</source>
        <translation>(Sitzung beginnt)</translation>
    </message>
    <message>
        <source>(session ends)</source>
        <translation>(Sitzung endet)</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>figures, their change</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 Before: %2 sessions (%3), %4.</source>
        <comment>a sentence, a count, what is compared, a change</comment>
        <translation>%1 Vorher: %2 Sitzungen (%3), %4.</translation>
    </message>
    <message>
        <source>Sessions of the place before</source>
        <translation>Sitzungen des Ortes vorher</translation>
    </message>
    <message>
        <source>Change of its share</source>
        <translation>Änderung seines Anteils</translation>
    </message>
</context>
<context>
    <name>telltale::PathsTab</name>
    <message>
        <source>Paths</source>
        <translation>Pfade</translation>
    </message>
    <message>
        <source>Which paths</source>
        <translation>Welche Pfade</translation>
    </message>
    <message>
        <source>one of each session</source>
        <translation>einer je Sitzung</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Richtung</translation>
    </message>
    <message>
        <source>Starting at</source>
        <translation>Beginnend bei</translation>
    </message>
    <message>
        <source>Ending at</source>
        <translation>Endend bei</translation>
    </message>
    <message>
        <source>Screen or feature</source>
        <translation>Bildschirm oder Funktion</translation>
    </message>
    <message>
        <source>Where sessions begin</source>
        <translation>Wo Sitzungen beginnen</translation>
    </message>
    <message>
        <source>Steps are</source>
        <translation>Schritte sind</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>Bildschirme</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Funktionen</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Beides</translation>
    </message>
    <message>
        <source>How many steps</source>
        <translation>Wie viele Schritte</translation>
    </message>
    <message>
        <source>Repeats are one step</source>
        <translation>Wiederholtes nur einmal</translation>
    </message>
    <message>
        <source>Hatched: here sessions end. A click shows the sessions, Ctrl+click filters by it.</source>
        <translation>Schraffiert: Hier enden Sitzungen. Ein Klick zeigt die Sitzungen, Strg+Klick filtert danach.</translation>
    </message>
    <message>
        <source>Where sessions end</source>
        <translation>Wo Sitzungen enden</translation>
    </message>
    <message numerus="yes">
        <source>%n other(s)</source>
        <translation>
            <numerusform>%n weitere</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <extracomment>a screen or feature, the step of a path</extracomment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 → %2 (%3)</source>
        <extracomment>two screens or features, the step of a path</extracomment>
        <translation>%1 → %2 (%3)</translation>
    </message>
</context>
<context>
    <name>telltale::PerformancePage</name>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>95th percentile</source>
        <translation>95. Perzentil</translation>
    </message>
    <message>
        <source>99th percentile</source>
        <translation>99. Perzentil</translation>
    </message>
    <message>
        <source>Average</source>
        <translation>Durchschnitt</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Rate per second</source>
        <translation>Rate je Sekunde</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>Highest</source>
        <translation>Höchster Wert</translation>
    </message>
    <message>
        <source>Lowest</source>
        <translation>Niedrigster Wert</translation>
    </message>
    <message>
        <source>Performance of</source>
        <translation>Leistung von</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>Vorgänge</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>Metriken</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>a row narrows the chart and the traces, Enter filters</source>
        <translation>eine Zeile grenzt Diagramm und Traces ein, Eingabe filtert</translation>
    </message>
    <message>
        <source>Search operations</source>
        <translation>Vorgänge suchen</translation>
    </message>
    <message>
        <source>Traces</source>
        <translation>Traces</translation>
    </message>
    <message>
        <source>the newest</source>
        <translation>die neuesten</translation>
    </message>
    <message>
        <source>Spans of the trace</source>
        <translation>Spans des Traces</translation>
    </message>
    <message>
        <source>The chosen span</source>
        <translation>Der gewählte Span</translation>
    </message>
    <message>
        <source>Waterfall</source>
        <translation>Wasserfall</translation>
    </message>
    <message>
        <source>Search metrics</source>
        <translation>Metriken suchen</translation>
    </message>
    <message>
        <source>Metric over time</source>
        <translation>Metrik im Zeitverlauf</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Split by attribute</source>
        <translation>Nach Attribut teilen</translation>
    </message>
    <message>
        <source>Latency of all operations</source>
        <translation>Latenz aller Vorgänge</translation>
    </message>
    <message>
        <source>Latency of %1</source>
        <translation>Latenz von %1</translation>
    </message>
    <message>
        <source>%1 buckets</source>
        <translation>je %1</translation>
    </message>
    <message>
        <source>operations</source>
        <translation>Vorgänge</translation>
    </message>
    <message>
        <source>No traces</source>
        <translation>Keine Traces</translation>
    </message>
    <message>
        <source>Nothing in this time belongs to a trace.</source>
        <translation>Nichts in dieser Zeit gehört zu einem Trace.</translation>
    </message>
    <message>
        <source>No trace chosen</source>
        <translation>Kein Trace gewählt</translation>
    </message>
    <message numerus="yes">
        <source>%n span(s), %1</source>
        <translation>
            <numerusform>%n&#xa0;Span, %1</numerusform>
            <numerusform>%n&#xa0;Spans, %1</numerusform>
        </translation>
    </message>
    <message>
        <source>metrics</source>
        <translation>Metriken</translation>
    </message>
    <message>
        <source>No metric chosen</source>
        <translation>Keine Metrik gewählt</translation>
    </message>
    <message>
        <source>%1 · %2 buckets</source>
        <translation>%1 · je %2</translation>
    </message>
    <message>
        <source>points</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>without</source>
        <translation>ohne</translation>
    </message>
    <message>
        <source>%1 of %2 series</source>
        <translation>%1 von %2 Reihen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new operation(s) · show (N)</source>
        <translation>
            <numerusform>%Ln&#xa0;neuer Vorgang · zeigen (N)</numerusform>
            <numerusform>%Ln&#xa0;neue Vorgänge · zeigen (N)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new trace(s) · show (N)</source>
        <translation>
            <numerusform>%Ln&#xa0;neuer Trace · zeigen (N)</numerusform>
            <numerusform>%Ln&#xa0;neue Traces · zeigen (N)</numerusform>
        </translation>
    </message>
    <message>
        <source>Show new rows</source>
        <translation>Neue Zeilen zeigen</translation>
    </message>
    <message>
        <source>traces</source>
        <translation>Traces</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <extracomment>A stretch of durations, &quot;268 ms – 537 ms&quot;</extracomment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>Spread of latency</source>
        <translation>Streuung der Latenz</translation>
    </message>
    <message>
        <source>Latency as</source>
        <translation>Latenz als</translation>
    </message>
    <message>
        <source>Percentiles</source>
        <translation>Perzentile</translation>
    </message>
    <message>
        <source>Spread</source>
        <comment>of durations</comment>
        <translation>Streuung</translation>
    </message>
    <message>
        <source>by duration, %1 buckets</source>
        <translation>nach Dauer, Abschnitte von %1</translation>
    </message>
</context>
<context>
    <name>telltale::RangeParser</name>
    <message>
        <source>“%1” is not a time of day. Write it as 9 or 14:30.</source>
        <translation>„%1“ ist keine Uhrzeit. Schreibweise: 9 oder 14:30.</translation>
    </message>
    <message>
        <source>“%1” is not a time of day: am and pm go with 1 to 12.</source>
        <translation>„%1“ ist keine Uhrzeit: am und pm stehen bei 1 bis 12.</translation>
    </message>
    <message>
        <source>“%1” is not a time of day: they run from 0:00 to 24:00.</source>
        <translation>„%1“ ist keine Uhrzeit: Uhrzeiten reichen von 0:00 bis 24:00.</translation>
    </message>
    <message>
        <source>Type a range, for example 60m or yesterday 9-17.</source>
        <translation>Einen Zeitraum eingeben, zum Beispiel 60m oder gestern 9-17.</translation>
    </message>
    <message>
        <source>Type when the range begins.</source>
        <translation>Eingeben, wann der Zeitraum beginnt.</translation>
    </message>
    <message>
        <source>A range cannot be empty: “%1” has no length.</source>
        <translation>Ein Zeitraum kann nicht leer sein: „%1“ hat keine Länge.</translation>
    </message>
    <message>
        <source>“%1” is too long: a range reaches back 100 years at most.</source>
        <translation>„%1“ ist zu lang: Ein Zeitraum reicht höchstens 100 Jahre zurück.</translation>
    </message>
    <message>
        <source>“%1” is too long to follow. Write it in days.</source>
        <translation>„%1“ ist zu lang zum Folgen. In Tagen angeben.</translation>
    </message>
    <message>
        <source>“%1” has no unit. Write %1m for minutes, %1h for hours or %1d for days.</source>
        <translation>„%1“ hat keine Einheit. %1m steht für Minuten, %1h für Stunden, %1d für Tage.</translation>
    </message>
    <message>
        <source>A range needs at least one end, as in 14:00..</source>
        <translation>Ein Zeitraum braucht mindestens ein Ende, wie in 14:00..</translation>
    </message>
    <message>
        <source>A range needs a beginning before the two dots.</source>
        <translation>Vor den zwei Punkten fehlt der Anfang des Zeitraums.</translation>
    </message>
    <message>
        <source>The end is missing. Write two dots for “until now”, as in 14:00..</source>
        <translation>Das Ende fehlt. Zwei Punkte stehen für „bis jetzt“, wie in 14:00..</translation>
    </message>
    <message>
        <source>“%1” is a moment. Write %1.. for everything since then.</source>
        <translation>„%1“ ist ein Zeitpunkt. %1.. steht für alles seitdem.</translation>
    </message>
    <message>
        <source>Since when? Write a release, a day or a time after “since”.</source>
        <translation>Seit wann? Nach „seit“ gehört eine Version, ein Tag oder eine Uhrzeit.</translation>
    </message>
    <message>
        <source>No release %1 was seen yet.</source>
        <translation>Eine Version %1 wurde noch nicht gesehen.</translation>
    </message>
    <message>
        <source>An end of the range is missing.</source>
        <translation>Ein Ende des Zeitraums fehlt.</translation>
    </message>
    <message>
        <source>“%1” is not a time stamp. Write it as 2025-11-18T13:32:00Z.</source>
        <translation>„%1“ ist kein Zeitstempel. Schreibweise: 2025-11-18T13:32:00Z.</translation>
    </message>
    <message>
        <source>Tomorrow has no data yet.</source>
        <translation>Morgen hat noch keine Daten.</translation>
    </message>
    <message>
        <source>There is no %1 in the calendar.</source>
        <translation>Den Tag %1 gibt es im Kalender nicht.</translation>
    </message>
    <message>
        <source>“%1” is neither a day nor a time. Try 18 Nov, yesterday or 14:30.</source>
        <translation>„%1“ ist weder Tag noch Uhrzeit. Beispiele: 18. Nov, gestern oder 14:30.</translation>
    </message>
    <message>
        <source>That is in the future: there is no data yet.</source>
        <translation>Das liegt in der Zukunft: Es gibt noch keine Daten.</translation>
    </message>
    <message>
        <source>The end is not after the beginning.</source>
        <translation>Das Ende liegt nicht nach dem Anfang.</translation>
    </message>
    <message>
        <source>There is no time in what was copied.</source>
        <translation>Im Kopierten steht keine Zeit.</translation>
    </message>
</context>
<context>
    <name>telltale::RangeWords</name>
    <message>
        <source>today</source>
        <comment>typed into the time picker</comment>
        <translation>heute</translation>
    </message>
    <message>
        <source>yesterday</source>
        <comment>typed into the time picker</comment>
        <translation>gestern</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <comment>typed into the time picker</comment>
        <translation>morgen</translation>
    </message>
    <message>
        <source>now</source>
        <comment>typed into the time picker</comment>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>since</source>
        <comment>typed into the time picker, as in: since 4.2.0</comment>
        <translation>seit</translation>
    </message>
</context>
<context>
    <name>telltale::RecentMenu</name>
    <message>
        <source>None yet</source>
        <translation>Noch keine</translation>
    </message>
    <message>
        <source>%1 is not there</source>
        <translation>%1 ist nicht da</translation>
    </message>
    <message>
        <source>&amp;Clear this list</source>
        <translation>Liste &amp;leeren</translation>
    </message>
</context>
<context>
    <name>telltale::ReleaseModel</name>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>Zuerst gesehen</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt gesehen</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Crash-free sessions</source>
        <translation>Absturzfreie Sitzungen</translation>
    </message>
</context>
<context>
    <name>telltale::ReleasePairDialog</name>
    <message>
        <source>Compare two releases</source>
        <translation>Zwei Versionen vergleichen</translation>
    </message>
    <message>
        <source>Show release</source>
        <translation>Version zeigen</translation>
    </message>
    <message>
        <source>Against release</source>
        <translation>Gegen Version</translation>
    </message>
    <message>
        <source>&amp;Show release</source>
        <translation>Version &amp;zeigen</translation>
    </message>
    <message>
        <source>&amp;Against release</source>
        <translation>&amp;Gegen Version</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>telltale::Report</name>
    <message>
        <source>Product report</source>
        <translation>Produktbericht</translation>
    </message>
    <message>
        <source>All products</source>
        <translation>Alle Produkte</translation>
    </message>
    <message>
        <source>Made with Telltale %1 from %2 cached records</source>
        <translation>Erstellt mit Telltale %1 aus %2 gespeicherten Datensätzen</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>two dates</comment>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>Ausgewertet</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>Verglichen mit</translation>
    </message>
    <message>
        <source>Identities</source>
        <translation>Identitäten</translation>
    </message>
    <message>
        <source>users and sessions are named</source>
        <translation>Nutzer und Sitzungen sind genannt</translation>
    </message>
    <message>
        <source>left out; sessions are shortened</source>
        <translation>weggelassen; Sitzungen sind gekürzt</translation>
    </message>
    <message>
        <source>vs. %1</source>
        <comment>a period</comment>
        <translation>ggü. %1</translation>
    </message>
    <message>
        <source>The first %1 of %2.</source>
        <translation>Die ersten %1 von %2.</translation>
    </message>
    <message>
        <source>Nothing of this was seen in the range.</source>
        <translation>Nichts davon kam im Zeitraum vor.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s)</source>
        <translation>
            <numerusform>%Ln&#xa0;Nutzer</numerusform>
            <numerusform>%Ln&#xa0;Nutzer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s)</source>
        <translation>
            <numerusform>%Ln&#xa0;Sitzung</numerusform>
            <numerusform>%Ln&#xa0;Sitzungen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in %2.</source>
        <comment>users, sessions</comment>
        <translation>%1 in %2.</translation>
    </message>
    <message>
        <source>%1 in %2, as many users as in the period before.</source>
        <translation>%1 in %2, so viele Nutzer wie im Zeitraum davor.</translation>
    </message>
    <message>
        <source>%1 in %2: %3 more users than in the period before.</source>
        <translation>%1 in %2: %3 Nutzer mehr als im Zeitraum davor.</translation>
    </message>
    <message>
        <source>%1 in %2: %3 fewer users than in the period before.</source>
        <translation>%1 in %2: %3 Nutzer weniger als im Zeitraum davor.</translation>
    </message>
    <message>
        <source>%1 of the sessions ended without a crash.</source>
        <translation>%1 der Sitzungen endeten ohne Absturz.</translation>
    </message>
    <message>
        <source>The most used feature is %1, with %2 of all usage events.</source>
        <translation>Die meistgenutzte Funktion ist %1 mit %2 aller Nutzungsereignisse.</translation>
    </message>
    <message>
        <source>(unnamed)</source>
        <translation>(ohne Namen)</translation>
    </message>
    <message>
        <source>The error that met the most users is %1: %2.</source>
        <translation>Der Fehler, der die meisten Nutzer traf, ist %1: %2.</translation>
    </message>
    <message>
        <source>(without a type)</source>
        <translation>(ohne Typ)</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Usage events</source>
        <translation>Nutzungsereignisse</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Crash-free sessions</source>
        <translation>Absturzfreie Sitzungen</translation>
    </message>
    <message>
        <source>Operations, p95</source>
        <translation>Vorgänge, p95</translation>
    </message>
    <message>
        <source>Differences are against the period before: %1.</source>
        <translation>Unterschiede gelten gegenüber dem Zeitraum davor: %1.</translation>
    </message>
    <message>
        <source>Usage events over time</source>
        <translation>Nutzungsereignisse im Zeitverlauf</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>Usage events from %1 to %2, at the most %3 in one bucket.</source>
        <translation>Nutzungsereignisse von %1 bis %2, höchstens %3 in einem Abschnitt.</translation>
    </message>
    <message>
        <source>Active users</source>
        <translation>Aktive Nutzer</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Users that day</source>
        <translation>Nutzer an dem Tag</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>28 days</source>
        <translation>28 Tage</translation>
    </message>
    <message>
        <source>Stickiness</source>
        <translation>Bindung</translation>
    </message>
    <message>
        <source>The last 31 of %1 days.</source>
        <translation>Die letzten 31 von %1 Tagen.</translation>
    </message>
    <message>
        <source>Users of each feature per minute</source>
        <translation>Nutzer jeder Funktion je Minute</translation>
    </message>
    <message>
        <source>Users of each feature per hour</source>
        <translation>Nutzer jeder Funktion je Stunde</translation>
    </message>
    <message>
        <source>Users of each feature per week</source>
        <translation>Nutzer jeder Funktion je Woche</translation>
    </message>
    <message>
        <source>Users of each feature per day</source>
        <translation>Nutzer jeder Funktion je Tag</translation>
    </message>
    <message>
        <source>Feature</source>
        <translation>Funktion</translation>
    </message>
    <message>
        <source>Distinct users of %1 features; the most used is %2.</source>
        <translation>Verschiedene Nutzer von %1 Funktionen; am meisten genutzt wird %2.</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Funktionen</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Share of events</source>
        <translation>Anteil an Ereignissen</translation>
    </message>
    <message>
        <source>Users, change</source>
        <translation>Nutzer, Änderung</translation>
    </message>
    <message>
        <source>Time on a screen: the middle half of all views, and the median</source>
        <translation>Zeit auf einem Bildschirm: die mittlere Hälfte aller Aufrufe und der Median</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>Bildschirme</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Total time</source>
        <translation>Gesamtzeit</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>90th percentile</source>
        <translation>90. Perzentil</translation>
    </message>
    <message>
        <source>People stay %1 on %2, the screen most often seen.</source>
        <comment>a duration, a screen</comment>
        <translation>%1 bleiben Nutzer auf %2, dem am häufigsten gesehenen Bildschirm.</translation>
    </message>
    <message>
        <source>25 %</source>
        <comment>percentile</comment>
        <translation>25&#xa0;%</translation>
    </message>
    <message>
        <source>75 %</source>
        <comment>percentile</comment>
        <translation>75&#xa0;%</translation>
    </message>
    <message>
        <source>%1 sessions, %2 of them with an error.</source>
        <translation>%1 Sitzungen, %2 davon mit einem Fehler.</translation>
    </message>
    <message>
        <source>The latest sessions</source>
        <translation>Die neuesten Sitzungen</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>Nutzung</translation>
    </message>
    <message>
        <source>Feature usage</source>
        <translation>Funktionsnutzung</translation>
    </message>
    <message>
        <source>Screens and time on them</source>
        <translation>Bildschirme und Zeit darauf</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>Who comes back</source>
        <translation>Wer wiederkommt</translation>
    </message>
    <message>
        <source>Release comparison</source>
        <translation>Versionsvergleich</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Appendix</source>
        <translation>Anhang</translation>
    </message>
    <message>
        <source>6 figures, 1 paragraph</source>
        <translation>6 Kennzahlen, 1 Absatz</translation>
    </message>
    <message>
        <source>chart, active users</source>
        <translation>Diagramm, aktive Nutzer</translation>
    </message>
    <message>
        <source>heatmap, table</source>
        <translation>Heatmap, Tabelle</translation>
    </message>
    <message>
        <source>chart, table</source>
        <translation>Diagramm, Tabelle</translation>
    </message>
    <message>
        <source>the latest ones</source>
        <translation>die neuesten</translation>
    </message>
    <message>
        <source>chart, table of groups</source>
        <translation>Diagramm, Tabelle der Gruppen</translation>
    </message>
    <message>
        <source>latency, operations</source>
        <translation>Latenz, Vorgänge</translation>
    </message>
    <message>
        <source>cohort table</source>
        <translation>Kohortentabelle</translation>
    </message>
    <message>
        <source>report card with intervals</source>
        <translation>Vergleich mit Intervallen</translation>
    </message>
    <message>
        <source>free text</source>
        <translation>freier Text</translation>
    </message>
    <message>
        <source>definitions, what was asked</source>
        <translation>Begriffe, Abfrage</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>Zuerst gesehen</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>No errors in the range.</source>
        <translation>Keine Fehler im Zeitraum.</translation>
    </message>
    <message>
        <source>Errors over time</source>
        <translation>Fehler im Zeitverlauf</translation>
    </message>
    <message>
        <source>%1 errors in %2 groups, at the most %3 in one bucket.</source>
        <translation>%1 Fehler in %2 Gruppen, höchstens %3 in einem Abschnitt.</translation>
    </message>
    <message>
        <source>Errors by users affected</source>
        <translation>Fehler nach betroffenen Nutzern</translation>
    </message>
    <message>
        <source>No operations were measured in the range.</source>
        <translation>Im Zeitraum wurden keine Vorgänge gemessen.</translation>
    </message>
    <message>
        <source>How long operations take</source>
        <translation>Wie lange Vorgänge dauern</translation>
    </message>
    <message>
        <source>median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>95th percentile</source>
        <translation>95. Perzentil</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>Vorgänge</translation>
    </message>
    <message>
        <source>Median and 95th percentile of %1 operations.</source>
        <translation>Median und 95. Perzentil von %1 Vorgängen.</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>Vorgang</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>95 %</source>
        <comment>percentile</comment>
        <translation>95&#xa0;%</translation>
    </message>
    <message>
        <source>99 %</source>
        <comment>percentile</comment>
        <translation>99&#xa0;%</translation>
    </message>
    <message>
        <source>Nobody was seen for the first time in the range.</source>
        <translation>Im Zeitraum wurde niemand zum ersten Mal gesehen.</translation>
    </message>
    <message>
        <source>Share of those who came first on a day and were there again so many days later</source>
        <translation>Anteil derer, die an einem Tag zuerst kamen und so viele Tage später wieder da waren</translation>
    </message>
    <message>
        <source>Share of those who came first in a month and were there again so many months later</source>
        <translation>Anteil derer, die in einem Monat zuerst kamen und so viele Monate später wieder da waren</translation>
    </message>
    <message>
        <source>Share of those who came first in a week and were there again so many weeks later</source>
        <translation>Anteil derer, die in einer Woche zuerst kamen und so viele Wochen später wieder da waren</translation>
    </message>
    <message>
        <source>In brackets: the period is not over yet.</source>
        <translation>In Klammern: Der Zeitraum ist noch nicht vorbei.</translation>
    </message>
    <message>
        <source>Sessions with %1</source>
        <comment>a feature</comment>
        <translation>Sitzungen mit %1</translation>
    </message>
    <message>
        <source>Time on a screen, median</source>
        <translation>Zeit auf einem Bildschirm, Median</translation>
    </message>
    <message>
        <source>Operations, median</source>
        <translation>Vorgänge, Median</translation>
    </message>
    <message>
        <source>Operations, 95th percentile</source>
        <translation>Vorgänge, 95. Perzentil</translation>
    </message>
    <message>
        <source>What changed from %1 to %2</source>
        <translation>Was sich von %1 zu %2 geändert hat</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Kennzahl</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>Beobachtungen</translation>
    </message>
    <message>
        <source>few data</source>
        <translation>wenig Daten</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>two figures</comment>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <comment>two counts</comment>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>No arrow where the interval holds zero: the difference may be chance. Fewer than %1 observations say nothing.</source>
        <translation>Kein Pfeil, wenn das Intervall null enthält: Der Unterschied kann Zufall sein. Weniger als %1 Beobachtungen sagen nichts aus.</translation>
    </message>
    <message>
        <source>No record in the range names a release.</source>
        <translation>Kein Datensatz im Zeitraum nennt eine Version.</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>There are not two releases in the range that could be compared.</source>
        <translation>Im Zeitraum gibt es keine zwei Versionen, die sich vergleichen ließen.</translation>
    </message>
    <message>
        <source>%1 of all users ran %2 in the range, first seen %3.</source>
        <translation>%1 aller Nutzer verwendeten %2 im Zeitraum, zuerst gesehen %3.</translation>
    </message>
    <message>
        <source>Errors new in %1</source>
        <translation>Neue Fehler in %1</translation>
    </message>
    <message>
        <source>Errors that came back in %1</source>
        <translation>Zurückgekehrte Fehler in %1</translation>
    </message>
    <message>
        <source>No error is new in %1, and none came back.</source>
        <translation>In %1 ist kein Fehler neu und keiner zurückgekehrt.</translation>
    </message>
    <message>
        <source>What the words mean</source>
        <translation>Was die Begriffe bedeuten</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>Begriff</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>What was changed, refused or dropped on the way, in the whole cache</source>
        <translation>Was unterwegs geändert, abgelehnt oder verworfen wurde, im ganzen Speicher</translation>
    </message>
    <message>
        <source>Counter</source>
        <translation>Zähler</translation>
    </message>
    <message>
        <source>Nothing was refused or dropped.</source>
        <translation>Nichts wurde abgelehnt oder verworfen.</translation>
    </message>
    <message>
        <source>Note: %1</source>
        <translation>Hinweis: %1</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>In Worten</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>ongoing</source>
        <translation>anhaltend</translation>
    </message>
    <message>
        <source>escalating</source>
        <translation>eskalierend</translation>
    </message>
    <message>
        <source>regressed</source>
        <translation>rückfällig</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>behoben</translation>
    </message>
    <message>
        <source>archived</source>
        <translation>archiviert</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <comment>usage events, sessions, users</comment>
        <translation>%1, %2, %3</translation>
    </message>
    <message numerus="yes">
        <source>%Ln usage event(s)</source>
        <translation>
            <numerusform>%Ln&#xa0;Nutzungsereignis</numerusform>
            <numerusform>%Ln&#xa0;Nutzungsereignisse</numerusform>
        </translation>
    </message>
    <message>
        <source>Records dropped</source>
        <translation>Verworfene Datensätze</translation>
    </message>
    <message>
        <source>%1 by the apps, %2 rejected</source>
        <comment>two counts</comment>
        <translation>%1 von den Apps, %2 abgelehnt</translation>
    </message>
    <message>
        <source>Who runs them</source>
        <translation>Wer sie nutzt</translation>
    </message>
    <message>
        <source>Share of users</source>
        <translation>Anteil der Nutzer</translation>
    </message>
    <message>
        <source>Of all users</source>
        <translation>Von allen Nutzern</translation>
    </message>
    <message>
        <source>Share of sessions</source>
        <translation>Anteil der Sitzungen</translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln session(s) with %1.</source>
        <translation>
            <numerusform>Von %Ln&#xa0;Sitzung mit %1.</numerusform>
            <numerusform>Von %Ln&#xa0;Sitzungen mit %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 over %2.</source>
        <comment>what a chart shows, a range of time</comment>
        <translation>%1 über %2.</translation>
    </message>
    <message>
        <source>%1 rows, at the most %2.</source>
        <translation>%1 Zeilen, höchstens %2.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a name and its value</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>telltale::ReportsPage</name>
    <message>
        <source>Page %1 of %2</source>
        <translation>Seite %1 von %2</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Templates and printing</source>
        <translation>Vorlagen und Druck</translation>
    </message>
    <message>
        <source>Title of the report</source>
        <translation>Titel des Berichts</translation>
    </message>
    <message>
        <source>Product report</source>
        <translation>Produktbericht</translation>
    </message>
    <message>
        <source>Sections, drag to reorder</source>
        <translation>Abschnitte, zum Umordnen ziehen</translation>
    </message>
    <message>
        <source>Move the section up (Alt+Up)</source>
        <translation>Abschnitt nach oben verschieben (Alt+Auf)</translation>
    </message>
    <message>
        <source>Move the section down (Alt+Down)</source>
        <translation>Abschnitt nach unten verschieben (Alt+Ab)</translation>
    </message>
    <message>
        <source>Sections of the report</source>
        <translation>Abschnitte des Berichts</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Notes; an empty line begins a paragraph</source>
        <translation>Notizen; eine leere Zeile beginnt einen Absatz</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>Name users and whole session ids</source>
        <translation>Nutzer und Sitzungen nennen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>Vorige Seite</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Nächste Seite</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation>&amp;Drucken&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Save as template…</source>
        <translation>Als &amp;Vorlage speichern&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Open template…</source>
        <translation>Vorlage ö&amp;ffnen&#xa0;…</translation>
    </message>
    <message>
        <source>Export %1…</source>
        <translation>%1 exportieren&#xa0;…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s), %1.</source>
        <translation>
            <numerusform>%Ln&#xa0;Seite, %1.</numerusform>
            <numerusform>%Ln&#xa0;Seiten, %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>One file that asks the network for nothing; the form for screen readers.</source>
        <translation>Eine Datei, die nichts aus dem Netz lädt; die Form für Bildschirmleser.</translation>
    </message>
    <message>
        <source>A sheet for every chart and table.</source>
        <translation>Ein Tabellenblatt für jedes Diagramm und jede Tabelle.</translation>
    </message>
    <message>
        <source>One table after the other, with raw numbers.</source>
        <translation>Eine Tabelle nach der anderen, mit Rohwerten.</translation>
    </message>
    <message>
        <source>Users and sessions are named.</source>
        <translation>Nutzer und Sitzungen werden genannt.</translation>
    </message>
    <message>
        <source>User identifiers are left out.</source>
        <translation>Nutzerkennungen werden weggelassen.</translation>
    </message>
    <message>
        <source>Export report</source>
        <translation>Bericht exportieren</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Wird geschrieben …</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>Gespeichert als %1</translation>
    </message>
    <message>
        <source>%1 could not be written.</source>
        <translation>%1 ließ sich nicht schreiben.</translation>
    </message>
    <message>
        <source>Save as template</source>
        <translation>Als Vorlage speichern</translation>
    </message>
    <message>
        <source>weekly report</source>
        <translation>Wochenbericht</translation>
    </message>
    <message>
        <source>Open template</source>
        <translation>Vorlage öffnen</translation>
    </message>
    <message>
        <source>That template can not be used: %1</source>
        <translation>Diese Vorlage ist nicht verwendbar: %1</translation>
    </message>
    <message>
        <source>add “%1” to the report</source>
        <translation>„%1“ in den Bericht aufnehmen</translation>
    </message>
    <message>
        <source>remove “%1” from the report</source>
        <translation>„%1“ aus dem Bericht entfernen</translation>
    </message>
    <message>
        <source>Reports compare with the period before, whatever is chosen here.</source>
        <translation>Berichte vergleichen mit dem Zeitraum davor, was auch immer hier gewählt ist.</translation>
    </message>
    <message>
        <source>previous</source>
        <comment>what a report compares with: the period before</comment>
        <translation>vorher</translation>
    </message>
</context>
<context>
    <name>telltale::RuleChangeModel</name>
    <message>
        <source>Records</source>
        <translation>Datensätze</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a name, the kind of record</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Wie viele</translation>
    </message>
    <message>
        <source>use</source>
        <comment>a kind of record</comment>
        <translation>Nutzung</translation>
    </message>
    <message>
        <source>screen view</source>
        <comment>a kind of record</comment>
        <translation>Bildschirmaufruf</translation>
    </message>
    <message>
        <source>error</source>
        <comment>a kind of record</comment>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>operation</source>
        <comment>a kind of record</comment>
        <translation>Vorgang</translation>
    </message>
    <message>
        <source>figure</source>
        <comment>a kind of record</comment>
        <translation>Kennzahl</translation>
    </message>
    <message>
        <source>session</source>
        <comment>a kind of record</comment>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>log line</source>
        <comment>a kind of record</comment>
        <translation>Logzeile</translation>
    </message>
</context>
<context>
    <name>telltale::RuleModel</name>
    <message>
        <source>built in</source>
        <translation>eingebaut</translation>
    </message>
    <message>
        <source>yours</source>
        <translation>eigene</translation>
    </message>
    <message>
        <source>yours, off</source>
        <translation>eigene, aus</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a field of a mapping, what it becomes</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Comes from</source>
        <translation>Kommt aus</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wenn</translation>
    </message>
    <message>
        <source>always</source>
        <translation>immer</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
</context>
<context>
    <name>telltale::SavedViews</name>
    <message>
        <source>Saved &amp;views</source>
        <translation>Ges&amp;peicherte Ansichten</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>%1 konnte nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>save a view</source>
        <translation>Ansicht speichern</translation>
    </message>
    <message>
        <source>“%1” is saved.</source>
        <translation>„%1“ ist gespeichert.</translation>
    </message>
    <message>
        <source>remove a saved view</source>
        <translation>gespeicherte Ansicht entfernen</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Save this view</source>
        <translation>Diese Ansicht speichern</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>views of a workspace</source>
        <translation>Ansichten eines Arbeitsbereichs</translation>
    </message>
</context>
<context>
    <name>telltale::ScreenModel</name>
    <message>
        <source>Screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>25 %</source>
        <translation>25&#xa0;%</translation>
    </message>
    <message>
        <source>Median dwell</source>
        <translation>Verweildauer (Median)</translation>
    </message>
    <message>
        <source>75 %</source>
        <translation>75&#xa0;%</translation>
    </message>
    <message>
        <source>90 %</source>
        <translation>90&#xa0;%</translation>
    </message>
    <message>
        <source>Total dwell</source>
        <translation>Verweildauer gesamt</translation>
    </message>
</context>
<context>
    <name>telltale::SearchField</name>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
</context>
<context>
    <name>telltale::SectionModel</name>
    <message>
        <source>a panel as it was; Delete removes it</source>
        <translation>ein Feld, wie es war; Entf entfernt es</translation>
    </message>
</context>
<context>
    <name>telltale::SessionComparison</name>
    <message>
        <source>From their starts</source>
        <translation>Ab ihrem Beginn</translation>
    </message>
    <message>
        <source>From screen “%1”</source>
        <translation>Ab Bildschirm „%1“</translation>
    </message>
    <message>
        <source>From error “%1”</source>
        <translation>Ab Fehler „%1“</translation>
    </message>
    <message>
        <source>From “%1”</source>
        <translation>Ab „%1“</translation>
    </message>
</context>
<context>
    <name>telltale::SessionListModel</name>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>Bildschirme</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
</context>
<context>
    <name>telltale::SessionPane</name>
    <message>
        <source>crashed, restarted</source>
        <translation>abgestürzt, neu gestartet</translation>
    </message>
    <message>
        <source>app closed</source>
        <translation>App geschlossen</translation>
    </message>
    <message>
        <source>follows the playhead</source>
        <translation>folgt der Marke</translation>
    </message>
    <message>
        <source>Which events</source>
        <translation>Welche Ereignisse</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Interactions</source>
        <translation>Interaktionen</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>Leistung</translation>
    </message>
    <message numerus="yes">
        <source>%n more metric(s)</source>
        <translation>
            <numerusform>%n weitere Messgröße</numerusform>
            <numerusform>%n weitere Messgrößen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::SessionRecordModel</name>
    <message>
        <source>use</source>
        <translation>Nutzung</translation>
    </message>
    <message>
        <source>screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>http</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>span</source>
        <translation>Span</translation>
    </message>
    <message>
        <source>metric</source>
        <translation>Metrik</translation>
    </message>
    <message>
        <source>close</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>open</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Session ended</source>
        <translation>Sitzung beendet</translation>
    </message>
    <message>
        <source>Session started</source>
        <translation>Sitzung begonnen</translation>
    </message>
    <message>
        <source>not handled</source>
        <translation>nicht abgefangen</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Detail</translation>
    </message>
</context>
<context>
    <name>telltale::SessionTimeline</name>
    <message>
        <source>%1 long, %2 screens, %3 interactions, %4 errors.</source>
        <extracomment>A session in one sentence</extracomment>
        <translation>Dauer %1, %2 Bildschirme, %3 Interaktionen, %4 Fehler.</translation>
    </message>
    <message>
        <source>screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>interaction</source>
        <translation>Interaktion</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>failed operation</source>
        <translation>gescheiterter Vorgang</translation>
    </message>
    <message>
        <source>operation</source>
        <translation>Vorgang</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>Bildschirme</translation>
    </message>
    <message>
        <source>dwell</source>
        <translation>Verweildauer</translation>
    </message>
    <message>
        <source>Interactions</source>
        <translation>Interaktionen</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>Vorgänge</translation>
    </message>
    <message>
        <source>note: %1</source>
        <translation>Notiz: %1</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
</context>
<context>
    <name>telltale::SessionsPage</name>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Search sessions</source>
        <translation>Sitzungen suchen</translation>
    </message>
    <message>
        <source>User, device, screen, has:error</source>
        <translation>Nutzer, Gerät, Bildschirm, has:error</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Newer session (K)</source>
        <translation>Neuere Sitzung (K)</translation>
    </message>
    <message>
        <source>Older session (J)</source>
        <translation>Ältere Sitzung (J)</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>%1 sessions · %2 with errors</source>
        <translation>%1 Sitzungen · %2 mit Fehlern</translation>
    </message>
    <message>
        <source>sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>No session has “%1”.</source>
        <translation>Keine Sitzung enthält „%1“.</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>No session chosen</source>
        <translation>Keine Sitzung gewählt</translation>
    </message>
    <message>
        <source>No events</source>
        <translation>Keine Ereignisse</translation>
    </message>
    <message>
        <source>Next session</source>
        <translation>Nächste Sitzung</translation>
    </message>
    <message>
        <source>Previous session</source>
        <translation>Vorige Sitzung</translation>
    </message>
    <message>
        <source>Next event</source>
        <translation>Nächstes Ereignis</translation>
    </message>
    <message>
        <source>Previous event</source>
        <translation>Voriges Ereignis</translation>
    </message>
    <message>
        <source>Next error</source>
        <translation>Nächster Fehler</translation>
    </message>
    <message>
        <source>Fit the event</source>
        <translation>Ereignis einpassen</translation>
    </message>
    <message>
        <source>Compare &amp;with…</source>
        <translation>&amp;Vergleichen mit&#xa0;…</translation>
    </message>
    <message>
        <source>Compare with another session (Ctrl+click it in the list)</source>
        <translation>Mit einer anderen Sitzung vergleichen (Strg+Klick in der Liste)</translation>
    </message>
    <message>
        <source>Compared session</source>
        <translation>Verglichene Sitzung</translation>
    </message>
    <message>
        <source>Events of the compared session</source>
        <translation>Ereignisse der verglichenen Sitzung</translation>
    </message>
    <message>
        <source>Times of both sessions</source>
        <translation>Zeiten beider Sitzungen</translation>
    </message>
    <message>
        <source>From their starts</source>
        <translation>Ab ihrem Beginn</translation>
    </message>
    <message>
        <source>End the comparison (Esc)</source>
        <translation>Vergleich beenden (Esc)</translation>
    </message>
    <message>
        <source>Choose the session to compare with</source>
        <translation>Die zweite Sitzung wählen</translation>
    </message>
    <message>
        <source>Show new rows</source>
        <translation>Neue Zeilen zeigen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new session(s) · show (N)</source>
        <translation>
            <numerusform>%Ln&#xa0;neue Sitzung · zeigen (N)</numerusform>
            <numerusform>%Ln&#xa0;neue Sitzungen · zeigen (N)</numerusform>
        </translation>
    </message>
    <message>
        <source>Step of a path</source>
        <translation>Schritt eines Pfads</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>Gezählt</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>Verglichen</translation>
    </message>
    <message>
        <source>No sessions</source>
        <translation>Keine Sitzungen</translation>
    </message>
    <message>
        <source>No session made the step %1 in this time.</source>
        <translation>In dieser Zeit hat keine Sitzung den Schritt %1 gemacht.</translation>
    </message>
    <message>
        <source>All sessions</source>
        <translation>Alle Sitzungen</translation>
    </message>
    <message>
        <source>%1: %2 sessions, %3</source>
        <extracomment>what is compared with its dates, how many there were, the change</extracomment>
        <translation>%1: %2 Sitzungen, %3</translation>
    </message>
</context>
<context>
    <name>telltale::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Sources and ports</source>
        <translation>Quellen und Ports</translation>
    </message>
    <message>
        <source>where telemetry comes in</source>
        <translation>wo Telemetrie hereinkommt</translation>
    </message>
    <message>
        <source>Open Sources</source>
        <translation>Quellen öffnen</translation>
    </message>
    <message>
        <source>Ask for a token</source>
        <translation>Ein Token verlangen</translation>
    </message>
    <message>
        <source>Copy token</source>
        <translation>Token kopieren</translation>
    </message>
    <message>
        <source>No token</source>
        <translation>Kein Token</translation>
    </message>
    <message>
        <source>Keep it in a file</source>
        <translation>In einer Datei aufbewahren</translation>
    </message>
    <message>
        <source>Copied. Senders show it as Authorization: Bearer, or as x-api-key.</source>
        <translation>Kopiert. Sender zeigen es als Authorization: Bearer oder als x-api-key.</translation>
    </message>
    <message>
        <source>Nobody needs a token any more.</source>
        <translation>Niemand braucht mehr ein Token.</translation>
    </message>
    <message>
        <source>Every sender must show the token from now on.</source>
        <translation>Ab jetzt muss jeder Sender das Token zeigen.</translation>
    </message>
    <message>
        <source>%1 The token can be kept in a file instead that only you can read.</source>
        <translation>%1 Das Token kann stattdessen in einer Datei liegen, die sonst niemand lesen darf.</translation>
    </message>
    <message>
        <source>How much is kept</source>
        <translation>Wie viel aufbewahrt wird</translation>
    </message>
    <message>
        <source>the oldest go first</source>
        <translation>die ältesten gehen zuerst</translation>
    </message>
    <message>
        <source>However old</source>
        <translation>Beliebig alt</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n&#xa0;Tag</numerusform>
            <numerusform>%n&#xa0;Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep records for</source>
        <translation>Datensätze aufbewahren für</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1&#xa0;GB</translation>
    </message>
    <message>
        <source>However large</source>
        <translation>Beliebig groß</translation>
    </message>
    <message>
        <source>Automatic is 10 GB, or a fifth of the room on the disk when that is less.</source>
        <translation>Automatisch heißt 10&#xa0;GB oder ein Fünftel der Festplatte, wenn das weniger ist.</translation>
    </message>
    <message>
        <source>Size of the cache</source>
        <translation>Größe des Speichers</translation>
    </message>
    <message>
        <source>Remove them</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>%1 records go, the oldest of %2.</source>
        <translation>%1 Datensätze werden entfernt, die ältesten von %2.</translation>
    </message>
    <message>
        <source>The oldest %1 go, from %2 on.</source>
        <translation>Die ältesten %1 werden entfernt, ab %2.</translation>
    </message>
    <message>
        <source>This can not be undone.</source>
        <translation>Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Privatsphäre</translation>
    </message>
    <message>
        <source>before anything is stored</source>
        <translation>bevor etwas gespeichert wird</translation>
    </message>
    <message>
        <source>Passwords, tokens, keys and cookies are taken out by the name of their field; e-mail addresses, card numbers and keys by their shape. User names that hold one become pseudonyms. Nothing is sent anywhere.</source>
        <translation>Passwörter, Tokens, Schlüssel und Cookies werden am Namen ihres Feldes erkannt und entfernt; E-Mail-Adressen, Kartennummern und Schlüssel an ihrer Form. Nutzernamen, die so etwas enthalten, werden zu Pseudonymen. Nichts wird irgendwohin gesendet.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Reduced</source>
        <translation>Verringert</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Voll</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Design</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1&#xa0;%</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>from the next start on</source>
        <translation>ab dem nächsten Start</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>Die des Systems</translation>
    </message>
    <message>
        <source>Words and numbers</source>
        <translation>Wörter und Zahlen</translation>
    </message>
    <message>
        <source>Keyboard and help</source>
        <translation>Tastatur und Hilfe</translation>
    </message>
    <message>
        <source>Keys without Ctrl or Alt act: Space, T, C, R…</source>
        <translation>Tasten ohne Strg oder Alt wirken: Leertaste, T, C, R …</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>About Telltale</source>
        <translation>Über Telltale</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>receiver: address, state</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Nothing is received here.</source>
        <translation>Hier wird nichts empfangen.</translation>
    </message>
    <message>
        <source>Senders on this computer need no token. The network needs one.</source>
        <translation>Sender auf diesem Rechner brauchen kein Token. Das Netzwerk braucht eines.</translation>
    </message>
    <message>
        <source>Every sender must show the token. It is kept in a file that only you can read.</source>
        <translation>Jeder Sender muss das Token zeigen. Es liegt in einer Datei, die sonst niemand lesen darf.</translation>
    </message>
    <message>
        <source>Every sender must show the token. It is kept in the system&apos;s keychain.</source>
        <translation>Jeder Sender muss das Token zeigen. Es liegt im Schlüsselbund des Systems.</translation>
    </message>
    <message>
        <source>New token</source>
        <translation>Neues Token</translation>
    </message>
    <message>
        <source>The network can send, and that needs a token.</source>
        <translation>Das Netzwerk darf senden, und dafür braucht es ein Token.</translation>
    </message>
    <message>
        <source>The cache takes %1 now: %2 records since %3.</source>
        <translation>Der Speicher belegt gerade %1: %2 Datensätze seit %3.</translation>
    </message>
    <message>
        <source>The cache takes %1 now.</source>
        <translation>Der Speicher belegt gerade %1.</translation>
    </message>
    <message>
        <source>Nothing is stored yet.</source>
        <translation>Noch ist nichts gespeichert.</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 Tage</translation>
    </message>
    <message>
        <source>Settings are kept in %1.</source>
        <translation>Die Einstellungen liegen in %1.</translation>
    </message>
    <message>
        <source>Nothing can be kept here.</source>
        <translation>Hier lässt sich nichts aufbewahren.</translation>
    </message>
    <message>
        <source>So far: %1 values by the name of their field, %2 texts by their shape, %3 user names, %4 values that could not be read.</source>
        <translation>Bisher: %1 Werte am Namen ihres Feldes, %2 Texte an ihrer Form, %3 Nutzernamen, %4 Werte, die nicht lesbar waren.</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>while this window is open</source>
        <translation>solange dieses Fenster offen ist</translation>
    </message>
    <message>
        <source>A lamp in the tray, and notifications</source>
        <translation>Eine Lampe in der Kontrollleiste und Benachrichtigungen</translation>
    </message>
    <message>
        <source>Alerts…</source>
        <translation>Alarme&#xa0;…</translation>
    </message>
    <message>
        <source>Mapping rules</source>
        <translation>Zuordnungsregeln</translation>
    </message>
    <message>
        <source>what becomes what</source>
        <translation>was wozu wird</translation>
    </message>
    <message>
        <source>Show identity: whole ids of users and sessions</source>
        <translation>Identität zeigen: ganze Kennungen von Nutzern und Sitzungen</translation>
    </message>
    <message>
        <source>Without it, six characters tell them apart. What is exported or reported leaves them out either way, unless it is ticked there.</source>
        <translation>Ohne das unterscheiden sie sechs Zeichen. Exporte und Berichte lassen sie so oder so weg, wenn es dort nicht angekreuzt ist.</translation>
    </message>
    <message>
        <source>Telltale&apos;s</source>
        <translation>Telltale</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Heatmaps</source>
        <translation>Heatmaps</translation>
    </message>
    <message>
        <source>This desktop has no tray.</source>
        <translation>Dieser Schreibtisch hat keinen Systembereich.</translation>
    </message>
</context>
<context>
    <name>telltale::ShareBars</name>
    <message>
        <source>other</source>
        <translation>andere</translation>
    </message>
    <message>
        <source>%1: %2 with %3.</source>
        <extracomment>%1 is a tag as &quot;Release&quot;, %2 its most frequent value, %3 that value&apos;s share</extracomment>
        <translation>%1: %2 mit %3.</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>Keine Daten</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Merkmal</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <extracomment>%1 value of a tag, %2 count, %3 share</extracomment>
        <translation>%1: %2, %3</translation>
    </message>
</context>
<context>
    <name>telltale::Sidebar</name>
    <message>
        <source>Product: %1, environment: %2</source>
        <translation>Produkt: %1, Umgebung: %2</translation>
    </message>
    <message>
        <source>SOURCES</source>
        <translation>QUELLEN</translation>
    </message>
    <message>
        <source>Connect an app</source>
        <translation>App verbinden</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>All products</source>
        <translation>Alle Produkte</translation>
    </message>
    <message>
        <source>no data yet</source>
        <translation>noch keine Daten</translation>
    </message>
    <message>
        <source>no environment</source>
        <translation>keine Umgebung</translation>
    </message>
    <message>
        <source>all environments</source>
        <translation>alle Umgebungen</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>All environments</source>
        <translation>Alle Umgebungen</translation>
    </message>
    <message>
        <source>Connect an app…</source>
        <translation>App verbinden&#xa0;…</translation>
    </message>
    <message>
        <source>Listening on port %1</source>
        <translation>Lauscht auf Port %1</translation>
    </message>
</context>
<context>
    <name>telltale::Snippets</name>
    <message>
        <source>Env vars</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>For apps that use an SDK or an agent already: set these and start the app.</source>
        <translation>Für Apps, die schon ein SDK oder einen Agenten verwenden: Variablen setzen und die App starten.</translation>
    </message>
    <message>
        <source>Web pages too: allow their origin once, at the right, when they first knock.</source>
        <translation>Auch für Webseiten: ihre Herkunft rechts einmal erlauben, sobald sie sich zum ersten Mal melden.</translation>
    </message>
    <message>
        <source>From the Android emulator this computer is 10.0.2.2; from a device use: adb reverse tcp:%1 tcp:%1</source>
        <translation>Vom Android-Emulator aus ist dieser Rechner 10.0.2.2; auf einem Gerät hilft: adb reverse tcp:%1 tcp:%1</translation>
    </message>
    <message>
        <source>Errors, transactions, logs, sessions. Attachments are kept by name and size.</source>
        <translation>Fehler, Transaktionen, Protokolle, Sitzungen. Anhänge werden mit Name und Größe festgehalten.</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
</context>
<context>
    <name>telltale::SourceDetail</name>
    <message>
        <source>What was rejected last</source>
        <translation>Was zuletzt abgelehnt wurde</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten&#xa0;…</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Only this source</source>
        <translation>Nur diese Quelle</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Keep the token in a file</source>
        <translation>Token in einer Datei aufbewahren</translation>
    </message>
    <message>
        <source>Example of what was rejected</source>
        <translation>Beispiel für Abgelehntes</translation>
    </message>
    <message>
        <source>The chosen source</source>
        <translation>Die gewählte Quelle</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Wird gesendet …</translation>
    </message>
    <message>
        <source>All views show %1 only.</source>
        <translation>Alle Ansichten zeigen nur %1.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>when: why</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>No source is chosen</source>
        <translation>Keine Quelle gewählt</translation>
    </message>
    <message>
        <source>A row says everything about one source.</source>
        <translation>Eine Zeile sagt alles über eine Quelle.</translation>
    </message>
    <message>
        <source>Unknown sender</source>
        <translation>Unbekannter Sender</translation>
    </message>
    <message>
        <source>%1, by %2</source>
        <comment>state, by protocol</comment>
        <translation>%1, über %2</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n&#xa0;weitere</numerusform>
            <numerusform>%n&#xa0;weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>%1 records/s</source>
        <translation>%1 Datensätze/s</translation>
    </message>
    <message>
        <source>Last event</source>
        <translation>Letztes Ereignis</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>Angekommen</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>Verzug</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>%1 records in %2 requests</source>
        <translation>%1 Datensätze in %2 Anfragen</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>%1 records, %2 whole requests</source>
        <translation>%1 Datensätze, %2 ganze Anfragen</translation>
    </message>
    <message>
        <source>%1 records</source>
        <translation>%1 Datensätze</translation>
    </message>
    <message>
        <source>Repeats</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>%1, stored once</source>
        <translation>%1, einmal gespeichert</translation>
    </message>
    <message>
        <source>Lost by the app</source>
        <translation>Von der App verloren</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>Its lamp rests. It is still received and stored, so that its SDK stays calm and nothing is missing afterwards.</source>
        <translation>Ihre Lampe ruht. Sie wird weiter empfangen und gespeichert, damit ihr SDK ruhig bleibt und nachher nichts fehlt.</translation>
    </message>
    <message>
        <source>What it comes in through does not work. The row below says why.</source>
        <translation>Worüber sie hereinkommt, funktioniert nicht. Die Zeile unten sagt, warum.</translation>
    </message>
    <message>
        <source>Its clock is %1. Events stay at the time that it says; setting the clock of the device puts new ones right.</source>
        <translation>Ihre Uhr geht %1. Ereignisse bleiben bei der Zeit, die sie nennt; ist die Uhr des Geräts gestellt, stimmen neue.</translation>
    </message>
    <message>
        <source>Nothing came for longer than usual. Either nobody uses it, or it can not reach this computer.</source>
        <translation>Länger als üblich kam nichts. Entweder benutzt sie niemand, oder sie erreicht diesen Rechner nicht.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>It does not work</source>
        <translation>Es funktioniert nicht</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Last request</source>
        <translation>Letzte Anfrage</translation>
    </message>
    <message>
        <source>Last answer</source>
        <translation>Letzte Antwort</translation>
    </message>
    <message>
        <source>Told to come again</source>
        <translation>Auf später vertröstet</translation>
    </message>
    <message>
        <source>Turn off</source>
        <translation>Ausschalten</translation>
    </message>
    <message>
        <source>Add: %1</source>
        <translation>Hinzufügen: %1</translation>
    </message>
    <message>
        <source>Other machines can send then. Saving makes a token that they must show, and keeps it in the system&apos;s keychain.</source>
        <translation>Dann können andere Rechner senden. Beim Speichern entsteht ein Token, das sie zeigen müssen; es liegt im Schlüsselbund des Systems.</translation>
    </message>
    <message>
        <source>%1 The token can be kept in a file instead that only you can read.</source>
        <translation>%1 Das Token kann stattdessen in einer Datei liegen, die sonst niemand lesen darf.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Gespeichert.</translation>
    </message>
    <message>
        <source>turning off %1</source>
        <translation>Ausschalten von %1</translation>
    </message>
    <message>
        <source>removal of %1</source>
        <translation>Entfernen von %1</translation>
    </message>
    <message>
        <source>%1 is off. Add turns it on again.</source>
        <translation>%1 ist aus. „Hinzufügen“ schaltet es wieder ein.</translation>
    </message>
    <message>
        <source>%1 was removed. What it told stays.</source>
        <translation>%1 wurde entfernt. Was es mitteilte, bleibt.</translation>
    </message>
    <message>
        <source>Mapping…</source>
        <translation>Zuordnung&#xa0;…</translation>
    </message>
    <message>
        <source>Trying it…</source>
        <translation>Wird versucht&#xa0;…</translation>
    </message>
    <message>
        <source>What its messages become, with the last ones to look at.</source>
        <translation>Was aus Nachrichten wird, mit den letzten zum Ansehen.</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>The mapping of %1 was saved.</source>
        <translation>Die Zuordnung von %1 wurde gespeichert.</translation>
    </message>
    <message>
        <source>%1 The password can be kept in a file instead that only you can read.</source>
        <translation>%1 Das Passwort kann stattdessen in einer Datei liegen, die sonst niemand lesen darf.</translation>
    </message>
    <message>
        <source>Keep the password in a file</source>
        <translation>Passwort in einer Datei aufbewahren</translation>
    </message>
    <message>
        <source>Deliveries</source>
        <translation>Lieferungen</translation>
    </message>
    <message>
        <source>Last delivery</source>
        <translation>Letzte Lieferung</translation>
    </message>
</context>
<context>
    <name>telltale::SourceForm</name>
    <message>
        <source>Who may send</source>
        <translation>Wer senden darf</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>The network</source>
        <translation>Das Netzwerk</translation>
    </message>
    <message>
        <source>Address of this computer</source>
        <translation>Adresse dieses Rechners</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>A port is a number from 1 to 65535.</source>
        <translation>Ein Port ist eine Zahl von 1 bis 65535.</translation>
    </message>
    <message>
        <source>An address is one of this computer&apos;s, like 192.168.1.20, or 0.0.0.0 for all of them.</source>
        <translation>Eine Adresse ist eine dieses Rechners wie 192.168.1.20 oder 0.0.0.0 für alle.</translation>
    </message>
    <message>
        <source>Name, the product it is shown as</source>
        <translation>Name, das Produkt, als das es gezeigt wird</translation>
    </message>
    <message>
        <source>Address of its metrics</source>
        <translation>Adresse der Metriken</translation>
    </message>
    <message>
        <source>Ask every</source>
        <translation>Abfragen alle</translation>
    </message>
    <message>
        <source>It needs a name, without a square bracket.</source>
        <translation>Es braucht einen Namen ohne eckige Klammer.</translation>
    </message>
    <message>
        <source>Another target has this name.</source>
        <translation>Ein anderes Ziel hat diesen Namen.</translation>
    </message>
    <message>
        <source>The address begins with http:// or https://.</source>
        <translation>Die Adresse beginnt mit http:// oder https://.</translation>
    </message>
    <message>
        <source>How often is a time of a second at least: 15s, 1m.</source>
        <translation>Der Abstand ist eine Zeit von mindestens einer Sekunde: 15s, 1m.</translation>
    </message>
    <message>
        <source>Prometheus or OpenMetrics target</source>
        <translation>Ziel für Prometheus oder OpenMetrics</translation>
    </message>
    <message>
        <source>A service that is asked for its metrics on a schedule.</source>
        <translation>Ein Dienst, der regelmäßig nach seinen Metriken gefragt wird.</translation>
    </message>
    <message>
        <source>While it is paused it is not asked. Its charts show a gap.</source>
        <translation>Angehalten wird er nicht gefragt. Seine Diagramme haben dann eine Lücke.</translation>
    </message>
    <message>
        <source>OTLP and SDKs over HTTP</source>
        <translation>OTLP und SDKs über HTTP</translation>
    </message>
    <message>
        <source>OpenTelemetry, Sentry, PostHog, Segment and the others, on one port.</source>
        <translation>OpenTelemetry, Sentry, PostHog, Segment und die anderen, auf einem Port.</translation>
    </message>
    <message>
        <source>While it is paused it answers “come again later”. OpenTelemetry SDKs keep their data and send it then; those of Sentry do not, what they send meanwhile is lost.</source>
        <translation>Angehalten antwortet er „später wiederkommen“. OpenTelemetry-SDKs behalten ihre Daten und senden sie dann; die von Sentry nicht, was sie derweil senden, geht verloren.</translation>
    </message>
    <message>
        <source>OTLP over gRPC</source>
        <translation>OTLP über gRPC</translation>
    </message>
    <message>
        <source>OpenTelemetry SDKs and collectors that speak gRPC.</source>
        <translation>OpenTelemetry-SDKs und Collectors, die gRPC sprechen.</translation>
    </message>
    <message>
        <source>While it is paused it answers “unavailable”. Collectors keep their data and send it then; some SDKs over gRPC never send again, what they send meanwhile is lost.</source>
        <translation>Angehalten antwortet er „nicht verfügbar“. Collectors behalten ihre Daten und senden sie dann; manche SDKs über gRPC senden nie wieder, was sie derweil senden, geht verloren.</translation>
    </message>
    <message>
        <source>StatsD</source>
        <translation>StatsD</translation>
    </message>
    <message>
        <source>StatsD and DogStatsD datagrams of this computer.</source>
        <translation>StatsD- und DogStatsD-Datagramme dieses Rechners.</translation>
    </message>
    <message>
        <source>While it is paused up to 32 MiB are held here and stored afterwards; what is more is dropped and counted.</source>
        <translation>Angehalten werden hier bis zu 32 MiB behalten und danach gespeichert; was darüber hinausgeht, wird verworfen und gezählt.</translation>
    </message>
</context>
<context>
    <name>telltale::SourceModel</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Last event</source>
        <translation>Letztes Ereignis</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Datensätze</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Repeats</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>%1 late</source>
        <translation>%1 verspätet</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>live</source>
        <translation>live</translation>
    </message>
    <message>
        <source>Rate</source>
        <comment>events a second</comment>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Lag</source>
        <comment>time from event to arrival</comment>
        <translation>Verzug</translation>
    </message>
    <message>
        <source>Clock</source>
        <comment>of the sender, against ours</comment>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>Lost by app</source>
        <comment>records the app dropped itself</comment>
        <translation>Von der App verloren</translation>
    </message>
    <message>
        <source>Unknown sender</source>
        <translation>Unbekannter Sender</translation>
    </message>
    <message>
        <source>in step</source>
        <comment>the clock of a source</comment>
        <translation>im Gleichlauf</translation>
    </message>
    <message>
        <source>%1 ahead</source>
        <translation>%1 vor</translation>
    </message>
    <message>
        <source>%1 behind</source>
        <translation>%1 nach</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
</context>
<context>
    <name>telltale::SourceTests</name>
    <message>
        <source>Nothing is received here now, so there is nobody to answer.</source>
        <translation>Hier wird gerade nichts empfangen, also kann niemand antworten.</translation>
    </message>
    <message>
        <source>This source can not be tested.</source>
        <translation>Diese Quelle lässt sich nicht testen.</translation>
    </message>
    <message>
        <source>It does not listen.</source>
        <translation>Sie lauscht nicht.</translation>
    </message>
    <message>
        <source>A call over the network was answered with OK. It carried no records.</source>
        <translation>Ein Aufruf über das Netzwerk wurde mit OK beantwortet. Er enthielt keine Datensätze.</translation>
    </message>
    <message>
        <source>The call was answered with gRPC status %1: %2</source>
        <translation>Der Aufruf wurde mit gRPC-Status %1 beantwortet: %2</translation>
    </message>
    <message>
        <source>The call did not arrive: %1</source>
        <translation>Der Aufruf kam nicht an: %1</translation>
    </message>
    <message>
        <source>The datagram arrived: the metric telltale.test counts one more.</source>
        <translation>Das Datagramm kam an: Die Metrik telltale.test zählt eins mehr.</translation>
    </message>
    <message numerus="yes">
        <source>The datagram did not arrive within %n seconds.</source>
        <translation>
            <numerusform>Das Datagramm kam nicht innerhalb von %n&#xa0;Sekunde an.</numerusform>
            <numerusform>Das Datagramm kam nicht innerhalb von %n&#xa0;Sekunden an.</numerusform>
        </translation>
    </message>
    <message>
        <source>The target gave no metrics: %1</source>
        <translation>Das Ziel gab keine Metriken: %1</translation>
    </message>
    <message>
        <source>The target answered, but with no metrics.</source>
        <translation>Das Ziel antwortete, aber ohne Metriken.</translation>
    </message>
    <message numerus="yes">
        <source>The target answered with %n samples.</source>
        <translation>
            <numerusform>Das Ziel antwortete mit %n&#xa0;Messwert.</numerusform>
            <numerusform>Das Ziel antwortete mit %n&#xa0;Messwerten.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a broker, why it does not work</comment>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 let us in, but not subscribe to %n of the topics.</source>
        <translation>
            <numerusform>%1 ließ uns ein, aber %n&#xa0;Thema nicht abonnieren.</numerusform>
            <numerusform>%1 ließ uns ein, aber %n&#xa0;der Themen nicht abonnieren.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 let us in. No message came within %n seconds.</source>
        <translation>
            <numerusform>%1 ließ uns ein. Innerhalb von %n&#xa0;Sekunde kam keine Nachricht.</numerusform>
            <numerusform>%1 ließ uns ein. Innerhalb von %n&#xa0;Sekunden kam keine Nachricht.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 let us in. %n messages came, the first on %2: %3</source>
        <translation>
            <numerusform>%1 ließ uns ein. %n&#xa0;Nachricht kam, auf %2: %3</numerusform>
            <numerusform>%1 ließ uns ein. %n&#xa0;Nachrichten kamen, die erste auf %2: %3</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no such file yet. It is followed from when it is there.</source>
        <translation>Noch gibt es keine solche Datei. Ihr wird gefolgt, sobald sie da ist.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a file, why it can not be read</comment>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n files are there. %1 has no whole line yet.</source>
        <translation>
            <numerusform>%n&#xa0;Datei ist da. %1 hat noch keine ganze Zeile.</numerusform>
            <numerusform>%n&#xa0;Dateien sind da. %1 hat noch keine ganze Zeile.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 has %n lines that are neither JSON nor anything else known.</source>
        <translation>
            <numerusform>%1 hat %n&#xa0;Zeile, die weder JSON noch sonst etwas Bekanntes ist.</numerusform>
            <numerusform>%1 hat %n&#xa0;Zeilen, die weder JSON noch sonst etwas Bekanntes sind.</numerusform>
        </translation>
    </message>
    <message>
        <source>rows of a table</source>
        <translation>Zeilen einer Tabelle</translation>
    </message>
    <message>
        <source>OTLP logs</source>
        <translation>OTLP-Logs</translation>
    </message>
    <message>
        <source>OTLP traces</source>
        <translation>OTLP-Traces</translation>
    </message>
    <message>
        <source>OTLP metrics</source>
        <translation>OTLP-Metriken</translation>
    </message>
    <message>
        <source>lines of JSON</source>
        <translation>Zeilen aus JSON</translation>
    </message>
    <message numerus="yes">
        <source>%n more can not be read.</source>
        <translation>
            <numerusform>%n&#xa0;weitere ist nicht lesbar.</numerusform>
            <numerusform>%n&#xa0;weitere sind nicht lesbar.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files are there. The first piece of %1 holds %3 (%2).</source>
        <translation>
            <numerusform>%n&#xa0;Datei ist da. Das erste Stück von %1 hat %3 (%2).</numerusform>
            <numerusform>%n&#xa0;Dateien sind da. Das erste Stück von %1 hat %3 (%2).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::SourcesPage</name>
    <message>
        <source>The chosen source</source>
        <translation>Die gewählte Quelle</translation>
    </message>
    <message>
        <source>Who sends</source>
        <translation>Wer sendet</translation>
    </message>
    <message>
        <source>a row says everything about it</source>
        <translation>eine Zeile sagt alles darüber</translation>
    </message>
    <message>
        <source>Where it comes in</source>
        <translation>Wo es hereinkommt</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Nothing is received here.</source>
        <translation>Hier wird nichts empfangen.</translation>
    </message>
    <message>
        <source>Add turns a receiver on.</source>
        <translation>„Hinzufügen“ schaltet einen Empfänger ein.</translation>
    </message>
    <message>
        <source>The window was started with --no-receive.</source>
        <translation>Das Fenster wurde mit --no-receive gestartet.</translation>
    </message>
    <message>
        <source>Settings are kept in %1.</source>
        <translation>Die Einstellungen liegen in %1.</translation>
    </message>
    <message>
        <source>Another Telltale receives for this cache: what is changed here holds from its next start on.</source>
        <translation>Ein anderes Telltale empfängt für diesen Speicher: Was hier geändert wird, gilt ab seinem nächsten Start.</translation>
    </message>
    <message>
        <source>Nobody has sent anything yet.</source>
        <translation>Noch hat niemand etwas gesendet.</translation>
    </message>
    <message>
        <source>Connect shows what to add to an app.</source>
        <translation>„App verbinden“ zeigt, was in eine App gehört.</translation>
    </message>
    <message>
        <source>Connect an app</source>
        <translation>App verbinden</translation>
    </message>
    <message>
        <source>receivers, targets, brokers, files</source>
        <translation>Empfänger, Ziele, Broker, Dateien</translation>
    </message>
</context>
<context>
    <name>telltale::SpanModel</name>
    <message>
        <source>Operation</source>
        <translation>Vorgang</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>operation</source>
        <translation>Vorgang</translation>
    </message>
    <message>
        <source>starts after</source>
        <translation>beginnt nach</translation>
    </message>
    <message>
        <source>duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>span</source>
        <translation>Span</translation>
    </message>
    <message>
        <source>parent</source>
        <translation>übergeordnet</translation>
    </message>
    <message>
        <source>%1, which did not come</source>
        <translation>%1, der nicht ankam</translation>
    </message>
    <message>
        <source>session</source>
        <translation>Sitzung</translation>
    </message>
</context>
<context>
    <name>telltale::StackView</name>
    <message>
        <source>This error came without a stack.</source>
        <translation>Dieser Fehler kam ohne Stack.</translation>
    </message>
    <message>
        <source>Stack trace</source>
        <translation>Stacktrace</translation>
    </message>
    <message numerus="yes">
        <source>%n system frame(s)</source>
        <translation>
            <numerusform>%n Systemframe</numerusform>
            <numerusform>%n Systemframes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::StatusLine</name>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
</context>
<context>
    <name>telltale::TableColumns</name>
    <message>
        <source>Col&amp;umns</source>
        <translation>S&amp;palten</translation>
    </message>
    <message>
        <source>Then sort b&amp;y</source>
        <translation>Da&amp;nn sortieren nach</translation>
    </message>
    <message>
        <source>%1 (no room)</source>
        <comment>a column</comment>
        <translation>%1 (kein Platz)</translation>
    </message>
    <message>
        <source>&amp;Nothing more</source>
        <translation>&amp;Nichts weiter</translation>
    </message>
</context>
<context>
    <name>telltale::TableExport</name>
    <message>
        <source>What was asked</source>
        <translation>Abfrage</translation>
    </message>
</context>
<context>
    <name>telltale::TimePicker</name>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Time range</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>LIVE — follows now</source>
        <translation>LIVE – folgt der Zeit</translation>
    </message>
    <message>
        <source>Last 5 minutes</source>
        <translation>Letzte 5 Minuten</translation>
    </message>
    <message>
        <source>Last 15 minutes</source>
        <translation>Letzte 15 Minuten</translation>
    </message>
    <message>
        <source>Last 60 minutes</source>
        <translation>Letzte 60 Minuten</translation>
    </message>
    <message>
        <source>Last 6 hours</source>
        <translation>Letzte 6 Stunden</translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation>Letzte 24 Stunden</translation>
    </message>
    <message>
        <source>HISTORY</source>
        <translation>RÜCKBLICK</translation>
    </message>
    <message>
        <source>Today so far</source>
        <translation>Heute bisher</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Last 28 days</source>
        <translation>Letzte 28 Tage</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Since release %1</source>
        <translation>Seit Version %1</translation>
    </message>
    <message>
        <source>%1 (UTC%2%3)</source>
        <translation>%1 (UTC%2%3)</translation>
    </message>
    <message>
        <source>Accepts 60m, yesterday 9-17, since 4.2.0</source>
        <translation>Möglich: 60m, gestern 9-17, seit 4.2.0</translation>
    </message>
    <message>
        <source>RECENT</source>
        <translation>ZULETZT</translation>
    </message>
    <message>
        <source>Time zone: %1</source>
        <translation>Zeitzone: %1</translation>
    </message>
    <message>
        <source>The &amp;system&apos;s</source>
        <translation>Die des &amp;Systems</translation>
    </message>
    <message>
        <source>&amp;UTC</source>
        <translation>&amp;UTC</translation>
    </message>
</context>
<context>
    <name>telltale::Toolbar</name>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>release:4.2.0 os:android -screen:Home has:error</source>
        <translation>release:4.2.0 os:android -screen:Home has:error</translation>
    </message>
    <message>
        <source>Find in this view (Ctrl+F)</source>
        <translation>In dieser Ansicht suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Earlier ([)</source>
        <translation>Früher ([)</translation>
    </message>
    <message>
        <source>Later (])</source>
        <translation>Später (])</translation>
    </message>
    <message>
        <source>Zoom out (-)</source>
        <translation>Herauszoomen (-)</translation>
    </message>
    <message>
        <source>Toolbar</source>
        <translation>Werkzeugleiste</translation>
    </message>
    <message>
        <source>Time range (T)</source>
        <translation>Zeitraum (T)</translation>
    </message>
    <message>
        <source>Filter (Ctrl+L)</source>
        <translation>Filter (Strg+L)</translation>
    </message>
    <message>
        <source>Add a filter</source>
        <translation>Filter hinzufügen</translation>
    </message>
    <message>
        <source>Time range: %1</source>
        <translation>Zeitraum: %1</translation>
    </message>
    <message>
        <source>What to compare with</source>
        <translation>Womit verglichen wird</translation>
    </message>
    <message>
        <source>%1 only</source>
        <comment>a release</comment>
        <translation>nur %1</translation>
    </message>
    <message>
        <source>not compared</source>
        <translation>ohne Vergleich</translation>
    </message>
    <message>
        <source>%1 vs %2</source>
        <comment>two releases</comment>
        <translation>%1 ggü. %2</translation>
    </message>
    <message>
        <source>vs %1</source>
        <comment>against what is compared</comment>
        <translation>ggü. %1</translation>
    </message>
    <message>
        <source>Compare: %1</source>
        <comment>with what</comment>
        <translation>Vergleichen: %1</translation>
    </message>
    <message>
        <source>Compare (C): %1</source>
        <comment>with what</comment>
        <translation>Vergleichen (C): %1</translation>
    </message>
</context>
<context>
    <name>telltale::TopIssueDelegate</name>
    <message>
        <source>users</source>
        <translation>Nutzer</translation>
    </message>
</context>
<context>
    <name>telltale::TraceModel</name>
    <message>
        <source>Start</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>Trace</source>
        <translation>Trace</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Spans</source>
        <translation>Spans</translation>
    </message>
</context>
<context>
    <name>telltale::TrackStack</name>
    <message>
        <source>No data</source>
        <translation>Keine Daten</translation>
    </message>
    <message>
        <source>%1, %2: no data.</source>
        <extracomment>%1 is a series as &quot;Interactions per minute&quot;, %2 a time interval</extracomment>
        <translation>%1, %2: keine Daten.</translation>
    </message>
    <message>
        <source>%1, %2, lowest %3, highest %4, now %5.</source>
        <extracomment>%1 series, %2 interval, %3 lowest, %4 highest, %5 newest value</extracomment>
        <translation>%1, %2, niedrigster Wert %3, höchster %4, jetzt %5.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>%1 before</source>
        <comment>a series one period earlier</comment>
        <translation>%1 davor</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <extracomment>A selected time range and how long it is: &quot;14:08 – 14:19 · 11 min&quot;</extracomment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Zoom ⏎</source>
        <translation>Zoom&#xa0;⏎</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>ab %1</translation>
    </message>
    <message>
        <source>%1 ▾</source>
        <comment>that many flags, opens a list</comment>
        <translation>%1&#xa0;▾</translation>
    </message>
    <message>
        <source>%1, not finished</source>
        <translation>%1, noch nicht vorbei</translation>
    </message>
    <message>
        <source>period before</source>
        <translation>Zeitraum davor</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a flag above the chart: when, and what happened</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Flags above: %1.</source>
        <comment>the flags above a chart, each with its time</comment>
        <translation>Marken darüber: %1.</translation>
    </message>
</context>
<context>
    <name>telltale::TrayLamp</name>
    <message>
        <source>&amp;Show Telltale</source>
        <translation>Telltale &amp;zeigen</translation>
    </message>
    <message>
        <source>Telltale: %1</source>
        <translation>Telltale: %1</translation>
    </message>
    <message>
        <source>Telltale: %1, %2</source>
        <translation>Telltale: %1, %2</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <comment>when, which alert</comment>
        <translation>%1  %2</translation>
    </message>
</context>
<context>
    <name>telltale::TrendBars</name>
    <message>
        <source>No data</source>
        <translation>Keine Daten</translation>
    </message>
    <message>
        <source>%1 events, %2, most in one slice %3.</source>
        <translation>%1 Ereignisse, %2, höchstens %3 in einem Abschnitt.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
</context>
<context>
    <name>telltale::UsagePage</name>
    <message>
        <source>Usage of</source>
        <translation>Nutzung von</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Funktionen</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>Bildschirme</translation>
    </message>
    <message>
        <source>Screen dwell time</source>
        <translation>Verweildauer je Bildschirm</translation>
    </message>
    <message>
        <source>middle half of visits, mark = median</source>
        <translation>mittlere Hälfte, Marke = Median</translation>
    </message>
    <message>
        <source>Δ % vs prev.</source>
        <translation>Δ&#xa0;% ggü. vorher</translation>
    </message>
    <message>
        <source>Weekday and hour</source>
        <translation>Wochentag und Stunde</translation>
    </message>
    <message>
        <source>Screens by %1</source>
        <translation>Bildschirme nach %1</translation>
    </message>
    <message>
        <source>Features by %1</source>
        <translation>Funktionen nach %1</translation>
    </message>
    <message>
        <source>unique users · %1 highlighted</source>
        <translation>einzelne Nutzer · %1 hervorgehoben</translation>
    </message>
    <message>
        <source>unique users · row total at right</source>
        <translation>einzelne Nutzer · Zeilensumme rechts</translation>
    </message>
    <message>
        <source>active users, last 4 weeks, %1</source>
        <translation>aktive Nutzer, letzte 4 Wochen, %1</translation>
    </message>
    <message>
        <source>screen views</source>
        <translation>Bildschirmaufrufe</translation>
    </message>
    <message>
        <source>uses of features</source>
        <translation>Nutzungen von Funktionen</translation>
    </message>
    <message>
        <source>users</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>screen views with a known dwell</source>
        <translation>Bildschirmaufrufe mit bekannter Verweildauer</translation>
    </message>
    <message>
        <source>active users</source>
        <translation>aktiven Nutzer</translation>
    </message>
    <message>
        <source>Δ % vs %1</source>
        <comment>against what is compared</comment>
        <translation>Δ % ggü. %1</translation>
    </message>
    <message>
        <source>Trends</source>
        <translation>Verläufe</translation>
    </message>
    <message>
        <source>What is counted</source>
        <translation>Was gezählt wird</translation>
    </message>
    <message>
        <source>Active users</source>
        <translation>Aktive Nutzer</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Usage events</source>
        <translation>Nutzungsereignisse</translation>
    </message>
    <message>
        <source>Screen views</source>
        <translation>Bildschirmaufrufe</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Split by</source>
        <translation>Aufgeteilt nach</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>Alles zusammen</translation>
    </message>
    <message>
        <source>By feature</source>
        <translation>Nach Funktion</translation>
    </message>
    <message>
        <source>By screen</source>
        <translation>Nach Bildschirm</translation>
    </message>
    <message>
        <source>By release</source>
        <translation>Nach Version</translation>
    </message>
    <message>
        <source>%1 over time</source>
        <translation>%1 im Verlauf</translation>
    </message>
    <message>
        <source>per %1 · %2 of %3</source>
        <comment>a width of time, how many of how many</comment>
        <translation>je %1 · %2 von %3</translation>
    </message>
    <message>
        <source>per %1</source>
        <comment>a width of time</comment>
        <translation>je %1</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>usage</source>
        <translation>Nutzung</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <comment>rows that are not shown</comment>
        <translation>
            <numerusform>%Ln weitere</numerusform>
            <numerusform>%Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Scale each row b&amp;y itself</source>
        <translation>Jede &amp;Zeile für sich abstufen</translation>
    </message>
    <message>
        <source>Order &amp;rows by name</source>
        <translation>Zeilen nach Namen &amp;ordnen</translation>
    </message>
    <message>
        <source>what rose most first, against %1</source>
        <translation>was am meisten stieg zuerst, gegen %1</translation>
    </message>
    <message>
        <source>nothing is compared</source>
        <translation>nichts wird verglichen</translation>
    </message>
    <message>
        <source>Order rows by t&amp;otal</source>
        <translation>Zeilen na&amp;ch Summe ordnen</translation>
    </message>
    <message>
        <source>Order rows by chan&amp;ge</source>
        <translation>Zeilen nach &amp;Veränderung ordnen</translation>
    </message>
    <message>
        <source>Order rows by h&amp;and (Alt+Up, Alt+Down)</source>
        <translation>Zeilen von Ha&amp;nd ordnen (Alt+Auf, Alt+Ab)</translation>
    </message>
    <message>
        <source>%1 is row %2 now</source>
        <translation>%1 ist jetzt Zeile %2</translation>
    </message>
</context>
<context>
    <name>telltale::ViewState</name>
    <message numerus="yes">
        <source>Last %n day(s)</source>
        <translation>
            <numerusform>Letzter Tag</numerusform>
            <numerusform>Letzte %n Tage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n hour(s)</source>
        <translation>
            <numerusform>Letzte Stunde</numerusform>
            <numerusform>Letzte %n Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n minute(s)</source>
        <translation>
            <numerusform>Letzte Minute</numerusform>
            <numerusform>Letzte %n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n second(s)</source>
        <translation>
            <numerusform>Letzte Sekunde</numerusform>
            <numerusform>Letzte %n Sekunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Today so far</source>
        <translation>Heute bisher</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Since %1</source>
        <translation>Seit %1</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1&#xa0;– %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>view and range</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>day and times</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>day and time</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>last week</source>
        <translation>Vorwoche</translation>
    </message>
    <message>
        <source>baseline</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>previous</source>
        <translation>vorher</translation>
    </message>
    <message>
        <source>a week earlier, %1</source>
        <translation>eine Woche früher, %1</translation>
    </message>
    <message>
        <source>release %1, %2</source>
        <comment>a release, dates</comment>
        <translation>Version %1, %2</translation>
    </message>
    <message>
        <source>baseline, %1</source>
        <translation>Basis, %1</translation>
    </message>
    <message>
        <source>previous period, %1</source>
        <translation>voriger Zeitraum, %1</translation>
    </message>
    <message>
        <source>%1 buckets</source>
        <translation>je %1</translation>
    </message>
</context>
<context>
    <name>telltale::WindowActions</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>About Telltale</source>
        <translation>Über Telltale</translation>
    </message>
    <message>
        <source>Watches product telemetry: live usage, sessions, errors.</source>
        <translation>Beobachtet Produkttelemetrie: laufende Nutzung, Sitzungen, Fehler.</translation>
    </message>
    <message>
        <source>Qt %1 · GPL-3.0-or-later</source>
        <translation>Qt %1 · GPL-3.0-or-later</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>Wieder&amp;herstellen</translation>
    </message>
    <message>
        <source>&amp;Copy data</source>
        <translation>Daten &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;image of the view</source>
        <translation>&amp;Bild der Ansicht kopieren</translation>
    </message>
    <message>
        <source>Side&amp;bar</source>
        <translation>Seiten&amp;leiste</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>&amp;Vorwärts</translation>
    </message>
    <message>
        <source>&amp;Earlier</source>
        <translation>&amp;Früher</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>&amp;Später</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Her&amp;auszoomen</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>H&amp;ineinzoomen</translation>
    </message>
    <message>
        <source>&amp;Default range</source>
        <translation>Stan&amp;dardzeitraum</translation>
    </message>
    <message>
        <source>Time &amp;range…</source>
        <translation>Zeit&amp;raum&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Pause or follow</source>
        <translation>&amp;Anhalten oder folgen</translation>
    </message>
    <message>
        <source>&amp;Refresh now</source>
        <translation>&amp;Jetzt aktualisieren</translation>
    </message>
    <message>
        <source>&amp;Filter…</source>
        <translation>&amp;Filter&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Clear filter</source>
        <translation>Filter &amp;leeren</translation>
    </message>
    <message>
        <source>Command &amp;palette…</source>
        <translation>Be&amp;fehlspalette&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;About Telltale</source>
        <translation>&amp;Über Telltale</translation>
    </message>
    <message>
        <source>&amp;Settings</source>
        <translation>&amp;Einstellungen</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>Ver&amp;lauf</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>&amp;Erscheinungsbild</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>Time &amp;zone</source>
        <translation>&amp;Zeitzone</translation>
    </message>
    <message>
        <source>The &amp;system&apos;s</source>
        <translation>Die des &amp;Systems</translation>
    </message>
    <message>
        <source>&amp;UTC</source>
        <translation>&amp;UTC</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Data</source>
        <translation>Da&amp;ten</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Co&amp;nnect an app</source>
        <translation>A&amp;pp verbinden</translation>
    </message>
    <message>
        <source>Fi&amp;nd in this view</source>
        <translation>In der Ansicht &amp;suchen</translation>
    </message>
    <message>
        <source>Keep as &amp;archive…</source>
        <translation>Als &amp;Archiv sichern&#xa0;…</translation>
    </message>
    <message>
        <source>A&amp;lerts…</source>
        <translation>Ala&amp;rme&#xa0;…</translation>
    </message>
    <message>
        <source>S&amp;ources</source>
        <translation>&amp;Quellen</translation>
    </message>
    <message>
        <source>All se&amp;ttings</source>
        <translation>Alle Einstellun&amp;gen</translation>
    </message>
    <message>
        <source>&amp;New window</source>
        <translation>&amp;Neues Fenster</translation>
    </message>
    <message>
        <source>&amp;Open or import…</source>
        <translation>Ö&amp;ffnen oder importieren&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Close window</source>
        <translation>Fenster &amp;schließen</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Move the cursor by one (ten)</source>
        <translation>Zeiger um eins (zehn) bewegen</translation>
    </message>
    <message>
        <source>Begin, end</source>
        <translation>Anfang, Ende</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Zoom to the selection</source>
        <translation>Auf die Auswahl vergrößern</translation>
    </message>
    <message>
        <source>Clear the selection</source>
        <translation>Auswahl aufheben</translation>
    </message>
    <message>
        <source>Menu of the panel</source>
        <translation>Menü des Feldes</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>In charts</source>
        <translation>In Diagrammen</translation>
    </message>
    <message>
        <source>Export &amp;view…</source>
        <translation>Ansich&amp;t exportieren&#xa0;…</translation>
    </message>
    <message>
        <source>Export &amp;data…</source>
        <translation>&amp;Daten exportieren&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation>Dru&amp;cken&#xa0;…</translation>
    </message>
    <message>
        <source>Me&amp;nu bar</source>
        <translation>M&amp;enüleiste</translation>
    </message>
    <message>
        <source>&amp;Pin the cursor</source>
        <translation>Zeiger an&amp;heften</translation>
    </message>
    <message>
        <source>&amp;Next part of the window</source>
        <translation>&amp;Nächster Teil des Fensters</translation>
    </message>
    <message>
        <source>Pre&amp;vious part of the window</source>
        <translation>V&amp;origer Teil des Fensters</translation>
    </message>
    <message>
        <source>Go to the &amp;menu</source>
        <translation>Zum &amp;Menü</translation>
    </message>
    <message>
        <source>Co&amp;mpare</source>
        <translation>Ver&amp;gleichen</translation>
    </message>
    <message>
        <source>&amp;Add a note…</source>
        <translation>&amp;Notiz anlegen&#xa0;…</translation>
    </message>
    <message>
        <source>Bands of a path</source>
        <translation>Bänder eines Pfads</translation>
    </message>
    <message>
        <source>Flags above a chart</source>
        <translation>Marken über einem Diagramm</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>Gemacht mit</translation>
    </message>
    <message>
        <source>Copy what helps to find a fault</source>
        <translation>Kopieren, was bei der Fehlersuche hilft</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
    <message>
        <source>Show as &amp;table…</source>
        <translation>Als &amp;Tabelle zeigen …</translation>
    </message>
    <message>
        <source>&amp;Save this view…</source>
        <translation>Diese Ansicht &amp;speichern …</translation>
    </message>
    <message>
        <source>&amp;Copy time range</source>
        <translation>Zeitraum &amp;kopieren</translation>
    </message>
    <message>
        <source>Paste time ran&amp;ge</source>
        <translation>Zeitraum einfü&amp;gen</translation>
    </message>
    <message>
        <source>All n&amp;otes…</source>
        <translation>Alle N&amp;otizen …</translation>
    </message>
    <message>
        <source>&amp;Save workspace…</source>
        <translation>Arbeitsbereich s&amp;peichern&#xa0;…</translation>
    </message>
</context>
<context>
    <name>telltale::WindowSettings</name>
    <message>
        <source>The token could not be read: %1</source>
        <translation>Das Token ließ sich nicht lesen: %1</translation>
    </message>
    <message>
        <source>The settings could not be kept: %1</source>
        <translation>Die Einstellungen ließen sich nicht aufbewahren: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>place in the settings file: what is wrong</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The password of %1 could not be read: %2</source>
        <translation>Das Passwort von %1 konnte nicht gelesen werden: %2</translation>
    </message>
</context>
<context>
    <name>telltale::WorkspaceFile</name>
    <message>
        <source>Save workspace</source>
        <translation>Arbeitsbereich speichern</translation>
    </message>
    <message>
        <source>Workspaces (*.telltale)</source>
        <translation>Arbeitsbereiche (*.telltale)</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>%1 konnte nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>The workspace is saved as %1.</source>
        <translation>Der Arbeitsbereich ist als %1 gespeichert.</translation>
    </message>
    <message>
        <source>%1 could not be read: %2</source>
        <translation>%1 konnte nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>%1 is no workspace.</source>
        <translation>%1 ist kein Arbeitsbereich.</translation>
    </message>
    <message>
        <source>%1 can not be shown: %2</source>
        <translation>%1 kann nicht gezeigt werden: %2</translation>
    </message>
    <message>
        <source>%1 is open.</source>
        <translation>%1 ist geöffnet.</translation>
    </message>
</context>
</TS>
