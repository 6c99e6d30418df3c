<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About VGG Desktop</source>
        <translation>Über VGG Desktop</translation>
    </message>
    <message>
        <source>Drop a picture on the window and see what a neural network sees in it, on your own computer.</source>
        <translation>Ein Bild auf das Fenster ziehen und sehen, was ein neuronales Netz darin erkennt – auf dem eigenen Computer.</translation>
    </message>
    <message>
        <source>Nothing leaves this computer</source>
        <translation>Nichts verlässt diesen Computer</translation>
    </message>
    <message>
        <source>VGG Desktop is free software under the licence {licence}.</source>
        <translation>VGG Desktop ist freie Software unter der Lizenz {licence}.</translation>
    </message>
    <message>
        <source>The icon of VGG Desktop</source>
        <translation>Das Symbol von VGG Desktop</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>Pictures are read and classified here. The app connects to the internet only for what you start: the download of a network, or of a picture from a link.</source>
        <translation>Bilder werden hier gelesen und klassifiziert. Ins Internet geht die App nur auf Wunsch: um ein Netz herunterzuladen oder ein Bild von einem Link abzurufen.</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>Bestandteil</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>What VGG Desktop is made with</source>
        <translation>Bestandteile von VGG Desktop</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Open pictures…</source>
        <translation>Bilder ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>&amp;Ordner öffnen…</translation>
    </message>
    <message>
        <source>&amp;Save results…</source>
        <translation>Ergebnisse &amp;speichern…</translation>
    </message>
    <message>
        <source>Sort pictures into fol&amp;ders…</source>
        <translation>Bilder in O&amp;rdner einsortieren…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Copy result</source>
        <translation>Ergebnis &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste picture</source>
        <translation>Bild &amp;einfügen</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Alles auswählen</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filtern</translation>
    </message>
    <message>
        <source>&amp;Next picture</source>
        <translation>&amp;Nächstes Bild</translation>
    </message>
    <message>
        <source>&amp;Previous picture</source>
        <translation>&amp;Voriges Bild</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>&amp;Remove from list</source>
        <translation>Aus der &amp;Liste entfernen</translation>
    </message>
    <message>
        <source>C&amp;lear list</source>
        <translation>Liste lee&amp;ren</translation>
    </message>
    <message>
        <source>&amp;Settings</source>
        <translation>E&amp;instellungen</translation>
    </message>
    <message>
        <source>&amp;Fit to view</source>
        <translation>Bild ein&amp;passen</translation>
    </message>
    <message>
        <source>Fu&amp;ll screen</source>
        <translation>Vo&amp;llbild</translation>
    </message>
    <message>
        <source>Show what the network &amp;saw</source>
        <translation>Zeigen, was das Netz ge&amp;sehen hat</translation>
    </message>
    <message>
        <source>Next &amp;area</source>
        <translation>Nä&amp;chster Bereich</translation>
    </message>
    <message>
        <source>P&amp;revious area</source>
        <translation>V&amp;origer Bereich</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pausieren</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>A&amp;bbrechen</translation>
    </message>
    <message>
        <source>Try &amp;again</source>
        <translation>Erneut &amp;versuchen</translation>
    </message>
    <message>
        <source>&amp;Networks</source>
        <translation>&amp;Netze</translation>
    </message>
    <message>
        <source>De&amp;vices</source>
        <translation>Ge&amp;räte</translation>
    </message>
    <message>
        <source>&amp;Import a network…</source>
        <translation>Netz &amp;importieren…</translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation>Im &amp;Ordner anzeigen</translation>
    </message>
    <message>
        <source>&amp;First steps</source>
        <translation>&amp;Erste Schritte</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Tasten</translation>
    </message>
    <message>
        <source>&amp;Report a problem…</source>
        <translation>&amp;Problem melden…</translation>
    </message>
    <message>
        <source>Show the &amp;log folder</source>
        <translation>Protokollo&amp;rdner anzeigen</translation>
    </message>
    <message>
        <source>Check for &amp;updates</source>
        <translation>Nach &amp;Updates suchen</translation>
    </message>
    <message>
        <source>&amp;About VGG Desktop</source>
        <translation>Ü&amp;ber VGG Desktop</translation>
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
        <source>&amp;Network</source>
        <translation>&amp;Netz</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
</context>
<context>
    <name>AnswerPanel</name>
    <message>
        <source>These classes do not exclude each other: each has a probability of its own.</source>
        <translation>Diese Klassen schließen einander nicht aus: jede hat eine eigene Wahrscheinlichkeit.</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>{0} of {1} pictures are done; they are kept. Quit now?</source>
        <translation>{0} von {1} Bildern sind fertig; sie bleiben erhalten. Jetzt beenden?</translation>
    </message>
    <message>
        <source>{0} of {1} pictures are done; results are not remembered. Quit now?</source>
        <translation>{0} von {1} Bildern sind fertig; Ergebnisse werden nicht gemerkt. Jetzt beenden?</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Move the networks</source>
        <translation>Netze verschieben</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Move the downloaded networks to {0}?</source>
        <translation>Die heruntergeladenen Netze nach {0} verschieben?</translation>
    </message>
</context>
<context>
    <name>Bars</name>
    <message>
        <source>Most probable classes</source>
        <translation>Wahrscheinlichste Klassen</translation>
    </message>
    <message>
        <source>Not sure: perhaps {0}</source>
        <translation>Unsicher: vielleicht {0}</translation>
    </message>
</context>
<context>
    <name>Browser</name>
    <message>
        <source>Filter by name or class</source>
        <translation>Nach Name oder Klasse filtern</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Show as a list</source>
        <translation>Als Liste zeigen</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Raster</translation>
    </message>
    <message>
        <source>Show as a grid</source>
        <translation>Als Raster zeigen</translation>
    </message>
    <message>
        <source>No picture matches the filter.</source>
        <translation>Kein Bild passt zum Filter.</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>{0} of {1} shown</source>
        <translation>{0} von {1} angezeigt</translation>
    </message>
    <message>
        <source>{0} selected</source>
        <translation>{0} ausgewählt</translation>
    </message>
</context>
<context>
    <name>Chips</name>
    <message>
        <source>All {0}</source>
        <translation>Alle {0}</translation>
    </message>
    <message>
        <source>Done {0}</source>
        <translation>Fertig {0}</translation>
    </message>
    <message>
        <source>Unsure {0}</source>
        <translation>Unsicher {0}</translation>
    </message>
    <message>
        <source>Failed {0}</source>
        <translation>Fehler {0}</translation>
    </message>
    <message>
        <source>Stopped {0}</source>
        <translation>Abgebrochen {0}</translation>
    </message>
    <message>
        <source>Waiting {0}</source>
        <translation>Wartend {0}</translation>
    </message>
    <message>
        <source>{0}, show only these</source>
        <translation>{0}, nur diese zeigen</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Show only these</source>
        <translation>Nur diese zeigen</translation>
    </message>
    <message>
        <source>Only {0}, show all classes</source>
        <translation>Nur {0}, alle Klassen zeigen</translation>
    </message>
    <message>
        <source>Show all classes</source>
        <translation>Alle Klassen zeigen</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>VGG Desktop</source>
        <translation>VGG Desktop</translation>
    </message>
    <message>
        <source>The log is in {folder}</source>
        <translation>Das Protokoll liegt in {folder}</translation>
    </message>
    <message numerus="yes">
        <source>It has happened %n more time(s) since.</source>
        <translation>
            <numerusform>Seitdem ist es noch %n Mal passiert.</numerusform>
            <numerusform>Seitdem ist es noch %n Mal passiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Details kopieren</translation>
    </message>
    <message>
        <source>Open log folder</source>
        <translation>Protokollordner öffnen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>CrashReporter</name>
    <message>
        <source>VGG Desktop closed unexpectedly last time</source>
        <translation>VGG Desktop wurde beim letzten Mal unerwartet beendet</translation>
    </message>
    <message>
        <source>It crashed, perhaps in the graphics driver. Your pictures and networks are not affected. Please send us the details so we can fix it; nothing is sent automatically.</source>
        <translation>Das Programm ist abgestürzt, vielleicht im Grafiktreiber. Bilder und Netze sind nicht betroffen. Bitte schick uns die Details, damit wir den Fehler beheben können; automatisch wird nichts gesendet.</translation>
    </message>
</context>
<context>
    <name>DeviceCard</name>
    <message>
        <source>Test again</source>
        <translation>Erneut testen</translation>
    </message>
    <message>
        <source>Test {device} again</source>
        <translation>{device} erneut testen</translation>
    </message>
    <message>
        <source>Unavailable: {reason}</source>
        <translation>Nicht verfügbar: {reason}</translation>
    </message>
    <message>
        <source>Not used: it failed its self-test</source>
        <translation>Nicht verwendet: Selbsttest nicht bestanden</translation>
    </message>
    <message>
        <source>Available for some networks</source>
        <translation>Für einige Netze verfügbar</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>Verfügbar</translation>
    </message>
    <message>
        <source>reference for the other devices</source>
        <translation>Referenz für die anderen Geräte</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Verwendung</translation>
    </message>
    <message>
        <source>driver {version}</source>
        <translation>Treiber {version}</translation>
    </message>
    <message numerus="yes">
        <source>%n self-test(s) passed</source>
        <translation>
            <numerusform>%n Selbsttest bestanden</numerusform>
            <numerusform>%n Selbsttests bestanden</numerusform>
        </translation>
    </message>
    <message>
        <source>not tested yet</source>
        <translation>noch nicht getestet</translation>
    </message>
</context>
<context>
    <name>DeviceChip</name>
    <message>
        <source>&amp;Device</source>
        <translation>&amp;Gerät</translation>
    </message>
    <message>
        <source>Auto: {0}</source>
        <translation>Automatisch: {0}</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Testing {0}…</source>
        <translation>{0} wird geprüft…</translation>
    </message>
    <message>
        <source>Running on {0}</source>
        <translation>Läuft auf {0}</translation>
    </message>
    <message>
        <source>First use: checking this device (a few seconds).</source>
        <translation>Erste Verwendung: Das Gerät wird geprüft (einige Sekunden).</translation>
    </message>
    <message>
        <source>Running on {0}. Other devices are unavailable: {1}.</source>
        <translation>Läuft auf {0}. Andere Geräte sind nicht verfügbar: {1}.</translation>
    </message>
    <message>
        <source>Device: {0}</source>
        <translation>Gerät: {0}</translation>
    </message>
    <message>
        <source>Warning: {0}</source>
        <translation>Warnung: {0}</translation>
    </message>
    <message>
        <source>Auto (the fastest that passes its test)</source>
        <translation>Automatisch (das schnellste, das seine Prüfung besteht)</translation>
    </message>
    <message>
        <source>{0} – {1}</source>
        <translation>{0} – {1}</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Looking for other devices…</source>
        <translation>Andere Geräte werden gesucht…</translation>
    </message>
    <message>
        <source>No other device: {0}</source>
        <translation>Kein anderes Gerät: {0}</translation>
    </message>
    <message>
        <source>&amp;Test again</source>
        <translation>Erneut &amp;prüfen</translation>
    </message>
    <message>
        <source>De&amp;vices</source>
        <translation>Ge&amp;räte</translation>
    </message>
</context>
<context>
    <name>DeviceChoice</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
</context>
<context>
    <name>Devices</name>
    <message>
        <source>Exact</source>
        <translation>Exakt</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>{rate} /s</source>
        <translation>{rate} /s</translation>
    </message>
    <message>
        <source>one picture {median} ms, 95 % within {p95} ms</source>
        <translation>ein Bild {median} ms, 95&#xa0;% in höchstens {p95} ms</translation>
    </message>
    <message>
        <source>fastest with {count} at once</source>
        <translation>am schnellsten mit {count} auf einmal</translation>
    </message>
    <message>
        <source>loaded in {load} ms</source>
        <translation>geladen in {load} ms</translation>
    </message>
    <message>
        <source>not used: {reason}</source>
        <translation>nicht verwendet: {reason}</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>noch nicht gemessen</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>{rate} pictures per second</source>
        <translation>{rate} Bilder pro Sekunde</translation>
    </message>
    <message>
        <source>fastest one at a time</source>
        <translation>am schnellsten einzeln</translation>
    </message>
    <message>
        <source>{size} of memory</source>
        <translation>{size} Speicher</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>same class as the CPU on {same} of {pictures} pictures, probabilities differ by at most {difference}</source>
        <translation>bei {same} von {pictures} Bildern dieselbe Klasse wie die CPU, Wahrscheinlichkeiten weichen um höchstens {difference} ab</translation>
    </message>
    <message>
        <source>Pictures per second</source>
        <translation>Bilder pro Sekunde</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Stapelgröße</translation>
    </message>
    <message>
        <source>Loading (ms)</source>
        <translation>Laden (ms)</translation>
    </message>
    <message>
        <source>Median of one picture (ms)</source>
        <translation>Median für ein Bild (ms)</translation>
    </message>
    <message>
        <source>95th percentile (ms)</source>
        <translation>95. Perzentil (ms)</translation>
    </message>
    <message>
        <source>Memory (MB)</source>
        <translation>Speicher (MB)</translation>
    </message>
    <message>
        <source>Same class as the CPU (%)</source>
        <translation>Dieselbe Klasse wie die CPU (%)</translation>
    </message>
    <message>
        <source>Largest difference of a probability (%)</source>
        <translation>Größte Abweichung einer Wahrscheinlichkeit (%)</translation>
    </message>
    <message>
        <source>Measured (UTC)</source>
        <translation>Gemessen (UTC)</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird beendet…</translation>
    </message>
    <message>
        <source>Testing again…</source>
        <translation>Wird erneut getestet…</translation>
    </message>
    <message>
        <source>Waiting for the pictures being classified…</source>
        <translation>Wartet auf die Bilder, die gerade klassifiziert werden…</translation>
    </message>
    <message>
        <source>{percent}: {network}, {device}, {precision}</source>
        <translation>{percent}: {network}, {device}, {precision}</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Which devices can run networks on this computer, how fast they are, and whether their results are correct. Every device is checked against the CPU before its first use.</source>
        <translation>Welche Geräte auf diesem Computer Netze ausführen können, wie schnell sie sind und ob ihre Ergebnisse stimmen. Jedes Gerät wird vor der ersten Verwendung mit der CPU verglichen.</translation>
    </message>
    <message>
        <source>What to measure</source>
        <translation>Was gemessen wird</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation>Als Tabelle kopieren</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>Diagnose kopieren</translation>
    </message>
    <message>
        <source>Looking for the devices…</source>
        <translation>Die Geräte werden gesucht…</translation>
    </message>
    <message>
        <source>No network is installed yet. Download or import one to measure it.</source>
        <translation>Noch ist kein Netz installiert. Zum Messen eines herunterladen oder importieren.</translation>
    </message>
    <message>
        <source>Nothing has been measured yet. Measuring takes up to half a minute per line below; no pictures are classified meanwhile.</source>
        <translation>Es wurde noch nichts gemessen. Eine Messung dauert bis zu einer halben Minute je Zeile unten; währenddessen werden keine Bilder klassifiziert.</translation>
    </message>
    <message>
        <source>All installed</source>
        <translation>Alle installierten</translation>
    </message>
    <message>
        <source>{network} is running on {device}.</source>
        <translation>{network} läuft auf {device}.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>What a drop would do</source>
        <translation>Wirkung des Ablegens</translation>
    </message>
</context>
<context>
    <name>ErrorPanel</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Details kopieren</translation>
    </message>
    <message>
        <source>Remove from list</source>
        <translation>Aus der Liste entfernen</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>That did not work</source>
        <translation>Das hat nicht geklappt</translation>
    </message>
    <message>
        <source>That did not work.</source>
        <translation>Das hat nicht geklappt.</translation>
    </message>
    <message>
        <source>The download failed</source>
        <translation>Das Herunterladen ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>The download from {url} failed: {reason}. What has arrived is kept. Check the connection and try again.</source>
        <translation>Das Herunterladen von {url} ist fehlgeschlagen: {reason}. Was schon da ist, bleibt erhalten. Die Verbindung prüfen und erneut versuchen.</translation>
    </message>
    <message>
        <source>The server does not offer the file</source>
        <translation>Der Server bietet die Datei nicht an</translation>
    </message>
    <message>
        <source>{url} answered {status} instead of the file. Try again later, or download the file with a browser and import it.</source>
        <translation>{url} hat mit {status} statt mit der Datei geantwortet. Später erneut versuchen, oder die Datei mit einem Browser herunterladen und importieren.</translation>
    </message>
    <message>
        <source>This is not a network</source>
        <translation>Das ist kein Netz</translation>
    </message>
    <message>
        <source>{source} is not a network but {found}. Download the file itself and try again.</source>
        <translation>{source} ist kein Netz, sondern {found}. Die Datei selbst herunterladen und erneut versuchen.</translation>
    </message>
    <message>
        <source>Downloads are switched off</source>
        <translation>Downloads sind ausgeschaltet</translation>
    </message>
    <message>
        <source>{name} is not downloaded: your administrator has switched this off. Its file can be imported.</source>
        <translation>{name} wird nicht geladen: Die Administration hat das ausgeschaltet. Die Datei lässt sich importieren.</translation>
    </message>
    <message>
        <source>The file is damaged or not the published one</source>
        <translation>Die Datei ist beschädigt oder nicht die veröffentlichte</translation>
    </message>
    <message>
        <source>{source} is damaged or not the published file: expected {expected}, found {actual}. It is not used; download it again.</source>
        <translation>{source} ist beschädigt oder nicht die veröffentlichte Datei: erwartet {expected}, gefunden {actual}. Die Datei wird nicht verwendet; erneut herunterladen.</translation>
    </message>
    <message>
        <source>A file could not be read or written</source>
        <translation>Eine Datei konnte nicht gelesen oder geschrieben werden</translation>
    </message>
    <message>
        <source>{path} could not be read or written: {reason}.</source>
        <translation>{path} konnte nicht gelesen oder geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>{path} cannot be used: {reason}. Correct the file.</source>
        <translation>{path} ist nicht verwendbar: {reason}. Die Datei berichtigen.</translation>
    </message>
    <message>
        <source>There is no such network</source>
        <translation>Dieses Netz gibt es nicht</translation>
    </message>
    <message>
        <source>There is no network called {id}. Known: {known}.</source>
        <translation>Es gibt kein Netz namens {id}. Bekannt sind: {known}.</translation>
    </message>
    <message>
        <source>The network is not on this computer</source>
        <translation>Das Netz ist nicht auf diesem Computer</translation>
    </message>
    <message>
        <source>{name} is not on this computer yet. Download it first.</source>
        <translation>{name} ist noch nicht auf diesem Computer. Zuerst herunterladen.</translation>
    </message>
    <message>
        <source>The network cannot be used</source>
        <translation>Das Netz ist nicht verwendbar</translation>
    </message>
    <message>
        <source>{path} cannot be used as a network: {reason}.</source>
        <translation>{path} ist nicht als Netz verwendbar: {reason}.</translation>
    </message>
    <message>
        <source>{name} cannot be used in its fast form: {reason}.</source>
        <translation>{name} kann nicht in der schnellen Form verwendet werden: {reason}.</translation>
    </message>
    <message>
        <source>The network cannot be used in this form</source>
        <translation>Das Netz kann in dieser Form nicht verwendet werden</translation>
    </message>
    <message>
        <source>{name} cannot be used in the form {form}: {reason}.</source>
        <translation>{name} kann in der Form {form} nicht verwendet werden: {reason}.</translation>
    </message>
    <message>
        <source>This device cannot be used</source>
        <translation>Dieses Gerät kann nicht verwendet werden</translation>
    </message>
    <message>
        <source>The device {id} cannot be used: {reason}. Available: {offered}.</source>
        <translation>Das Gerät {id} kann nicht verwendet werden: {reason}. Verfügbar sind: {offered}.</translation>
    </message>
    <message>
        <source>The networks cannot be run</source>
        <translation>Die Netze können nicht ausgeführt werden</translation>
    </message>
    <message>
        <source>onnxruntime cannot be used: {reason}. Uninstall every build of it and install one again.</source>
        <translation>onnxruntime kann nicht verwendet werden: {reason}. Alle Fassungen davon entfernen und eine neu installieren.</translation>
    </message>
    <message>
        <source>The device is not used</source>
        <translation>Das Gerät wird nicht verwendet</translation>
    </message>
    <message>
        <source>{device} is not used: {reason}. Choose another device, or let the app choose.</source>
        <translation>{device} wird nicht verwendet: {reason}. Wähle ein anderes Gerät, oder lass das Programm wählen.</translation>
    </message>
    <message>
        <source>The network needs more details</source>
        <translation>Zum Netz fehlen noch Angaben</translation>
    </message>
    <message>
        <source>{path} needs more before it can be used: {reason}.</source>
        <translation>{path} braucht noch Angaben, bevor es verwendbar ist: {reason}.</translation>
    </message>
    <message>
        <source>A library of the system is missing</source>
        <translation>Eine Bibliothek des Systems fehlt</translation>
    </message>
    <message>
        <source>The picture could not be read</source>
        <translation>Das Bild konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>{path} could not be read: {reason}.</source>
        <translation>{path} konnte nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>The picture is too large</source>
        <translation>Das Bild ist zu groß</translation>
    </message>
    <message>
        <source>{path} cannot be used to evaluate a network: {reason}. Choose a folder with one sub-folder per class, named by WordNet id, by index or by name.</source>
        <translation>Mit {path} kann kein Netz ausgewertet werden: {reason}. Wähle einen Ordner mit einem Unterordner je Klasse, benannt nach WordNet-ID, Nummer oder Name.</translation>
    </message>
    <message>
        <source>The picture could not be fetched</source>
        <translation>Das Bild konnte nicht abgerufen werden</translation>
    </message>
    <message>
        <source>Fetching {url} failed: {reason}. Check the link, or save the picture and open the file.</source>
        <translation>{url} konnte nicht abgerufen werden: {reason}. Den Link prüfen, oder das Bild speichern und die Datei öffnen.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s settings cannot be used</source>
        <translation>Die Einstellungen der Administration sind nicht lesbar</translation>
    </message>
    <message>
        <source>{path} cannot be used: {reason}. Until it is corrected, links, downloads, updates and history are off.</source>
        <translation>{path} lässt sich nicht verwenden: {reason}. Bis das behoben ist, sind Links, Downloads, Updates und der Verlauf ausgeschaltet.</translation>
    </message>
    <message>
        <source>Results are not remembered</source>
        <translation>Ergebnisse werden nicht gemerkt</translation>
    </message>
    <message>
        <source>{path} cannot be used: {reason}. What is computed now is shown, but not remembered.</source>
        <translation>{path} ist nicht verwendbar: {reason}. Was jetzt berechnet wird, wird angezeigt, aber nicht gemerkt.</translation>
    </message>
    <message>
        <source>There is no display</source>
        <translation>Es gibt keinen Bildschirm</translation>
    </message>
    <message>
        <source>There is no home folder</source>
        <translation>Es gibt keinen persönlichen Ordner</translation>
    </message>
    <message>
        <source>There is no home folder for the files of the app (HOME is not set). Set the environment variable VGG_DESKTOP_HOME to a folder that may be written to.</source>
        <translation>Es gibt keinen persönlichen Ordner für die Dateien der App (HOME ist nicht gesetzt). Setze die Umgebungsvariable VGG_DESKTOP_HOME auf einen Ordner, in den geschrieben werden darf.</translation>
    </message>
    <message>
        <source>permission was denied</source>
        <translation>Die Berechtigung fehlt</translation>
    </message>
    <message>
        <source>the operation is not permitted</source>
        <translation>Der Vorgang ist nicht erlaubt</translation>
    </message>
    <message>
        <source>it is in use by another program; close that and try again</source>
        <translation>ein anderes Programm verwendet es gerade; schließe es und versuche es noch einmal</translation>
    </message>
    <message>
        <source>there is no such file or folder</source>
        <translation>Diese Datei oder diesen Ordner gibt es nicht</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>Das ist ein Ordner</translation>
    </message>
    <message>
        <source>part of its path is not a folder</source>
        <translation>Ein Teil des Pfads ist kein Ordner</translation>
    </message>
    <message>
        <source>a file of this name exists already</source>
        <translation>Eine Datei dieses Namens gibt es schon</translation>
    </message>
    <message>
        <source>its name is too long</source>
        <translation>Der Name ist zu lang</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>Der Datenträger ist voll</translation>
    </message>
    <message>
        <source>your quota on this disk is used up</source>
        <translation>Das Speicherkontingent auf diesem Datenträger ist ausgeschöpft</translation>
    </message>
    <message>
        <source>the disk reports an input/output error</source>
        <translation>Der Datenträger meldet einen Ein-/Ausgabefehler</translation>
    </message>
    <message>
        <source>too many files are open</source>
        <translation>Zu viele Dateien sind geöffnet</translation>
    </message>
    <message>
        <source>the disk did not answer in time</source>
        <translation>Der Datenträger hat nicht rechtzeitig geantwortet</translation>
    </message>
    <message>
        <source>the network drive has changed or was disconnected</source>
        <translation>Das Netzlaufwerk hat sich geändert oder wurde getrennt</translation>
    </message>
    <message>
        <source>the system says: {text}</source>
        <translation>Das System meldet: {text}</translation>
    </message>
    <message>
        <source>the system does not say why</source>
        <translation>Das System nennt keinen Grund</translation>
    </message>
    <message>
        <source>{text}</source>
        <translation>{text}</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>Die Datei ist leer</translation>
    </message>
    <message>
        <source>it has {size}; the limit is {limit}</source>
        <translation>Die Datei ist {size} groß; die Grenze liegt bei {limit}</translation>
    </message>
    <message>
        <source>it is {found}, not a picture of a supported kind ({kinds})</source>
        <translation>Das ist {found} und kein Bild einer unterstützten Art ({kinds})</translation>
    </message>
    <message>
        <source>it is not a picture of a supported kind ({kinds})</source>
        <translation>Das ist kein Bild einer unterstützten Art ({kinds})</translation>
    </message>
    <message>
        <source>{kind} pictures cannot be decoded on this system; save it as JPEG and try again</source>
        <translation>{kind}-Bilder lassen sich auf diesem System nicht decodieren; das Bild als JPEG speichern und erneut versuchen</translation>
    </message>
    <message>
        <source>it has more pixels than are safe to decode</source>
        <translation>Das Bild hat mehr Pixel, als sich gefahrlos decodieren lassen</translation>
    </message>
    <message>
        <source>it has {width} x {height} pixels; no side may have more than {limit}</source>
        <translation>Das Bild hat {width} × {height} Pixel; keine Seite darf mehr als {limit} haben</translation>
    </message>
    <message>
        <source>there is not enough memory to decode it</source>
        <translation>Der Arbeitsspeicher reicht zum Decodieren nicht aus</translation>
    </message>
    <message>
        <source>it takes more than {seconds} seconds to decode</source>
        <translation>das Decodieren dauert länger als {seconds} Sekunden</translation>
    </message>
    <message>
        <source>its text or colour profile is too large to unpack</source>
        <translation>Die Texte oder das Farbprofil darin sind zum Entpacken zu groß</translation>
    </message>
    <message>
        <source>it is damaged, or of a rare variant that is not supported</source>
        <translation>Die Datei ist beschädigt oder von einer seltenen Variante, die nicht unterstützt wird</translation>
    </message>
    <message>
        <source>it is cut off after about {percent} %</source>
        <translation>Die Datei ist nach etwa {percent}&#xa0;% abgeschnitten</translation>
    </message>
    <message>
        <source>it is cut off</source>
        <translation>Die Datei ist abgeschnitten</translation>
    </message>
    <message>
        <source>it has several pages, and only the first one is used</source>
        <translation>die Datei hat mehrere Seiten, und nur die erste wird verwendet</translation>
    </message>
    <message>
        <source>it contains several pictures, and only the main one is used</source>
        <translation>die Datei enthält mehrere Bilder, und nur das Hauptbild wird verwendet</translation>
    </message>
    <message>
        <source>it is very large, and is decoded at a part of its size</source>
        <translation>es ist sehr groß und wird in einem Teil seiner Größe dekodiert</translation>
    </message>
    <message>
        <source>it is an animation, and only one frame is used</source>
        <translation>es ist eine Animation, und nur ein Einzelbild wird verwendet</translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation>ein PDF-Dokument</translation>
    </message>
    <message>
        <source>an archive or an office document</source>
        <translation>ein Archiv oder ein Office-Dokument</translation>
    </message>
    <message>
        <source>a JPEG XL picture</source>
        <translation>ein JPEG-XL-Bild</translation>
    </message>
    <message>
        <source>a camera raw file</source>
        <translation>eine Raw-Datei einer Kamera</translation>
    </message>
    <message>
        <source>a Photoshop document</source>
        <translation>ein Photoshop-Dokument</translation>
    </message>
    <message>
        <source>an icon</source>
        <translation>ein Symbol</translation>
    </message>
    <message>
        <source>a PostScript document</source>
        <translation>ein PostScript-Dokument</translation>
    </message>
    <message>
        <source>a video or a picture of another kind</source>
        <translation>ein Video oder ein Bild anderer Art</translation>
    </message>
    <message>
        <source>a web page</source>
        <translation>eine Webseite</translation>
    </message>
    <message>
        <source>an SVG drawing</source>
        <translation>eine SVG-Zeichnung</translation>
    </message>
    <message>
        <source>a Git LFS pointer</source>
        <translation>ein Git-LFS-Zeiger</translation>
    </message>
    <message>
        <source>an error message of the server</source>
        <translation>eine Fehlermeldung des Servers</translation>
    </message>
    <message>
        <source>an XML document</source>
        <translation>ein XML-Dokument</translation>
    </message>
    <message>
        <source>a JSON document</source>
        <translation>ein JSON-Dokument</translation>
    </message>
    <message>
        <source>the server refused the connection</source>
        <translation>Der Server hat die Verbindung abgelehnt</translation>
    </message>
    <message>
        <source>the server&apos;s name was not found, perhaps because there is no connection</source>
        <translation>Der Name des Servers wurde nicht gefunden, vielleicht weil keine Verbindung besteht</translation>
    </message>
    <message>
        <source>the server did not answer in time</source>
        <translation>Der Server hat nicht rechtzeitig geantwortet</translation>
    </message>
    <message>
        <source>the network connection was lost</source>
        <translation>Die Netzwerkverbindung ging verloren</translation>
    </message>
    <message>
        <source>there is no network connection</source>
        <translation>Es besteht keine Netzwerkverbindung</translation>
    </message>
    <message>
        <source>the server redirects in a circle</source>
        <translation>Der Server leitet im Kreis weiter</translation>
    </message>
    <message>
        <source>the server redirects to an address without encryption</source>
        <translation>Der Server leitet zu einer Adresse ohne Verschlüsselung weiter</translation>
    </message>
    <message>
        <source>the proxy refused the connection</source>
        <translation>Der Proxy hat die Verbindung abgelehnt</translation>
    </message>
    <message>
        <source>the proxy closed the connection</source>
        <translation>Der Proxy hat die Verbindung geschlossen</translation>
    </message>
    <message>
        <source>the proxy&apos;s name was not found</source>
        <translation>Der Name des Proxys wurde nicht gefunden</translation>
    </message>
    <message>
        <source>the proxy did not answer in time</source>
        <translation>Der Proxy hat nicht rechtzeitig geantwortet</translation>
    </message>
    <message>
        <source>the proxy requires a user name and a password</source>
        <translation>Der Proxy verlangt einen Benutzernamen und ein Passwort</translation>
    </message>
    <message>
        <source>the address begins neither with https:// nor with http://</source>
        <translation>Die Adresse beginnt weder mit https:// noch mit http://</translation>
    </message>
    <message>
        <source>the server&apos;s answer could not be understood</source>
        <translation>Die Antwort des Servers war nicht verständlich</translation>
    </message>
    <message>
        <source>the server&apos;s certificate is not trusted here ({text})</source>
        <translation>Dem Zertifikat des Servers wird hier nicht vertraut ({text})</translation>
    </message>
    <message>
        <source>nothing arrived for {seconds} seconds</source>
        <translation>Seit {seconds} Sekunden kam nichts an</translation>
    </message>
    <message>
        <source>it sends less than {speed} per second</source>
        <translation>Der Server sendet weniger als {speed} pro Sekunde</translation>
    </message>
    <message>
        <source>the server answered {status}</source>
        <translation>Der Server hat mit {status} geantwortet</translation>
    </message>
    <message>
        <source>the server sent the file compressed ({encoding}), which was not requested</source>
        <translation>Der Server hat die Datei unverlangt komprimiert gesendet ({encoding})</translation>
    </message>
    <message>
        <source>the server sent a different part of the file than was requested</source>
        <translation>Der Server hat einen anderen Teil der Datei gesendet als verlangt</translation>
    </message>
    <message>
        <source>the server sent nothing</source>
        <translation>Der Server hat nichts gesendet</translation>
    </message>
    <message>
        <source>it has more than {limit}</source>
        <translation>Die Datei ist größer als {limit}</translation>
    </message>
    <message>
        <source>the answer is not what was expected</source>
        <translation>Die Antwort entspricht nicht der erwarteten</translation>
    </message>
    <message>
        <source>your administrator has switched this off</source>
        <translation>die Administration hat das ausgeschaltet</translation>
    </message>
    <message>
        <source>it is {found}, not a picture</source>
        <translation>Das ist {found} und kein Bild</translation>
    </message>
    <message>
        <source>it is not a picture of a supported kind</source>
        <translation>Das ist kein Bild einer unterstützten Art</translation>
    </message>
    <message>
        <source>{count} bytes</source>
        <translation>{count} Bytes</translation>
    </message>
    <message>
        <source>SHA-256 {digest}</source>
        <translation>SHA-256 {digest}</translation>
    </message>
    <message>
        <source>a different one (the file changed meanwhile)</source>
        <translation>eine andere (die Datei wurde inzwischen geändert)</translation>
    </message>
    <message>
        <source>it has {count} outputs, and none of them is one row of numbers for each picture</source>
        <translation>es hat {count} Ausgaben, und keine davon ist eine Zeile von Zahlen je Bild</translation>
    </message>
    <message>
        <source>its input is {type}; floating-point numbers or bytes would work</source>
        <translation>seine Eingabe ist {type}; Gleitkommazahlen oder Bytes würden gehen</translation>
    </message>
    <message>
        <source>its input has {count} channels; a picture has three, or one in grey</source>
        <translation>seine Eingabe hat {count} Kanäle; ein Bild hat drei, oder einen in Grau</translation>
    </message>
    <message>
        <source>it is {title}, which the app knows: its own id, labels and preprocessing are used</source>
        <translation>es ist {title}, das die App kennt: dessen eigene Kennung, Klassennamen und Vorverarbeitung werden verwendet</translation>
    </message>
    <message>
        <source>its input is {width} x {height} pixels, and `crop` says {crop}</source>
        <translation>seine Eingabe ist {width} x {height} Pixel groß, und `crop` sagt {crop}</translation>
    </message>
    <message>
        <source>its input has {count} channels, and `channels` says {channels}</source>
        <translation>seine Eingabe hat {count} Kanäle, und `channels` sagt {channels}</translation>
    </message>
    <message>
        <source>its input is a row of {count} numbers; preprocessing with the height and width is needed</source>
        <translation>seine Eingabe ist eine Zeile von {count} Zahlen; eine Vorverarbeitung mit Höhe und Breite ist nötig</translation>
    </message>
    <message>
        <source>its input is a row of {count} numbers, and preprocessing makes {shape}</source>
        <translation>seine Eingabe ist eine Zeile von {count} Zahlen, und die Vorverarbeitung macht {shape}</translation>
    </message>
    <message>
        <source>its input takes whole numbers from 0 to 255; `scale` must be 1, without `mean` and `std`</source>
        <translation>seine Eingabe nimmt ganze Zahlen von 0 bis 255; `scale` muss 1 sein, ohne `mean` und `std`</translation>
    </message>
    <message>
        <source>its classes are not ImageNet&apos;s; to find its preprocessing, a folder of pictures with one sub-folder per class is needed</source>
        <translation>seine Klassen sind nicht die von ImageNet; um seine Vorverarbeitung zu finden, ist ein Bilderordner mit einem Unterordner je Klasse nötig</translation>
    </message>
    <message>
        <source>it has {classes} classes, and the labels name {labels}</source>
        <translation>es hat {classes} Klassen, und genannt werden {labels}</translation>
    </message>
    <message>
        <source>its outputs are {found}, and not {said} as `outputs` says</source>
        <translation>seine Ausgaben sind {found} und nicht {said}, wie `outputs` sagt</translation>
    </message>
    <message>
        <source>its colour channels are last</source>
        <translation>seine Farbkanäle stehen hinten</translation>
    </message>
    <message>
        <source>it takes grey pictures</source>
        <translation>es nimmt graue Bilder</translation>
    </message>
    <message>
        <source>it takes bytes, from 0 to 255</source>
        <translation>es nimmt Bytes von 0 bis 255</translation>
    </message>
    <message>
        <source>it computes in double precision, and runs in single precision</source>
        <translation>es rechnet in doppelter Genauigkeit und läuft in einfacher</translation>
    </message>
    <message>
        <source>of its {count} outputs, {name} is used</source>
        <translation>von seinen {count} Ausgaben wird {name} verwendet</translation>
    </message>
    <message>
        <source>its outputs are percent</source>
        <translation>seine Ausgaben sind Prozent</translation>
    </message>
    <message>
        <source>its classes do not exclude each other: each has a probability of its own</source>
        <translation>seine Klassen schließen einander nicht aus: jede hat eine eigene Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>its one output is the probability of the second class</source>
        <translation>seine eine Ausgabe ist die Wahrscheinlichkeit der zweiten Klasse</translation>
    </message>
    <message>
        <source>its first class is taken for the background, followed by ImageNet&apos;s 1000</source>
        <translation>seine erste Klasse gilt als Hintergrund, danach folgen die 1000 von ImageNet</translation>
    </message>
    <message>
        <source>its labels are taken from {file}</source>
        <translation>seine Klassennamen stammen aus {file}</translation>
    </message>
    <message>
        <source>its preprocessing is taken from {file}</source>
        <translation>seine Vorverarbeitung stammt aus {file}</translation>
    </message>
    <message>
        <source>it has 1000 classes, which are taken for ImageNet&apos;s</source>
        <translation>es hat 1000 Klassen, die als die von ImageNet gelten</translation>
    </message>
    <message>
        <source>the archive is damaged or cut off</source>
        <translation>Das Archiv ist beschädigt oder abgeschnitten</translation>
    </message>
    <message>
        <source>the archive is empty</source>
        <translation>Das Archiv ist leer</translation>
    </message>
    <message>
        <source>the archive has a password; unpack it and import the ONNX file</source>
        <translation>Das Archiv hat ein Passwort; es entpacken und die ONNX-Datei importieren</translation>
    </message>
    <message>
        <source>the archive is compressed in a rare way; unpack it and import the ONNX file</source>
        <translation>Das Archiv ist auf eine seltene Art komprimiert; es entpacken und die ONNX-Datei importieren</translation>
    </message>
    <message>
        <source>the archive holds a file whose name is unsafe: {name}</source>
        <translation>Das Archiv enthält eine Datei mit unsicherem Namen: {name}</translation>
    </message>
    <message>
        <source>the archive holds a link: {name}</source>
        <translation>Das Archiv enthält eine Verknüpfung: {name}</translation>
    </message>
    <message>
        <source>the archive holds more than {limit} files; unpack it and import the ONNX file</source>
        <translation>Das Archiv enthält mehr als {limit} Dateien; es entpacken und die ONNX-Datei importieren</translation>
    </message>
    <message>
        <source>the archive unpacks to {size}; the limit is {limit}</source>
        <translation>Das Archiv ist entpackt {size} groß; die Grenze ist {limit}</translation>
    </message>
    <message>
        <source>the archive holds several ONNX files ({names}); unpack it and import one of them</source>
        <translation>Das Archiv enthält mehrere ONNX-Dateien ({names}); es entpacken und eine davon importieren</translation>
    </message>
    <message>
        <source>the archive holds a network of {program} ({name}) and no ONNX file; {converter} can make one from it</source>
        <translation>Das Archiv enthält ein Netz von {program} ({name}) und keine ONNX-Datei; {converter} kann daraus eine machen</translation>
    </message>
    <message>
        <source>the archive holds no ONNX file, but {names}</source>
        <translation>Das Archiv enthält keine ONNX-Datei, sondern {names}</translation>
    </message>
    <message>
        <source>{values}, channels {channels}; {geometry}, {interpolation} interpolation</source>
        <translation>{values}, Kanäle {channels}; {geometry}, Interpolation {interpolation}</translation>
    </message>
    <message>
        <source>resized to cover {resize} and cropped to {crop}</source>
        <translation>auf mindestens {resize} skaliert und auf {crop} beschnitten</translation>
    </message>
    <message>
        <source>squashed to {resize} and cropped to {crop}</source>
        <translation>auf {resize} gestaucht und auf {crop} beschnitten</translation>
    </message>
    <message>
        <source>the mean and standard deviation of ImageNet</source>
        <translation>Mittelwert und Standardabweichung von ImageNet</translation>
    </message>
    <message>
        <source>values from -1 to 1</source>
        <translation>Werte von -1 bis 1</translation>
    </message>
    <message>
        <source>values from 0 to 1</source>
        <translation>Werte von 0 bis 1</translation>
    </message>
    <message>
        <source>values from 0 to 255</source>
        <translation>Werte von 0 bis 255</translation>
    </message>
    <message>
        <source>values up to 255 less the mean of ImageNet</source>
        <translation>Werte bis 255 abzüglich des Mittelwerts von ImageNet</translation>
    </message>
    <message>
        <source>values less 127, divided by 128</source>
        <translation>Werte abzüglich 127, geteilt durch 128</translation>
    </message>
    <message>
        <source>values divided by {scale}, less {mean}, divided by {std}</source>
        <translation>Werte geteilt durch {scale}, abzüglich {mean}, geteilt durch {std}</translation>
    </message>
    <message>
        <source>its preprocessing fits: right on {right} of {count} known pictures, with {percent} % for the right class on average</source>
        <translation>die Vorverarbeitung passt: bei {right} von {count} bekannten Bildern richtig, mit durchschnittlich {percent}&#xa0;% für die richtige Klasse</translation>
    </message>
    <message>
        <source>another preprocessing fits better: right on {right} of {count} known pictures, with {percent} % for the right class on average, and the one in use on {usual}, with {usual_percent} %; the better one is: {preprocessing}</source>
        <translation>eine andere Vorverarbeitung passt besser: bei {right} von {count} bekannten Bildern richtig, mit durchschnittlich {percent}&#xa0;% für die richtige Klasse, die verwendete bei {usual}, mit {usual_percent}&#xa0;%; die bessere ist: {preprocessing}</translation>
    </message>
    <message>
        <source>a better preprocessing was found by trial: right on {right} of {count} known pictures, with {percent} % for the right class on average, and the usual one on {usual}, with {usual_percent} %; it is: {preprocessing}</source>
        <translation>eine bessere Vorverarbeitung wurde durch Ausprobieren gefunden: bei {right} von {count} bekannten Bildern richtig, mit durchschnittlich {percent}&#xa0;% für die richtige Klasse, die übliche bei {usual}, mit {usual_percent}&#xa0;%; nämlich: {preprocessing}</translation>
    </message>
    <message>
        <source>no usual preprocessing fits: right on {right} of {count} known pictures at best</source>
        <translation>keine übliche Vorverarbeitung passt: bestenfalls bei {right} von {count} bekannten Bildern richtig</translation>
    </message>
    <message>
        <source>its driver stopped or was restarted ({code})</source>
        <translation>sein Treiber ist abgestürzt oder wurde neu gestartet ({code})</translation>
    </message>
    <message>
        <source>its driver stopped or was restarted earlier; start the program again to use it</source>
        <translation>sein Treiber ist vorhin abgestürzt oder wurde neu gestartet; starte das Programm neu, um es zu benutzen</translation>
    </message>
    <message>
        <source>there is not enough memory on it for this network</source>
        <translation>sein Speicher reicht für dieses Netz nicht aus</translation>
    </message>
    <message>
        <source>your administrator has chosen another device</source>
        <translation>die Administration hat ein anderes Gerät gewählt</translation>
    </message>
    <message>
        <source>the network is in a shared folder, which is only read</source>
        <translation>das Netz liegt in einem gemeinsamen Ordner, der nur gelesen wird</translation>
    </message>
    <message>
        <source>`{key}` must be a number, or one number for each channel</source>
        <translation>`{key}` muss eine Zahl sein oder eine Zahl für jeden Kanal</translation>
    </message>
    <message>
        <source>it was written by a newer version of VGG Desktop</source>
        <translation>sie wurde von einer neueren Version von VGG Desktop geschrieben</translation>
    </message>
    <message>
        <source>There is not enough space on the disk</source>
        <translation>Auf dem Datenträger ist nicht genug Platz</translation>
    </message>
    <message>
        <source>{path} needs {needed} more, but the disk has only {free} free. Free some space, or choose another folder, and try again.</source>
        <translation>{path} braucht noch {needed}, auf dem Datenträger sind aber nur {free} frei. Platz schaffen oder einen anderen Ordner wählen und erneut versuchen.</translation>
    </message>
    <message>
        <source>Another operation is in progress</source>
        <translation>Ein anderer Vorgang läuft gerade</translation>
    </message>
    <message>
        <source>A file that describes networks is invalid</source>
        <translation>Eine Datei mit Angaben zu Netzen ist ungültig</translation>
    </message>
    <message>
        <source>Fast is not available for this network</source>
        <translation>„Schnell“ ist für dieses Netz nicht verfügbar</translation>
    </message>
    <message>
        <source>Nothing can be downloaded, for a library of the system is missing: {name}. Install it and try again (libgssapi_krb5 is in the package libgssapi-krb5-2 of Debian and Ubuntu).</source>
        <translation>Herunterladen ist nicht möglich, denn eine Bibliothek des Systems fehlt: {name}. Installiere sie und versuche es noch einmal (libgssapi_krb5 ist bei Debian und Ubuntu im Paket libgssapi-krb5-2).</translation>
    </message>
    <message>
        <source>{path} has {width} x {height} pixels ({megapixels} megapixels); the limit is {limit}. Make a smaller copy and try again.</source>
        <translation>{path} hat {width} × {height} Pixel ({megapixels} Megapixel); die Grenze liegt bei {limit}. Eine kleinere Kopie erstellen und erneut versuchen.</translation>
    </message>
    <message>
        <source>The folder has no sub-folders per class</source>
        <translation>Der Ordner hat keine Unterordner je Klasse</translation>
    </message>
    <message>
        <source>The check for updates failed</source>
        <translation>Die Suche nach Updates ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>Checking {url} for updates failed: {reason}. Try again later.</source>
        <translation>Bei {url} konnte nicht nach Updates gesucht werden: {reason}. Versuche es später noch einmal.</translation>
    </message>
    <message>
        <source>There is no display to open a window on. Without one, use: vgg-desktop classify PICTURE</source>
        <translation>Es gibt keinen Bildschirm für ein Fenster. Ohne geht es so: vgg-desktop classify BILD</translation>
    </message>
    <message>
        <source>the disk is read-only</source>
        <translation>Der Datenträger ist schreibgeschützt</translation>
    </message>
    <message>
        <source>this name is not allowed for a file</source>
        <translation>Dieser Dateiname ist nicht erlaubt</translation>
    </message>
    <message>
        <source>it is not a regular file</source>
        <translation>Das ist keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>the connection was interrupted</source>
        <translation>Die Verbindung wurde unterbrochen</translation>
    </message>
    <message>
        <source>{reason}; attempt {attempt} of {attempts} at {host} in {seconds} s</source>
        <translation>{reason}; Versuch {attempt} von {attempts} bei {host} in {seconds} s</translation>
    </message>
    <message>
        <source>the checksum is wrong</source>
        <translation>die Prüfsumme stimmt nicht</translation>
    </message>
    <message>
        <source>the checksum is wrong; trying {host} once more, from the start</source>
        <translation>die Prüfsumme stimmt nicht; {host} wird noch einmal von vorn versucht</translation>
    </message>
    <message>
        <source>{reason}; trying {host}</source>
        <translation>{reason}; jetzt wird {host} versucht</translation>
    </message>
    <message>
        <source>{reason}; nor could it be downloaded from {hosts}</source>
        <translation>{reason}; auch von {hosts} ließ sie sich nicht herunterladen</translation>
    </message>
    <message>
        <source>it was truncated while it was read</source>
        <translation>Die Datei wurde beim Lesen kürzer</translation>
    </message>
    <message>
        <source>it is cut off or is not an ONNX file</source>
        <translation>Die Datei ist abgeschnitten oder keine ONNX-Datei</translation>
    </message>
    <message>
        <source>it is damaged or is not an ONNX file</source>
        <translation>Die Datei ist beschädigt oder keine ONNX-Datei</translation>
    </message>
    <message>
        <source>the weights {name} are cut off</source>
        <translation>Die Gewichte {name} sind abgeschnitten</translation>
    </message>
    <message>
        <source>its graph is nested too deeply</source>
        <translation>Der Graph des Netzes ist zu tief verschachtelt</translation>
    </message>
    <message>
        <source>it uses sparse weights, which are not supported</source>
        <translation>Das Netz verwendet dünn besetzte Gewichte, die nicht unterstützt werden</translation>
    </message>
    <message>
        <source>it has too many parts to be an image classifier</source>
        <translation>Das Netz hat zu viele Teile für einen Bildklassifikator</translation>
    </message>
    <message>
        <source>its functions call each other too many times</source>
        <translation>seine Funktionen rufen einander zu oft auf</translation>
    </message>
    <message>
        <source>a part of it is compiled for one kind of device</source>
        <translation>ein Teil davon ist für eine bestimmte Art von Gerät übersetzt</translation>
    </message>
    <message>
        <source>a name in it is not UTF-8 text</source>
        <translation>Ein Name darin ist kein UTF-8-Text</translation>
    </message>
    <message>
        <source>it has no result named {name}</source>
        <translation>Es hat kein Ergebnis mit dem Namen {name}</translation>
    </message>
    <message>
        <source>some of its weights are too large for 32-bit floating-point numbers</source>
        <translation>Einige seiner Gewichte sind zu groß für Gleitkommazahlen mit 32 Bit</translation>
    </message>
    <message>
        <source>its operation {name} needs 64-bit floating-point numbers</source>
        <translation>Seine Operation {name} braucht Gleitkommazahlen mit 64 Bit</translation>
    </message>
    <message>
        <source>onnxruntime says: {text}</source>
        <translation>onnxruntime meldet: {text}</translation>
    </message>
    <message>
        <source>it crashes as soon as it is loaded</source>
        <translation>es stürzt ab, sobald es geladen wird</translation>
    </message>
    <message>
        <source>it makes onnxruntime crash</source>
        <translation>onnxruntime stürzt damit ab</translation>
    </message>
    <message>
        <source>onnxruntime had not finished with it after {seconds} s</source>
        <translation>onnxruntime war nach {seconds} s noch nicht damit fertig</translation>
    </message>
    <message>
        <source>it takes more than {limit} of memory</source>
        <translation>es braucht mehr als {limit} Arbeitsspeicher</translation>
    </message>
    <message>
        <source>there is not enough memory to load it</source>
        <translation>der Arbeitsspeicher reicht nicht, um es zu laden</translation>
    </message>
    <message>
        <source>a classifier has one input, the picture, and this network has {count}</source>
        <translation>Ein Klassifikator hat eine Eingabe, das Bild, dieses Netz hat {count}</translation>
    </message>
    <message>
        <source>its output has the shape {shape}, not one row of classes per picture</source>
        <translation>Die Ausgabe hat die Form {shape} statt einer Zeile mit Klassen je Bild</translation>
    </message>
    <message>
        <source>its results are not finite numbers</source>
        <translation>Die Ergebnisse sind keine endlichen Zahlen</translation>
    </message>
    <message>
        <source>its input has {count} dimensions, and a batch of pictures has four</source>
        <translation>Die Eingabe hat {count} Dimensionen, ein Stapel Bilder hat vier</translation>
    </message>
    <message>
        <source>it returns {classes} classes, and its labels name {labels}</source>
        <translation>Das Netz gibt {classes} Klassen aus, die Liste der Klassennamen nennt {labels}</translation>
    </message>
    <message>
        <source>its input is {side} pixels wide; the limit is {limit}</source>
        <translation>Die Eingabe ist {side} Pixel breit; die Grenze liegt bei {limit}</translation>
    </message>
    <message>
        <source>its input takes {size}; the limit is {limit}</source>
        <translation>Die Eingabe braucht {size}; die Grenze liegt bei {limit}</translation>
    </message>
    <message>
        <source>it is damaged; remove it and import it again</source>
        <translation>Das Netz ist beschädigt; es löschen und neu importieren</translation>
    </message>
    <message>
        <source>it refers to {name} outside its own folder</source>
        <translation>Das Netz verweist auf {name} außerhalb seines Ordners</translation>
    </message>
    <message>
        <source>it refers to a file outside its own folder</source>
        <translation>Das Netz verweist auf eine Datei außerhalb seines Ordners</translation>
    </message>
    <message>
        <source>its weights are missing: {name} is not beside it</source>
        <translation>Die Gewichte fehlen: {name} liegt nicht daneben</translation>
    </message>
    <message>
        <source>its weights are in {name}, a name that the app needs itself; rename that file</source>
        <translation>Die Gewichte liegen in {name}, einem Namen, den die App selbst braucht; die Datei umbenennen</translation>
    </message>
    <message>
        <source>`{id}` is not an id; use small letters, digits, dots and dashes</source>
        <translation>„{id}“ ist keine Kennung; erlaubt sind Kleinbuchstaben, Ziffern, Punkte und Bindestriche</translation>
    </message>
    <message>
        <source>the id {id} is taken; choose another with --id</source>
        <translation>Die Kennung {id} ist vergeben; mit --id eine andere wählen</translation>
    </message>
    <message>
        <source>it has {classes} classes, not ImageNet&apos;s 1000; labels are needed</source>
        <translation>Das Netz hat {classes} Klassen statt der 1000 von ImageNet; die Klassennamen angeben</translation>
    </message>
    <message>
        <source>it has {classes} classes, not ImageNet&apos;s 1000; preprocessing is needed</source>
        <translation>Das Netz hat {classes} Klassen statt der 1000 von ImageNet; die Vorverarbeitung angeben</translation>
    </message>
    <message>
        <source>it has {classes} classes, not ImageNet&apos;s 1000; labels and preprocessing are needed</source>
        <translation>Das Netz hat {classes} Klassen statt der 1000 von ImageNet; die Klassennamen und die Vorverarbeitung angeben</translation>
    </message>
    <message>
        <source>its input is only {side} pixels wide; preprocessing is needed</source>
        <translation>Die Eingabe ist nur {side} Pixel breit; die Vorverarbeitung angeben</translation>
    </message>
    <message>
        <source>pictures are run {count} at a time; that its header allows more is not true</source>
        <translation>Bilder laufen zu je {count} auf einmal; dass sein Kopf mehr erlaubt, stimmt nicht</translation>
    </message>
    <message>
        <source>its preprocessing is taken for the usual one of ImageNet networks: {preprocessing}</source>
        <translation>seine Vorverarbeitung gilt als die übliche von ImageNet-Netzen: {preprocessing}</translation>
    </message>
    <message>
        <source>it was not found on this computer</source>
        <translation>es wurde auf diesem Computer nicht gefunden</translation>
    </message>
    <message>
        <source>it could not be activated</source>
        <translation>es ließ sich nicht aktivieren</translation>
    </message>
    <message>
        <source>its scores differ from the CPU&apos;s by {percent} %</source>
        <translation>seine Ergebnisse weichen um {percent}&#xa0;% von denen der CPU ab</translation>
    </message>
    <message>
        <source>a batch gets different scores than single pictures</source>
        <translation>ein Stapel bekommt andere Ergebnisse als einzelne Bilder</translation>
    </message>
    <message>
        <source>it returned the same scores for different pictures</source>
        <translation>es lieferte für verschiedene Bilder dieselben Ergebnisse</translation>
    </message>
    <message>
        <source>it returned the same score for every class</source>
        <translation>es lieferte für jede Klasse dieselbe Zahl</translation>
    </message>
    <message>
        <source>the program ended during its self-test</source>
        <translation>das Programm endete während des Selbsttests</translation>
    </message>
    <message>
        <source>it is slower than the CPU on this computer</source>
        <translation>es ist auf diesem Computer langsamer als die CPU</translation>
    </message>
    <message>
        <source>its files are missing, as after uninstalling one of two builds of it</source>
        <translation>seine Dateien fehlen, wie nach dem Entfernen einer von zwei Fassungen</translation>
    </message>
    <message>
        <source>it is not a sequential network as VGG networks are</source>
        <translation>Es ist kein sequenzielles Netz wie die VGG-Netze</translation>
    </message>
    <message>
        <source>it is for square colour pictures only</source>
        <translation>sie ist nur für quadratische Farbbilder</translation>
    </message>
    <message>
        <source>its weights are in a separate file</source>
        <translation>Die Gewichte liegen in einer eigenen Datei</translation>
    </message>
    <message>
        <source>it has not been prepared on this computer yet</source>
        <translation>Diese Form wurde auf diesem Computer noch nicht vorbereitet</translation>
    </message>
    <message>
        <source>it takes {seconds} s for one picture</source>
        <translation>es braucht {seconds} s für ein Bild</translation>
    </message>
    <message>
        <source>{path} could not be written: the disk is full. Free some space, or choose another folder.</source>
        <translation>{path} wurde nicht geschrieben: Der Datenträger ist voll. Gib Platz frei oder wähle einen anderen Ordner.</translation>
    </message>
    <message>
        <source>{path} is being changed by another operation. Wait until it has finished, then try again.</source>
        <translation>{path} wird gerade von einem anderen Vorgang geändert. Warte, bis er fertig ist, und versuche es dann erneut.</translation>
    </message>
    <message>
        <source>another VGG Desktop is testing it</source>
        <translation>ein anderes VGG Desktop prüft es gerade</translation>
    </message>
    <message>
        <source>the NVIDIA driver was not found</source>
        <translation>der NVIDIA-Treiber wurde nicht gefunden</translation>
    </message>
    <message>
        <source>no NVIDIA graphics card was found</source>
        <translation>es wurde keine Grafikkarte von NVIDIA gefunden</translation>
    </message>
    <message>
        <source>the NVIDIA driver did not start (error {code})</source>
        <translation>der NVIDIA-Treiber startet nicht (Fehler {code})</translation>
    </message>
    <message>
        <source>the NVIDIA driver supports CUDA up to {supported}, and CUDA {needed} is needed</source>
        <translation>der NVIDIA-Treiber unterstützt CUDA bis {supported}, und CUDA {needed} wird gebraucht</translation>
    </message>
    <message>
        <source>cuDNN {version} was not found</source>
        <translation>cuDNN {version} wurde nicht gefunden</translation>
    </message>
    <message>
        <source>TensorRT {version} was not found</source>
        <translation>TensorRT {version} wurde nicht gefunden</translation>
    </message>
    <message>
        <source>CUDA&apos;s library {name} was not found</source>
        <translation>die CUDA-Bibliothek {name} wurde nicht gefunden</translation>
    </message>
    <message>
        <source>the library {name} was not found</source>
        <translation>die Bibliothek {name} wurde nicht gefunden</translation>
    </message>
    <message>
        <source>a library that onnxruntime needs for it was not found</source>
        <translation>eine Bibliothek, die onnxruntime dafür braucht, wurde nicht gefunden</translation>
    </message>
    <message>
        <source>no graphics card with DirectX 12 was found</source>
        <translation>es wurde keine Grafikkarte mit DirectX 12 gefunden</translation>
    </message>
    <message>
        <source>the installed onnxruntime runs networks on the CPU only</source>
        <translation>Das installierte onnxruntime führt Netze nur auf der CPU aus</translation>
    </message>
    <message>
        <source>several builds of onnxruntime are installed at once ({names}) and overwrite each other, so uninstall all of them and install only one</source>
        <translation>mehrere Fassungen von onnxruntime sind zugleich installiert ({names}) und überschreiben einander, daher alle entfernen und nur eine installieren</translation>
    </message>
    <message>
        <source>its weights are not 32-bit floating-point numbers</source>
        <translation>Die Gewichte sind keine Gleitkommazahlen mit 32 Bit</translation>
    </message>
    <message>
        <source>it is not faster on this computer</source>
        <translation>Diese Form ist auf diesem Computer nicht schneller</translation>
    </message>
    <message>
        <source>it runs on the CPU only</source>
        <translation>Diese Form läuft nur auf dem Prozessor</translation>
    </message>
    <message>
        <source>it does not run on processors</source>
        <translation>Diese Form läuft nicht auf Prozessoren</translation>
    </message>
    <message>
        <source>the network is small and part of the app</source>
        <translation>Das Netz ist klein und Teil der App</translation>
    </message>
    <message>
        <source>it is a form of the precision exact, not of fast</source>
        <translation>Die Form gehört zur Genauigkeit „exact“, nicht zu „fast“</translation>
    </message>
    <message>
        <source>the computer was too busy to measure how fast it is</source>
        <translation>Der Computer war zu beschäftigt, um die Geschwindigkeit zu messen</translation>
    </message>
    <message>
        <source>its scores differ from those of the published file</source>
        <translation>Die Ergebnisse weichen von denen der veröffentlichten Datei ab</translation>
    </message>
    <message>
        <source>{where} lacks `{key}`</source>
        <translation>In {where} fehlt „{key}“</translation>
    </message>
    <message>
        <source>`{key}` of {where} has the wrong type</source>
        <translation>„{key}“ in {where} hat den falschen Typ</translation>
    </message>
    <message>
        <source>`{key}` of {where} must be one of {choices}</source>
        <translation>„{key}“ in {where} muss eines von diesen sein: {choices}</translation>
    </message>
    <message>
        <source>{where} has an unknown key `{key}`</source>
        <translation>{where} hat einen unbekannten Schlüssel „{key}“</translation>
    </message>
    <message>
        <source>{where} needs 1 &lt;= crop &lt;= resize &lt;= 4096</source>
        <translation>In {where} muss gelten: 1 &lt;= crop &lt;= resize &lt;= 4096</translation>
    </message>
    <message>
        <source>`scale` of {where} divides the pixels: write 255 for values from 0 to 1</source>
        <translation>„scale“ in {where} teilt die Pixel: 255 ergibt Werte von 0 bis 1</translation>
    </message>
    <message>
        <source>`std` of {where} must be positive</source>
        <translation>„std“ in {where} muss positiv sein</translation>
    </message>
    <message>
        <source>model {id} names an unknown preprocessing `{name}`</source>
        <translation>Modell {id} nennt eine unbekannte Vorverarbeitung „{name}“</translation>
    </message>
    <message>
        <source>`{id}` is not an id: small letters, digits, dots and dashes</source>
        <translation>„{id}“ ist keine Kennung: erlaubt sind Kleinbuchstaben, Ziffern, Punkte und Bindestriche</translation>
    </message>
    <message>
        <source>`file` of model {id} must be a plain name that ends in .onnx</source>
        <translation>„file“ von Modell {id} muss ein einfacher Name sein, der auf .onnx endet</translation>
    </message>
    <message>
        <source>`sha256` of model {id} must have 64 hexadecimal digits</source>
        <translation>„sha256“ von Modell {id} muss 64 hexadezimale Ziffern haben</translation>
    </message>
    <message>
        <source>`bytes` of model {id} must be positive</source>
        <translation>„bytes“ von Modell {id} muss positiv sein</translation>
    </message>
    <message>
        <source>`addresses` of model {id} must be https:// or http:// addresses</source>
        <translation>„addresses“ von Modell {id} müssen mit https:// oder http:// beginnen</translation>
    </message>
    <message>
        <source>model {id} has no `addresses`</source>
        <translation>Modell {id} hat keine „addresses“</translation>
    </message>
    <message>
        <source>the id `{id}` is taken</source>
        <translation>Die Kennung „{id}“ ist vergeben</translation>
    </message>
    <message>
        <source>{where} must be a table</source>
        <translation>{where} muss eine Tabelle sein</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>Die Datei ist zu tief verschachtelt</translation>
    </message>
    <message>
        <source>it is not UTF-8 text; save it as UTF-8 and try again</source>
        <translation>Die Datei ist kein UTF-8-Text; sie als UTF-8 speichern und erneut versuchen</translation>
    </message>
    <message>
        <source>it says nothing about the preprocessing; a preprocessor_config.json of Hugging Face, a config.json of timm or a TOML file would work</source>
        <translation>Die Datei sagt nichts über die Vorverarbeitung; eine preprocessor_config.json von Hugging Face, eine config.json von timm oder eine TOML-Datei würde gehen</translation>
    </message>
    <message>
        <source>`{key}` = {value} is not supported</source>
        <translation>„{key}“ = {value} wird nicht unterstützt</translation>
    </message>
    <message>
        <source>it needs at least two classes, one per line</source>
        <translation>Mindestens zwei Klassen sind nötig, eine pro Zeile</translation>
    </message>
    <message>
        <source>it names more than {limit} classes</source>
        <translation>Die Datei nennt mehr als {limit} Klassen</translation>
    </message>
    <message>
        <source>it is {found}, not a file of class names</source>
        <translation>Die Datei ist {found}, keine Datei mit Klassennamen</translation>
    </message>
    <message>
        <source>it is not text; class names are read from text, CSV, JSON and YAML</source>
        <translation>Die Datei ist kein Text; Klassennamen werden aus Text, CSV, JSON und YAML gelesen</translation>
    </message>
    <message>
        <source>the name of class {index} is empty</source>
        <translation>Der Name der Klasse {index} ist leer</translation>
    </message>
    <message>
        <source>its classes have indices, and {index} occurs twice</source>
        <translation>Die Klassen haben Nummern, und {index} kommt zweimal vor</translation>
    </message>
    <message>
        <source>its classes have indices from {index} on; they must begin at 0 or 1</source>
        <translation>Die Klassen haben Nummern ab {index}; sie müssen bei 0 oder 1 beginnen</translation>
    </message>
    <message>
        <source>its classes have indices, and {index} is missing</source>
        <translation>Die Klassen haben Nummern, und {index} fehlt</translation>
    </message>
    <message>
        <source>most of its lines begin with an index, but not line {number}; all or none must have one</source>
        <translation>Die meisten Zeilen beginnen mit einer Nummer, Zeile {number} aber nicht; alle oder keine müssen eine haben</translation>
    </message>
    <message>
        <source>it is not clear whether the numbers in its lines are indices or belong to the names; write an index from 0 on and a tab before each name</source>
        <translation>Es ist nicht klar, ob die Zahlen in den Zeilen Nummern der Klassen sind oder zu den Namen gehören; schreib vor jeden Namen eine Nummer ab 0 und einen Tabulator</translation>
    </message>
    <message>
        <source>`{key}` occurs twice in it</source>
        <translation>„{key}“ kommt darin zweimal vor</translation>
    </message>
    <message>
        <source>it is a table of {count} columns, and it is not clear which one has the names; name the columns in a first line, such as index,label</source>
        <translation>Die Datei ist eine Tabelle mit {count} Spalten, und es ist nicht klar, in welcher die Namen stehen; benenne die Spalten in einer ersten Zeile, etwa index,label</translation>
    </message>
    <message>
        <source>it is a table, and line {number} has {count} columns instead of {expected}</source>
        <translation>Die Datei ist eine Tabelle, und Zeile {number} hat {count} statt {expected} Spalten</translation>
    </message>
    <message>
        <source>it looks like JSON or Python, but cannot be read: {text}</source>
        <translation>Die Datei sieht aus wie JSON oder Python, kann aber nicht gelesen werden: {text}</translation>
    </message>
    <message>
        <source>it is JSON or Python without class names; a list of names, names by index, or indices by name would work</source>
        <translation>Die Datei ist JSON oder Python ohne Klassennamen; eine Liste von Namen, Namen nach Nummern oder Nummern nach Namen würden gehen</translation>
    </message>
    <message>
        <source>it is YAML, but has no simple list of names, with or without indices, under `names:`</source>
        <translation>Die Datei ist YAML, hat aber unter „names:“ keine einfache Liste von Namen, mit oder ohne Nummern</translation>
    </message>
    <message>
        <source>line {number} is not a class name: {text}; write one name per line</source>
        <translation>Zeile {number} ist kein Klassenname: {text}; schreib einen Namen pro Zeile</translation>
    </message>
    <message>
        <source>none of its pictures could be read</source>
        <translation>Keines der Bilder darin konnte gelesen werden</translation>
    </message>
    <message>
        <source>{name} is not a class of this network</source>
        <translation>{name} ist keine Klasse dieses Netzes</translation>
    </message>
    <message>
        <source>{name} is the name of one class and the index of another</source>
        <translation>{name} ist der Name einer Klasse und die Nummer einer anderen</translation>
    </message>
    <message>
        <source>{name} is the name of several classes</source>
        <translation>{name} ist der Name mehrerer Klassen</translation>
    </message>
    <message>
        <source>it has no sub-folders</source>
        <translation>Der Ordner hat keine Unterordner</translation>
    </message>
    <message>
        <source>its sub-folders contain no pictures</source>
        <translation>Die Unterordner enthalten keine Bilder</translation>
    </message>
</context>
<context>
    <name>FactsPanel</name>
    <message>
        <source>Facts</source>
        <translation>Fakten</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
</context>
<context>
    <name>FailurePanel</name>
    <message>
        <source>Import file…</source>
        <translation>Datei importieren…</translation>
    </message>
    <message>
        <source>Try another server</source>
        <translation>Anderen Server versuchen</translation>
    </message>
    <message>
        <source>Try the next server that offers the same file</source>
        <translation>Den nächsten Server mit derselben Datei versuchen</translation>
    </message>
    <message>
        <source>Choose the file on this computer, if you obtained it another way</source>
        <translation>Die Datei auf diesem Computer wählen, falls sie anders hierher gelangt ist</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Details kopieren</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>FirstSteps</name>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>See what is in a picture</source>
        <translation>Sehen, was auf einem Bild ist</translation>
    </message>
    <message>
        <source>Drop a picture on the window, paste it ({paste}) or click on an example. The bars are the most probable classes; the square on the picture is what the network saw.</source>
        <translation>Zieh ein Bild auf das Fenster, füge es ein ({paste}) oder klick auf ein Beispiel. Die Balken sind die wahrscheinlichsten Klassen; das Quadrat auf dem Bild ist das, was das Netz gesehen hat.</translation>
    </message>
    <message>
        <source>Sort many photographs</source>
        <translation>Viele Fotos sortieren</translation>
    </message>
    <message>
        <source>Drop a folder or open it ({folder}). Filter by name or class, look at the unsure ones, then save a table ({save}) or let the File menu copy the pictures into a folder for each class.</source>
        <translation>Zieh einen Ordner auf das Fenster oder öffne ihn ({folder}). Filtere nach Name oder Klasse, sieh dir die unsicheren an, speichere dann eine Tabelle ({save}) oder lass die Bilder über das Datei-Menü in einen Ordner je Klasse kopieren.</translation>
    </message>
    <message>
        <source>Teach how networks see</source>
        <translation>Zeigen, wie Netze sehen</translation>
    </message>
    <message>
        <source>Choose another network in the tool bar and watch the bars change: the small Starter knows only ten things. Exact and Fast show what rounding costs, the Devices page what speed is worth.</source>
        <translation>Wähle in der Werkzeugleiste ein anderes Netz und sieh, wie sich die Balken ändern: Das kleine Starter kennt nur zehn Dinge. Exakt und Schnell zeigen, was Runden kostet, die Geräteseite, was es an Tempo bringt.</translation>
    </message>
    <message>
        <source>Try your own network</source>
        <translation>Ein eigenes Netz ausprobieren</translation>
    </message>
    <message>
        <source>Drop an ONNX file on the window or import it ({keys}). Labels and preprocessing are looked for beside it and in it; the app asks for what is missing, with a preview on known pictures.</source>
        <translation>Zieh eine ONNX-Datei auf das Fenster oder importiere sie ({keys}). Klassennamen und Vorverarbeitung werden neben ihr und in ihr gesucht; nach dem, was fehlt, fragt die App, mit einer Vorschau an bekannten Bildern.</translation>
    </message>
    <message>
        <source>Use it in scripts</source>
        <translation>In Skripten verwenden</translation>
    </message>
    <message>
        <source>On the command line, {classify} prints one JSON object per picture, and {evaluate} measures the accuracy on a folder with one sub-folder per class.</source>
        <translation>Auf der Befehlszeile gibt {classify} ein JSON-Objekt je Bild aus, und {evaluate} misst die Genauigkeit an einem Ordner mit einem Unterordner je Klasse.</translation>
    </message>
</context>
<context>
    <name>FitPanel</name>
    <message>
        <source>Use it</source>
        <translation>Übernehmen</translation>
    </message>
</context>
<context>
    <name>Fits</name>
    <message>
        <source>Its answers are probably wrong.</source>
        <translation>Die Antworten sind wahrscheinlich falsch.</translation>
    </message>
</context>
<context>
    <name>FormRow</name>
    <message>
        <source>Being measured…</source>
        <translation>Wird gemessen…</translation>
    </message>
    <message>
        <source>Not measured yet</source>
        <translation>Noch nicht gemessen</translation>
    </message>
    <message>
        <source>Not used: {reason}</source>
        <translation>Nicht verwendet: {reason}</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>{size}/s</source>
        <translation>{size}/s</translation>
    </message>
    <message>
        <source>{0} s left</source>
        <translation>noch {0} s</translation>
    </message>
    <message>
        <source>{0}:{1:02} min left</source>
        <translation>noch {0}:{1:02} min</translation>
    </message>
    <message>
        <source>{0}:{1:02} h left</source>
        <translation>noch {0}:{1:02} h</translation>
    </message>
    <message>
        <source>{0}.</source>
        <comment>a whole sentence</comment>
        <translation>{0}.</translation>
    </message>
</context>
<context>
    <name>FullScreen</name>
    <message>
        <source>Leave full screen</source>
        <translation>Vollbild beenden</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy to clipboard</source>
        <translation>In die Zwischenablage kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>HistorySection</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Re&amp;member pictures and results</source>
        <translation>Bilder und Ergebnisse &amp;merken</translation>
    </message>
    <message>
        <source>Nothing is then computed twice, and the next start can go on with the same pictures. Names, dates and results are kept on this computer only, the pictures themselves are not.</source>
        <translation>Dann wird nichts zweimal berechnet, und beim nächsten Start geht es mit denselben Bildern weiter. Namen, Daten und Ergebnisse bleiben nur auf diesem Computer, die Bilder selbst werden nicht gespeichert.</translation>
    </message>
    <message>
        <source>The results of pictures that were not opened for longest are deleted first.</source>
        <translation>Zuerst werden die Ergebnisse der Bilder gelöscht, die am längsten nicht geöffnet wurden.</translation>
    </message>
    <message>
        <source>Clear histor&amp;y…</source>
        <translation>Verlauf lös&amp;chen…</translation>
    </message>
    <message>
        <source>At m&amp;ost:</source>
        <translation>N&amp;icht mehr als:</translation>
    </message>
    <message>
        <source>Now:</source>
        <translation>Jetzt:</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s), {0}</source>
        <translation>
            <numerusform>%n Bild, {0}</numerusform>
            <numerusform>%n Bilder, {0}</numerusform>
        </translation>
    </message>
    <message>
        <source>Now: {0}</source>
        <translation>Jetzt: {0}</translation>
    </message>
    <message numerus="yes">
        <source>Delete the results of %n picture(s) and the list of recent files? The pictures themselves stay.</source>
        <translation>
            <numerusform>Die Ergebnisse von %n Bild und die Liste der zuletzt geöffneten Dateien löschen? Das Bild selbst bleibt.</numerusform>
            <numerusform>Die Ergebnisse von %n Bildern und die Liste der zuletzt geöffneten Dateien löschen? Die Bilder selbst bleiben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear history</source>
        <translation>Verlauf löschen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import a network</source>
        <translation>Netz importieren</translation>
    </message>
    <message>
        <source>{file} needs more information</source>
        <translation>{file} braucht weitere Angaben</translation>
    </message>
    <message>
        <source>The network is being tested</source>
        <translation>Das Netz wird getestet</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Labels and preprocessing</source>
        <translation>Klassennamen und Vorverarbeitung</translation>
    </message>
    <message>
        <source>Labels and preprocessing of {name}</source>
        <translation>Klassennamen und Vorverarbeitung von {name}</translation>
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
        <source>The settings are not complete.</source>
        <translation>Die Einstellungen sind nicht vollständig.</translation>
    </message>
</context>
<context>
    <name>ImportStrip</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the import</source>
        <translation>Import abbrechen</translation>
    </message>
    <message>
        <source>The network is being imported</source>
        <translation>Das Netz wird importiert</translation>
    </message>
    <message>
        <source>Importing {file}…</source>
        <translation>{file} wird importiert…</translation>
    </message>
    <message>
        <source>Import a network</source>
        <translation>Netz importieren</translation>
    </message>
    <message>
        <source>You have imported another network called {name}.</source>
        <translation>Du hast schon ein anderes Netz namens {name} importiert.</translation>
    </message>
    <message>
        <source>Replace it, for instance after more training? Its labels and preprocessing stay.</source>
        <translation>Soll es ersetzt werden, zum Beispiel nach weiterem Training? Klassennamen und Vorverarbeitung bleiben.</translation>
    </message>
    <message>
        <source>Replace {name}</source>
        <translation>{name} ersetzen</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>Beide behalten</translation>
    </message>
</context>
<context>
    <name>Incoming</name>
    <message>
        <source>This is on another computer or device. Copy it to this computer, or mount the share as a folder, and open it from there.</source>
        <translation>Das liegt auf einem anderen Computer oder Gerät. Kopiere es auf diesen Computer oder binde die Freigabe als Ordner ein und öffne es von dort.</translation>
    </message>
    <message>
        <source>Text cannot be opened. Drop pictures, folders or links to pictures.</source>
        <translation>Text lässt sich nicht öffnen. Möglich sind Bilder, Ordner und Links zu Bildern.</translation>
    </message>
    <message>
        <source>This cannot be opened. Drop pictures, folders or links to pictures.</source>
        <translation>Das lässt sich nicht öffnen. Möglich sind Bilder, Ordner und Links zu Bildern.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n Datei</numerusform>
            <numerusform>%n Dateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n Ordner</numerusform>
            <numerusform>%n Ordner</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n network(s)</source>
        <translation>
            <numerusform>%n Netz</numerusform>
            <numerusform>%n Netze</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n link(s)</source>
        <translation>
            <numerusform>%n Link</numerusform>
            <numerusform>%n Links</numerusform>
        </translation>
    </message>
    <message>
        <source>{first}, {second}</source>
        <comment>items of a list</comment>
        <translation>{first}, {second}</translation>
    </message>
    <message>
        <source>{first} and {second}</source>
        <comment>end of a list</comment>
        <translation>{first} und {second}</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>Eingefügtes Bild</translation>
    </message>
</context>
<context>
    <name>InfoBar</name>
    <message>
        <source>Close this notice</source>
        <translation>Hinweis schließen</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>&amp;Answer</source>
        <translation>Ant&amp;wort</translation>
    </message>
    <message>
        <source>Fa&amp;cts</source>
        <translation>&amp;Fakten</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy what this tab shows</source>
        <translation>Kopieren, was dieser Reiter zeigt</translation>
    </message>
    <message>
        <source>Reading {0}…</source>
        <translation>{0} wird gelesen…</translation>
    </message>
    <message>
        <source>{0}: {1}, {2}</source>
        <translation>{0}: {1}, {2}</translation>
    </message>
    <message>
        <source>{0}, {1} × {2} pixels; the network saw what is inside the frame</source>
        <translation>{0}, {1} × {2} Pixel; das Netz sah, was im Rahmen ist</translation>
    </message>
</context>
<context>
    <name>JobLineWidget</name>
    <message>
        <source>Progress: {0}</source>
        <translation>Fortschritt: {0}</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
</context>
<context>
    <name>JobLines</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>{0} per second</source>
        <translation>{0} pro Sekunde</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Classifying</source>
        <translation>Klassifizieren</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Classifying has ended.</source>
        <translation>Das Klassifizieren ist beendet.</translation>
    </message>
    <message>
        <source>Searching for pictures</source>
        <translation>Bilder werden gesucht</translation>
    </message>
    <message numerus="yes">
        <source>%n found so far</source>
        <translation>
            <numerusform>%n bisher gefunden</numerusform>
            <numerusform>%n bisher gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Saving in {0}</source>
        <translation>Speichern in {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n to go</source>
        <translation>
            <numerusform>noch %n</numerusform>
            <numerusform>noch %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Fetching pictures</source>
        <translation>Bilder werden abgerufen</translation>
    </message>
    <message>
        <source>Waiting in the queue</source>
        <translation>In der Warteschlange</translation>
    </message>
    <message>
        <source>Importing and testing it…</source>
        <translation>Wird importiert und getestet…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Looking for the preprocessing that fits…</source>
        <translation>Die passende Vorverarbeitung wird gesucht…</translation>
    </message>
    <message>
        <source>Moving the networks</source>
        <translation>Netze werden verschoben</translation>
    </message>
    <message>
        <source>Preparing Fast</source>
        <translation>Schnell wird vorbereitet</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>Testing</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Testing {0}</source>
        <translation>{0} wird getestet</translation>
    </message>
</context>
<context>
    <name>JobStrip</name>
    <message>
        <source>What is running</source>
        <translation>Was gerade läuft</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Alle Tasten</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>List of pictures</source>
        <translation>Liste der Bilder</translation>
    </message>
    <message>
        <source>Picture above or below</source>
        <translation>Bild darüber oder darunter</translation>
    </message>
    <message>
        <source>First or last picture</source>
        <translation>Erstes oder letztes Bild</translation>
    </message>
    <message>
        <source>A page up or down</source>
        <translation>Eine Seite nach oben oder unten</translation>
    </message>
    <message>
        <source>Select several</source>
        <translation>Mehrere auswählen</translation>
    </message>
    <message>
        <source>Add one to the selection, or take it away</source>
        <translation>Eines zur Auswahl hinzufügen oder aus ihr entfernen</translation>
    </message>
    <message>
        <source>Fold or unfold a group</source>
        <translation>Gruppe zu- oder aufklappen</translation>
    </message>
    <message>
        <source>Select a group, or show only it</source>
        <translation>Gruppe auswählen oder nur sie zeigen</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Previous or next picture</source>
        <translation>Voriges oder nächstes Bild</translation>
    </message>
    <message>
        <source>The same in full screen</source>
        <translation>Dasselbe im Vollbild</translation>
    </message>
    <message>
        <source>Answer or Facts</source>
        <translation>Antwort oder Fakten</translation>
    </message>
    <message>
        <source>Zoom in or out</source>
        <translation>Vergrößern oder verkleinern</translation>
    </message>
    <message>
        <source>Fit to view</source>
        <translation>Bild einpassen</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>Originalgröße</translation>
    </message>
    <message>
        <source>Move the zoomed picture</source>
        <translation>Das vergrößerte Bild verschieben</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>Balken</translation>
    </message>
    <message>
        <source>Class above or below</source>
        <translation>Klasse darüber oder darunter</translation>
    </message>
    <message>
        <source>Copy all classes</source>
        <translation>Alle Klassen kopieren</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Next or previous control</source>
        <translation>Nächstes oder voriges Bedienelement</translation>
    </message>
    <message>
        <source>Press a button</source>
        <translation>Einen Knopf drücken</translation>
    </message>
    <message>
        <source>Open the menu of a button</source>
        <translation>Das Menü eines Knopfs öffnen</translation>
    </message>
    <message>
        <source>Close a dialog</source>
        <translation>Einen Dialog schließen</translation>
    </message>
</context>
<context>
    <name>LabelsForm</name>
    <message>
        <source>Names of the &amp;classes</source>
        <translation>Namen der &amp;Klassen</translation>
    </message>
    <message>
        <source>Names of the classes</source>
        <translation>Namen der Klassen</translation>
    </message>
    <message>
        <source>One name per line, in the order of the network&apos;s outputs</source>
        <translation>Ein Name pro Zeile, in der Reihenfolge der Ausgaben des Netzes</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Aus einer Datei…</translation>
    </message>
    <message>
        <source>Names of the classes from a file…</source>
        <translation>Namen der Klassen aus einer Datei…</translation>
    </message>
    <message>
        <source>Line {number} is empty.</source>
        <translation>Zeile {number} ist leer.</translation>
    </message>
    <message>
        <source>The names are missing.</source>
        <translation>Die Namen fehlen.</translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) are missing.</source>
        <translation>
            <numerusform>%n Name fehlt.</numerusform>
            <numerusform>%n Namen fehlen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) too many.</source>
        <translation>
            <numerusform>%n Name zu viel.</numerusform>
            <numerusform>%n Namen zu viel.</numerusform>
        </translation>
    </message>
    <message>
        <source>At least two names are needed.</source>
        <translation>Mindestens zwei Namen werden gebraucht.</translation>
    </message>
    <message>
        <source>Left empty: {names}</source>
        <translation>Ohne Eingabe: {names}</translation>
    </message>
    <message>
        <source>{count} of {needed} names</source>
        <translation>{count} von {needed} Namen</translation>
    </message>
    <message numerus="yes">
        <source>%n name(s)</source>
        <translation>
            <numerusform>%n Name</numerusform>
            <numerusform>%n Namen</numerusform>
        </translation>
    </message>
    <message>
        <source>Lists of names</source>
        <translation>Listen von Namen</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
</context>
<context>
    <name>LicenceDialog</name>
    <message>
        <source>Licence of {name}</source>
        <translation>Lizenz von {name}</translation>
    </message>
    <message>
        <source>{name} was published under the licence {licence}.</source>
        <translation>{name} wurde unter der Lizenz {licence} veröffentlicht.</translation>
    </message>
    <message>
        <source>Text of the licence</source>
        <translation>Text der Lizenz</translation>
    </message>
</context>
<context>
    <name>ListPanel</name>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Retry the pictures that failed or were stopped</source>
        <translation>Fehlgeschlagene und gestoppte Bilder erneut versuchen</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>VGG Desktop</source>
        <translation>VGG Desktop</translation>
    </message>
    <message>
        <source>{0} (switched off by your administrator)</source>
        <translation>{0} (von der Administration ausgeschaltet)</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pausieren</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Exakt</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>{0} ms</source>
        <translation>{0} ms</translation>
    </message>
    <message>
        <source>Decode {0} ms, resize {1} ms, network {2} ms</source>
        <translation>Dekodieren {0} ms, Skalieren {1} ms, Netz {2} ms</translation>
    </message>
    <message>
        <source>Previous result</source>
        <translation>Bisheriges Ergebnis</translation>
    </message>
    <message>
        <source>Testing {0} with {1}…</source>
        <translation>{0} wird mit {1} geprüft…</translation>
    </message>
</context>
<context>
    <name>MeasuringPanel</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Progress of the measurement</source>
        <translation>Fortschritt der Messung</translation>
    </message>
    <message>
        <source>Cancel the measurement</source>
        <translation>Messung abbrechen</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) waiting until this finishes.</source>
        <translation>
            <numerusform>%n Bild wartet, bis das fertig ist.</numerusform>
            <numerusform>%n Bilder warten, bis das fertig ist.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MenuCommands</name>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Open pictures</source>
        <translation>Bilder öffnen</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Save %n result(s)…</source>
        <translation>
            <numerusform>%n Ergebnis &amp;speichern…</numerusform>
            <numerusform>%n Ergebnisse &amp;speichern…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sort %n picture(s) into fol&amp;ders…</source>
        <translation>
            <numerusform>%n Bild in O&amp;rdner einsortieren…</numerusform>
            <numerusform>%n Bilder in O&amp;rdner einsortieren…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Remove %n picture(s) from list</source>
        <translation>
            <numerusform>%n Bild aus der &amp;Liste entfernen</numerusform>
            <numerusform>%n Bilder aus der &amp;Liste entfernen</numerusform>
        </translation>
    </message>
    <message>
        <source>Save results</source>
        <translation>Ergebnisse speichern</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Table for spreadsheets (*.csv)</source>
        <translation>Tabelle für Tabellenkalkulationen (*.csv)</translation>
    </message>
    <message>
        <source>JSON Lines (*.jsonl)</source>
        <translation>JSON Lines (*.jsonl)</translation>
    </message>
    <message>
        <source>results.csv</source>
        <translation>Ergebnisse.csv</translation>
    </message>
    <message numerus="yes">
        <source>Save the results of %n picture(s)</source>
        <translation>
            <numerusform>Ergebnisse von %n Bild speichern</numerusform>
            <numerusform>Ergebnisse von %n Bildern speichern</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation>Liste leeren</translation>
    </message>
    <message numerus="yes">
        <source>Remove all %n picture(s) from the list? Your files are not deleted.</source>
        <translation>
            <numerusform>%n Bild aus der Liste entfernen? Die Datei wird nicht gelöscht.</numerusform>
            <numerusform>Alle %n Bilder aus der Liste entfernen? Die Dateien werden nicht gelöscht.</numerusform>
        </translation>
    </message>
    <message>
        <source>sorted</source>
        <translation>sortiert</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Import a network</source>
        <translation>Netz importieren</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Netze</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Something went wrong inside VGG Desktop</source>
        <translation>In VGG Desktop ist etwas schiefgegangen</translation>
    </message>
    <message>
        <source>This is a bug in VGG Desktop, not something you did. The window stays usable; if it behaves oddly, close it and open it again. Please send us the details so we can fix it; nothing is sent automatically.</source>
        <translation>Das ist ein Fehler in VGG Desktop, kein Bedienfehler. Das Fenster bleibt benutzbar; verhält es sich merkwürdig, hilft Schließen und erneutes Öffnen. Bitte schick uns die Details, damit wir den Fehler beheben können; automatisch wird nichts gesendet.</translation>
    </message>
</context>
<context>
    <name>NetworkButton</name>
    <message>
        <source>Network in use: {0}. Choose another</source>
        <translation>Verwendetes Netz: {0}. Anderes wählen</translation>
    </message>
    <message>
        <source>Warning: the download of {0} failed.</source>
        <translation>Warnung: Der Download von {0} ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Downloading: {0}</source>
        <translation>Download: {0}</translation>
    </message>
    <message>
        <source>Network: {0}</source>
        <translation>Netz: {0}</translation>
    </message>
    <message>
        <source>More &amp;networks…</source>
        <translation>Weitere &amp;Netze…</translation>
    </message>
    <message>
        <source>{0} per second</source>
        <translation>{0} pro Sekunde</translation>
    </message>
</context>
<context>
    <name>NetworkCard</name>
    <message>
        <source>In use</source>
        <translation>In Verwendung</translation>
    </message>
    <message>
        <source>More about this network</source>
        <translation>Mehr zu diesem Netz</translation>
    </message>
    <message>
        <source>More about {name}</source>
        <translation>Mehr zu {name}</translation>
    </message>
    <message>
        <source>Its file is damaged or missing. Delete it and import it again.</source>
        <translation>Die Datei ist beschädigt oder fehlt. Das Netz löschen und neu importieren.</translation>
    </message>
    <message>
        <source>In a shared folder, which is only read.</source>
        <translation>In einem gemeinsamen Ordner, der nur gelesen wird.</translation>
    </message>
    <message>
        <source>Downloads are switched off by your administrator.</source>
        <translation>Die Administration hat Downloads ausgeschaltet.</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Download {name}</source>
        <translation>{name} herunterladen</translation>
    </message>
    <message>
        <source>Resume the download of {name}</source>
        <translation>Herunterladen von {name} fortsetzen</translation>
    </message>
    <message>
        <source>Cancel the operation on {name}</source>
        <translation>Vorgang für {name} abbrechen</translation>
    </message>
    <message>
        <source>Verified: the file is intact.</source>
        <translation>Geprüft: Die Datei ist unversehrt.</translation>
    </message>
    <message>
        <source>Use {name}</source>
        <translation>{name} verwenden</translation>
    </message>
    <message>
        <source>Download again</source>
        <translation>Erneut herunterladen</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>NetworkFacts</name>
    <message>
        <source>The smallest of the four and the fastest; a good first choice. It recognises a thousand things.</source>
        <translation>Das kleinste der vier und das schnellste; eine gute erste Wahl. Es erkennt tausend Dinge.</translation>
    </message>
    <message>
        <source>As large and about as fast as VGG 16, but trained with batch normalisation and slightly more accurate. It recognises a thousand things.</source>
        <translation>So groß und etwa so schnell wie VGG 16, aber mit Batch-Normalisierung trainiert und etwas genauer. Es erkennt tausend Dinge.</translation>
    </message>
    <message>
        <source>Three more layers than VGG 16: slightly more accurate and slightly slower. It recognises a thousand things.</source>
        <translation>Drei Schichten mehr als VGG 16: etwas genauer und etwas langsamer. Es erkennt tausend Dinge.</translation>
    </message>
    <message>
        <source>The most accurate of the four and the largest; as slow as VGG 19. It recognises a thousand things.</source>
        <translation>Das genaueste der vier und das größte; so langsam wie VGG 19. Es erkennt tausend Dinge.</translation>
    </message>
    <message>
        <source>Download size</source>
        <translation>Größe des Downloads</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>Dateigröße</translation>
    </message>
    <message>
        <source>Top-1 / Top-5, measured</source>
        <translation>Top-1 / Top-5, gemessen</translation>
    </message>
    <message>
        <source>How often the correct class came first, and how often it was among the first five, measured on the CIFAR-10 test set with ten classes. Not comparable with networks that recognise a thousand.</source>
        <translation>Wie oft die richtige Klasse an erster Stelle kam und wie oft sie unter den ersten fünf war, gemessen mit dem Testsatz von CIFAR-10 und zehn Klassen. Nicht vergleichbar mit Netzen, die tausend erkennen.</translation>
    </message>
    <message>
        <source>How often the correct class came first, and how often it was among the first five, as published by the network&apos;s authors.</source>
        <translation>Wie oft die richtige Klasse an erster Stelle kam und wie oft sie unter den ersten fünf war, nach Angaben der Urheber des Netzes.</translation>
    </message>
    <message>
        <source>No accuracy was published for this network.</source>
        <translation>Zu diesem Netz wurde keine Genauigkeit veröffentlicht.</translation>
    </message>
    <message>
        <source>Memory (approx.)</source>
        <translation>Arbeitsspeicher (ca.)</translation>
    </message>
    <message>
        <source>Measured with the first pictures.</source>
        <translation>Wird mit den ersten Bildern gemessen.</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Waiting in the queue</source>
        <translation>In der Warteschlange</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird hergestellt…</translation>
    </message>
    <message>
        <source>Reconnecting…</source>
        <translation>Verbindung wird wiederhergestellt…</translation>
    </message>
    <message>
        <source>Verifying…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>Verified. Testing it on this computer…</source>
        <translation>Geprüft. Wird auf diesem Computer getestet…</translation>
    </message>
    <message>
        <source>Deleting…</source>
        <translation>Wird gelöscht…</translation>
    </message>
    <message>
        <source>Top-1 / Top-5, published</source>
        <translation>Top-1 / Top-5, veröffentlicht</translation>
    </message>
    <message>
        <source>Ready at once, fast and accurate: EfficientNet-Lite0, by Google. It recognises a thousand things.</source>
        <translation>Sofort bereit, schnell und genau: EfficientNet-Lite0, von Google. Es erkennt tausend Dinge.</translation>
    </message>
    <message>
        <source>A small VGG that anyone can train, for teaching and tests. It recognises only ten things: airplane, automobile, bird, cat, deer, dog, frog, horse, ship and truck.</source>
        <translation>Ein kleines VGG, das jeder trainieren kann, für Unterricht und Tests. Es erkennt nur zehn Dinge: Flugzeug, Auto, Vogel, Katze, Hirsch, Hund, Frosch, Pferd, Schiff und Lastwagen.</translation>
    </message>
    <message>
        <source>Imported from a file.</source>
        <translation>Aus einer Datei importiert.</translation>
    </message>
    <message>
        <source>{rate} pictures per second ({time} ms each)</source>
        <translation>{rate} Bilder pro Sekunde (je {time} ms)</translation>
    </message>
    <message>
        <source>{received} of {total} ({percent})</source>
        <translation>{received} von {total} ({percent})</translation>
    </message>
    <message>
        <source>Estimated from the size of the file, as measured with VGG 16.</source>
        <translation>Aus der Dateigröße geschätzt, nach einer Messung mit VGG 16.</translation>
    </message>
    <message>
        <source>Speed on this computer</source>
        <translation>Tempo auf diesem Computer</translation>
    </message>
</context>
<context>
    <name>NetworkGroup</name>
    <message>
        <source>Fast is not available here: {0}.</source>
        <translation>„Schnell“ ist hier nicht verfügbar: {0}.</translation>
    </message>
    <message>
        <source>The fast version of this network does not exist yet. It is prepared when you first choose Fast.</source>
        <translation>Die schnelle Version dieses Netzes gibt es noch nicht; sie wird vorbereitet, wenn „Schnell“ zum ersten Mal gewählt wird.</translation>
    </message>
</context>
<context>
    <name>NetworkMenu</name>
    <message>
        <source>Verify</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Compare its file with the published checksum</source>
        <translation>Die Datei mit der veröffentlichten Prüfsumme vergleichen</translation>
    </message>
    <message>
        <source>Labels and preprocessing…</source>
        <translation>Klassennamen und Vorverarbeitung…</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner anzeigen</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Use another network first</source>
        <translation>Zuerst ein anderes Netz verwenden</translation>
    </message>
    <message>
        <source>It is in a shared folder, which is only read</source>
        <translation>Es liegt in einem gemeinsamen Ordner, der nur gelesen wird</translation>
    </message>
    <message>
        <source>It was imported from a file and cannot be downloaded again. {size} will be freed.</source>
        <translation>Es wurde aus einer Datei importiert und kann nicht wieder heruntergeladen werden. {size} werden frei.</translation>
    </message>
    <message>
        <source>It can be downloaded again at any time. {size} will be freed.</source>
        <translation>Es kann jederzeit wieder heruntergeladen werden. {size} werden frei.</translation>
    </message>
    <message>
        <source>Delete a network</source>
        <translation>Netz löschen</translation>
    </message>
    <message>
        <source>Delete {name} from this computer?</source>
        <translation>{name} von diesem Computer löschen?</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>NetworkTrial</name>
    <message>
        <source>Class {number}</source>
        <translation>Klasse {number}</translation>
    </message>
</context>
<context>
    <name>NetworksPage</name>
    <message>
        <source>Networks</source>
        <translation>Netze</translation>
    </message>
    <message>
        <source>Networks recognise what is in your pictures. All of them run on this computer; no picture ever leaves it.</source>
        <translation>Netze erkennen, was auf deinen Bildern zu sehen ist. Alle laufen auf diesem Computer; kein Bild verlässt ihn.</translation>
    </message>
    <message>
        <source>Comes with the app</source>
        <translation>Gehört zur App</translation>
    </message>
    <message>
        <source>To download</source>
        <translation>Zum Herunterladen</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Deine eigenen</translation>
    </message>
    <message>
        <source>Import a network…</source>
        <translation>Netz importieren…</translation>
    </message>
    <message>
        <source>or drop an .onnx or .zip file on the window</source>
        <translation>oder eine .onnx- oder .zip-Datei auf das Fenster ziehen</translation>
    </message>
    <message>
        <source>{size} on disk</source>
        <translation>{size} auf diesem Datenträger</translation>
    </message>
    <message>
        <source>ONNX networks</source>
        <translation>ONNX-Netze</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Import a network</source>
        <translation>Netz importieren</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Copy details</source>
        <translation>Details kopieren</translation>
    </message>
    <message>
        <source>{0}. {1}</source>
        <translation>{0}. {1}</translation>
    </message>
    <message>
        <source>Nothing to classify there. Drop pictures, folders or links to pictures.</source>
        <translation>Hier gibt es nichts zu klassifizieren. Möglich sind Bilder, Ordner und Links zu Bildern.</translation>
    </message>
    <message>
        <source>the default folder</source>
        <translation>der Standardordner</translation>
    </message>
    <message>
        <source>The networks are now stored in {0}.</source>
        <translation>Neuer Speicherort der Netze: {0}.</translation>
    </message>
    <message>
        <source>VGG Desktop closed unexpectedly last time.</source>
        <translation>VGG Desktop wurde beim letzten Mal unerwartet beendet.</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>Details anzeigen</translation>
    </message>
    <message>
        <source>Labels and preprocessing…</source>
        <translation>Klassennamen und Vorverarbeitung…</translation>
    </message>
    <message>
        <source>No usual preprocessing fits {name}: on pictures whose classes are known it is mostly wrong.</source>
        <translation>Keine übliche Vorverarbeitung passt zu {name}: bei Bildern mit bekannten Klassen liegt es meistens falsch.</translation>
    </message>
    <message>
        <source>Use it anyway</source>
        <translation>Trotzdem verwenden</translation>
    </message>
    <message>
        <source>Choose a network…</source>
        <translation>Netz wählen…</translation>
    </message>
    <message>
        <source>No pictures were found in {0}.</source>
        <translation>In {0} wurden keine Bilder gefunden.</translation>
    </message>
    <message numerus="yes">
        <source>Copied %n picture(s) into class folders in {0}.</source>
        <translation>
            <numerusform>%n Bild in Klassenordner in {0} kopiert.</numerusform>
            <numerusform>%n Bilder in Klassenordner in {0} kopiert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n result(s) saved in {0}.</source>
        <translation>
            <numerusform>%n Ergebnis in {0} gespeichert.</numerusform>
            <numerusform>%n Ergebnisse in {0} gespeichert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) without a result are not among them.</source>
        <translation>
            <numerusform>%n Bild ohne Ergebnis ist nicht dabei.</numerusform>
            <numerusform>%n Bilder ohne Ergebnis sind nicht dabei.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner anzeigen</translation>
    </message>
    <message>
        <source>{0} is ready.</source>
        <translation>{0} ist bereit.</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Verwenden</translation>
    </message>
    <message numerus="yes">
        <source>Linked %n picture(s) into class folders in {0}.</source>
        <translation>
            <numerusform>%n Bild in Klassenordner in {0} verlinkt.</numerusform>
            <numerusform>%n Bilder in Klassenordner in {0} verlinkt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of those copied could not be linked.</source>
        <translation>
            <numerusform>%n der kopierten konnte nicht verlinkt werden.</numerusform>
            <numerusform>%n der kopierten konnten nicht verlinkt werden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) were there already.</source>
        <translation>
            <numerusform>%n Bild war schon da.</numerusform>
            <numerusform>%n Bilder waren schon da.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) were left out.</source>
        <translation>
            <numerusform>%n Bild wurde ausgelassen.</numerusform>
            <numerusform>%n Bilder wurden ausgelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) failed:</source>
        <translation>
            <numerusform>%n Bild schlug fehl:</numerusform>
            <numerusform>%n Bilder schlugen fehl:</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Networks…</source>
        <translation>Netze…</translation>
    </message>
    <message>
        <source>Fast is ready in half precision on {0}: same best class as Exact on {1} of {2} pictures, probabilities differ by at most {3}.</source>
        <translation>„Schnell“ ist bereit, in halber Genauigkeit auf {0}: bei {1} von {2} Bildern dieselbe beste Klasse wie „Exakt“, Wahrscheinlichkeiten weichen um höchstens {3} ab.</translation>
    </message>
    <message>
        <source>Fast is ready: {0} times as fast as Exact, same best class on {1} of {2} pictures, probabilities differ by at most {3}.</source>
        <translation>„Schnell“ ist bereit: {0}-mal so schnell wie „Exakt“, bei {1} von {2} Bildern dieselbe beste Klasse, Wahrscheinlichkeiten weichen um höchstens {3} ab.</translation>
    </message>
    <message>
        <source>Fast is not available here: {0}.</source>
        <translation>„Schnell“ ist hier nicht verfügbar: {0}.</translation>
    </message>
    <message>
        <source>{0} failed: {1}. Continuing on the CPU; no picture is skipped.</source>
        <translation>{0} ist ausgefallen: {1}. Weiter geht es auf der CPU; kein Bild wird ausgelassen.</translation>
    </message>
    <message numerus="yes">
        <source>Fetch %n picture(s) from {0}? The site will see your IP address; nothing else is sent.</source>
        <translation>
            <numerusform>%n Bild von {0} abrufen? Die Website sieht deine IP-Adresse; sonst wird nichts gesendet.</numerusform>
            <numerusform>%n Bilder von {0} abrufen? Die Website sieht deine IP-Adresse; sonst wird nichts gesendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>Abrufen</translation>
    </message>
    <message>
        <source>Always fetch</source>
        <translation>Immer abrufen</translation>
    </message>
    <message>
        <source>Do not fetch</source>
        <translation>Nicht abrufen</translation>
    </message>
    <message>
        <source>Files on {0} cannot be opened directly. Copy them to this computer, or mount the share as a folder, and open them from there.</source>
        <translation>Dateien auf {0} können nicht direkt geöffnet werden. Kopiere sie auf diesen Computer oder binde die Freigabe als Ordner ein und öffne sie von dort.</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Pict&amp;ures</source>
        <translation>&amp;Bilder</translation>
    </message>
    <message>
        <source>Net&amp;works</source>
        <translation>N&amp;etze</translation>
    </message>
    <message>
        <source>De&amp;vices</source>
        <translation>Ge&amp;räte</translation>
    </message>
    <message>
        <source>Se&amp;ttings</source>
        <translation>E&amp;instellungen</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
</context>
<context>
    <name>PrecisionSwitch</name>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Exakt</translation>
    </message>
    <message>
        <source>The published network, in 32-bit floating point</source>
        <translation>Das veröffentlichte Netz, in 32-Bit-Gleitkommazahlen</translation>
    </message>
    <message>
        <source>Preparing the fast version. Choose Exact to cancel.</source>
        <translation>Die schnelle Version wird vorbereitet. „Exakt“ bricht das ab.</translation>
    </message>
    <message>
        <source>Not available here: {0}.</source>
        <translation>Hier nicht verfügbar: {0}.</translation>
    </message>
    <message>
        <source>In half precision on {0}; prepared once on this computer (about 15 seconds)</source>
        <translation>In halber Genauigkeit auf {0}; wird einmal auf diesem Computer vorbereitet (etwa 15 Sekunden)</translation>
    </message>
    <message>
        <source>In 8-bit integers; prepared once on this computer (about half a minute)</source>
        <translation>In 8-Bit-Ganzzahlen; wird einmal auf diesem Computer vorbereitet (etwa eine halbe Minute)</translation>
    </message>
    <message>
        <source>In 8-bit integers; {0} times as fast as Exact</source>
        <translation>In 8-Bit-Ganzzahlen; {0}-mal so schnell wie „Exakt“</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>Fast: {0}</source>
        <translation>Schnell: {0}</translation>
    </message>
    <message>
        <source>In half precision on {0}</source>
        <translation>In halber Genauigkeit auf {0}</translation>
    </message>
</context>
<context>
    <name>PreprocessingForm</name>
    <message>
        <source>&amp;Preprocessing</source>
        <translation>&amp;Vorverarbeitung</translation>
    </message>
    <message>
        <source>Preprocessing</source>
        <translation>Vorverarbeitung</translation>
    </message>
    <message>
        <source>Choose how it was trained…</source>
        <translation>Wähle, wie es trainiert wurde…</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Aus einer Datei…</translation>
    </message>
    <message>
        <source>Preprocessing from a file…</source>
        <translation>Vorverarbeitung aus einer Datei…</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation>Alle Einstellungen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Keep the aspect ratio and crop the middle</source>
        <translation>Seitenverhältnis behalten, Mitte ausschneiden</translation>
    </message>
    <message>
        <source>Squash to the size</source>
        <translation>Auf die Größe stauchen</translation>
    </message>
    <message>
        <source>Resize first to</source>
        <translation>Vorher verkleinern auf</translation>
    </message>
    <message>
        <source>Nearest</source>
        <translation>Nächster Punkt</translation>
    </message>
    <message>
        <source>Bilinear</source>
        <translation>Bilinear</translation>
    </message>
    <message>
        <source>Bicubic</source>
        <translation>Bikubisch</translation>
    </message>
    <message>
        <source>RGB: red, green, blue</source>
        <translation>RGB: Rot, Grün, Blau</translation>
    </message>
    <message>
        <source>BGR: blue, green, red</source>
        <translation>BGR: Blau, Grün, Rot</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Deviation</source>
        <translation>Abweichung</translation>
    </message>
    <message>
        <source>Found by trial</source>
        <translation>Durch Probieren gefunden</translation>
    </message>
    <message>
        <source>Logits</source>
        <translation>Rohwerte (Logits)</translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation>Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>Percent</source>
        <translation>Prozent</translation>
    </message>
    <message>
        <source>Independent classes</source>
        <translation>Unabhängige Klassen</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Interpolation</source>
        <translation>Interpolation</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Divide by</source>
        <translation>Teilen durch</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>Ausgaben</translation>
    </message>
    <message>
        <source>This is not a number: {text}</source>
        <translation>Das ist keine Zahl: {text}</translation>
    </message>
    <message>
        <source>Pixels are divided by a number of at least 1.</source>
        <translation>Bildpunkte werden durch eine Zahl von mindestens 1 geteilt.</translation>
    </message>
    <message>
        <source>Each deviation must be above 0.</source>
        <translation>Jede Abweichung muss größer als 0 sein.</translation>
    </message>
    <message>
        <source>The network fixes it.</source>
        <translation>Das Netz legt sie fest.</translation>
    </message>
    <message>
        <source>red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>From {file}.</source>
        <translation>Aus {file}.</translation>
    </message>
    <message>
        <source>The numbers are under “All settings”.</source>
        <translation>Die Zahlen stehen unter „Alle Einstellungen“.</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>ImageNet: mean and deviation</source>
        <translation>ImageNet: Mittel und Abweichung</translation>
    </message>
    <message>
        <source>Colours from -1 to 1</source>
        <translation>Farben von -1 bis 1</translation>
    </message>
    <message>
        <source>Colours from 0 to 1</source>
        <translation>Farben von 0 bis 1</translation>
    </message>
    <message>
        <source>Colours from 0 to 255</source>
        <translation>Farben von 0 bis 255</translation>
    </message>
    <message>
        <source>BGR with means (Caffe)</source>
        <translation>BGR mit Mittelwerten (Caffe)</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>As torchvision, timm and most networks made with PyTorch.</source>
        <translation>Wie torchvision, timm und die meisten Netze aus PyTorch.</translation>
    </message>
    <message>
        <source>As Teachable Machine, MobileNet and Inception of Keras.</source>
        <translation>Wie Teachable Machine, MobileNet und Inception aus Keras.</translation>
    </message>
    <message>
        <source>As many networks of one&apos;s own, and Ultralytics.</source>
        <translation>Wie viele selbst trainierte Netze und Ultralytics.</translation>
    </message>
    <message>
        <source>As networks that scale the colours themselves, such as EfficientNet of Keras.</source>
        <translation>Wie Netze, die die Farben selbst skalieren, etwa EfficientNet aus Keras.</translation>
    </message>
    <message>
        <source>As VGG and ResNet of Keras, and networks made with Caffe.</source>
        <translation>Wie VGG und ResNet aus Keras und Netze aus Caffe.</translation>
    </message>
</context>
<context>
    <name>ProgressPanel</name>
    <message>
        <source>Progress of {name}</source>
        <translation>Fortschritt von {name}</translation>
    </message>
</context>
<context>
    <name>Provenance</name>
    <message>
        <source>Previous answer; {1} was stopped</source>
        <translation>Bisherige Antwort; {1} wurde abgebrochen</translation>
    </message>
    <message>
        <source>{0}&apos;s answer; {1} was stopped</source>
        <translation>Antwort von {0}; {1} wurde abgebrochen</translation>
    </message>
    <message>
        <source>Previous answer; {1} is paused</source>
        <translation>Bisherige Antwort; {1} ist angehalten</translation>
    </message>
    <message>
        <source>{0}&apos;s answer; {1} is paused</source>
        <translation>Antwort von {0}; {1} ist angehalten</translation>
    </message>
    <message>
        <source>Previous answer; {1} is computing…</source>
        <translation>Bisherige Antwort; {1} rechnet noch…</translation>
    </message>
    <message>
        <source>{0}&apos;s answer; {1} is computing…</source>
        <translation>Antwort von {0}; {1} rechnet noch…</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>Abmessungen</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Anmerkung</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Execution provider</source>
        <translation>Execution Provider</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Exakt</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Decoding</source>
        <translation>Dekodierung</translation>
    </message>
    <message>
        <source>All pixels</source>
        <translation>Alle Pixel</translation>
    </message>
    <message>
        <source>JPEG decoded at a reduced size (draft)</source>
        <translation>JPEG in verringerter Größe dekodiert (Draft)</translation>
    </message>
    <message>
        <source>Preprocessing</source>
        <translation>Vorverarbeitung</translation>
    </message>
    <message>
        <source>{0} ms: decode {1} ms, resize {2} ms, network {3} ms</source>
        <translation>{0} ms: Dekodieren {1} ms, Skalieren {2} ms, Netz {3} ms</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Other devices</source>
        <translation>Andere Geräte</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>Published file</source>
        <translation>Veröffentlichte Datei</translation>
    </message>
    <message>
        <source>Graph over the published file&apos;s weights</source>
        <translation>Graph über den Gewichten der veröffentlichten Datei</translation>
    </message>
    <message>
        <source>Winograd convolutions</source>
        <translation>Winograd-Faltungen</translation>
    </message>
    <message>
        <source>8-bit integers</source>
        <translation>Ganze Zahlen mit 8 Bit</translation>
    </message>
    <message>
        <source>Half precision (16-bit)</source>
        <translation>Halbe Genauigkeit (16 Bit)</translation>
    </message>
    <message>
        <source>nearest pixel</source>
        <translation>nächster Punkt</translation>
    </message>
    <message>
        <source>bilinear</source>
        <translation>bilinear</translation>
    </message>
    <message>
        <source>bicubic</source>
        <translation>bikubisch</translation>
    </message>
    <message>
        <source>squashed to {0} ({1})</source>
        <translation>auf {0} gestaucht ({1})</translation>
    </message>
    <message>
        <source>shorter side resized to {0} ({1})</source>
        <translation>kürzere Seite auf {0} skaliert ({1})</translation>
    </message>
    <message>
        <source>resized to cover {0} ({1})</source>
        <translation>skaliert, bis {0} bedeckt sind ({1})</translation>
    </message>
    <message>
        <source>{0} pixels</source>
        <translation>{0} Pixel</translation>
    </message>
    <message>
        <source>Cropped to the middle {0}</source>
        <translation>Mitte ausgeschnitten: {0}</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>values / {0}</source>
        <translation>Werte / {0}</translation>
    </message>
    <message>
        <source>Mean {0}; standard deviation {1}</source>
        <translation>Mittelwert {0}; Standardabweichung {1}</translation>
    </message>
    <message>
        <source>{0} × {1} pixels</source>
        <translation>{0} × {1} Pixel</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation>Liste leeren</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report a problem</source>
        <translation>Problem melden</translation>
    </message>
    <message>
        <source>Copy this text and send it, with what you did and what happened, to where you got VGG Desktop from. Nothing is sent automatically. The text has neither your pictures&apos; names nor your folders.</source>
        <translation>Kopiere diesen Text und sende ihn, mit dem, was du getan hast und was geschehen ist, dorthin, woher du VGG Desktop hast. Nichts wird automatisch gesendet. Der Text enthält weder die Namen deiner Bilder noch deine Ordner.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Still collecting facts about the devices…</source>
        <translation>Angaben über die Geräte werden noch gesammelt…</translation>
    </message>
</context>
<context>
    <name>ResultsModel</name>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Working…</source>
        <translation>In Arbeit…</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Click to select the group, and its number to show nothing else</source>
        <translation>Klick wählt die Gruppe aus, Klick auf die Zahl zeigt nur sie</translation>
    </message>
    <message>
        <source>Group {0}</source>
        <translation>Gruppe {0}</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Not classified yet</source>
        <translation>Noch nicht klassifiziert</translation>
    </message>
    <message numerus="yes">
        <source>Group {0}: %n picture(s)</source>
        <translation>
            <numerusform>Gruppe {0}: %n Bild</numerusform>
            <numerusform>Gruppe {0}: %n Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>{0}, folded</source>
        <translation>{0}, eingeklappt</translation>
    </message>
    <message>
        <source>{network}: {label}</source>
        <translation>{network}: {label}</translation>
    </message>
    <message>
        <source>Not sure: {0}</source>
        <translation>Unsicher: {0}</translation>
    </message>
</context>
<context>
    <name>ScopeChoice</name>
    <message>
        <source>All {0}</source>
        <translation>Alle {0}</translation>
    </message>
    <message>
        <source>{0} shown</source>
        <translation>{0} angezeigt</translation>
    </message>
    <message>
        <source>{0} selected</source>
        <translation>{0} ausgewählt</translation>
    </message>
</context>
<context>
    <name>SeenPicture</name>
    <message>
        <source>The picture as the network sees it</source>
        <translation>Das Bild, wie das Netz es sieht</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Set by your administrator.</source>
        <translation>Von der Administration festgelegt.</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Same as system</source>
        <translation>Wie das System</translation>
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
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Fetch p&amp;ictures from links</source>
        <translation>Bilder von &amp;Links abrufen</translation>
    </message>
    <message>
        <source>Check for &amp;updates at every start</source>
        <translation>Bei jedem Start nach &amp;Updates suchen</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Networks folder</source>
        <translation>Ordner der Netze</translation>
    </message>
    <message>
        <source>Settings file</source>
        <translation>Datei der Einstellungen</translation>
    </message>
    <message>
        <source>Log folder</source>
        <translation>Ordner des Protokolls</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>Ände&amp;rn…</translation>
    </message>
    <message>
        <source>Use &amp;default folder</source>
        <translation>Standardordner &amp;verwenden</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Open the settings folder</source>
        <translation>Ordner der Einstellungen öffnen</translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation>Ordner des Protokolls öffnen</translation>
    </message>
    <message>
        <source>&amp;Reset all settings…</source>
        <translation>Alle Einstellungen &amp;zurücksetzen…</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>&amp;Appearance:</source>
        <translation>&amp;Erscheinungsbild:</translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation>&amp;Sprache:</translation>
    </message>
    <message>
        <source>How many classes are shown per picture.</source>
        <translation>Wie viele Klassen zu einem Bild angezeigt werden.</translation>
    </message>
    <message>
        <source>Results &amp;per picture:</source>
        <translation>Ergebnisse &amp;pro Bild:</translation>
    </message>
    <message>
        <source>A picture whose best class is less probable is shown as “not sure”.</source>
        <translation>Ein Bild, dessen beste Klasse weniger wahrscheinlich ist, gilt als „unsicher“.</translation>
    </message>
    <message>
        <source>Not &amp;sure below:</source>
        <translation>&amp;Unsicher unter:</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Netze</translation>
    </message>
    <message>
        <source>More threads are not always faster.</source>
        <translation>Mehr Threads sind nicht immer schneller.</translation>
    </message>
    <message>
        <source>Processor &amp;threads:</source>
        <translation>Prozessor-&amp;Threads:</translation>
    </message>
    <message>
        <source>Folder:</source>
        <translation>Ordner:</translation>
    </message>
    <message>
        <source>Shared networks:</source>
        <translation>Gemeinsame Netze:</translation>
    </message>
    <message>
        <source>Internet</source>
        <translation>Internet</translation>
    </message>
    <message>
        <source>Otherwise the internet is used only to download the networks that you choose.</source>
        <translation>Sonst wird das Internet nur benutzt, um gewählte Netze herunterzuladen.</translation>
    </message>
    <message>
        <source>One server is contacted; it sees only your IP address.</source>
        <translation>Ein Server wird gefragt; er sieht nur deine IP-Adresse.</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>Ausgeschaltet</translation>
    </message>
    <message>
        <source>Downloads of networks:</source>
        <translation>Downloads von Netzen:</translation>
    </message>
    <message>
        <source>Mirror of networks:</source>
        <translation>Spiegelserver der Netze:</translation>
    </message>
    <message>
        <source>Network proxy:</source>
        <translation>Proxy:</translation>
    </message>
    <message>
        <source>The system&apos;s proxy is used.</source>
        <translation>Der Proxy des Systems wird verwendet.</translation>
    </message>
    <message>
        <source>App files</source>
        <translation>Dateien der App</translation>
    </message>
    <message>
        <source>Settings:</source>
        <translation>Einstellungen:</translation>
    </message>
    <message>
        <source>Log:</source>
        <translation>Protokoll:</translation>
    </message>
    <message>
        <source>Choose a folder for the networks</source>
        <translation>Ordner für die Netze wählen</translation>
    </message>
    <message>
        <source>Reset all settings to their defaults and clear the list of recent pictures? Installed networks stay in their folder.</source>
        <translation>Alle Einstellungen auf die Standardwerte zurücksetzen und die Liste der zuletzt geöffneten Bilder leeren? Installierte Netze bleiben in ihrem Ordner.</translation>
    </message>
    <message>
        <source>Reset all settings</source>
        <translation>Alle Einstellungen zurücksetzen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
</context>
<context>
    <name>SizeField</name>
    <message>
        <source>width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>Pixel</translation>
    </message>
</context>
<context>
    <name>SortButton</name>
    <message>
        <source>Order added</source>
        <translation>Reihenfolge des Hinzufügens</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Name</translation>
    </message>
    <message>
        <source>By class</source>
        <translation>Nach Klasse</translation>
    </message>
    <message>
        <source>Most certain first</source>
        <translation>Sicherste zuerst</translation>
    </message>
    <message>
        <source>Least certain first</source>
        <translation>Unsicherste zuerst</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Keine Gruppen</translation>
    </message>
    <message>
        <source>Group by class, largest first</source>
        <translation>Nach Klasse gruppieren, größte zuerst</translation>
    </message>
    <message>
        <source>Group by class, in alphabetical order</source>
        <translation>Nach Klasse gruppieren, alphabetisch</translation>
    </message>
    <message>
        <source>Update order</source>
        <translation>Reihenfolge aktualisieren</translation>
    </message>
    <message>
        <source>Sort and group</source>
        <translation>Sortieren und gruppieren</translation>
    </message>
    <message>
        <source>Sort and group the pictures</source>
        <translation>Bilder sortieren und gruppieren</translation>
    </message>
</context>
<context>
    <name>SortDialog</name>
    <message>
        <source>Sort into folders</source>
        <translation>In Ordner einsortieren</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen…</translation>
    </message>
    <message>
        <source>Pictures below</source>
        <translation>Bilder unter</translation>
    </message>
    <message>
        <source>Probability below which a picture is unsure</source>
        <translation>Wahrscheinlichkeit, unter der ein Bild unsicher ist</translation>
    </message>
    <message>
        <source>What to do with unsure pictures</source>
        <translation>Was mit unsicheren Bildern geschieht</translation>
    </message>
    <message>
        <source>go into the folder “not sure”</source>
        <translation>kommen in den Ordner „unsicher“</translation>
    </message>
    <message>
        <source>not sure</source>
        <comment>name of a folder</comment>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>are left out</source>
        <translation>werden ausgelassen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Hard link (takes no space)</source>
        <translation>Hardlink (braucht keinen Platz)</translation>
    </message>
    <message>
        <source>A picture and its hard link are one file: editing one changes both.</source>
        <translation>Ein Bild und sein Hardlink sind eine Datei: Wer eins bearbeitet, ändert beide.</translation>
    </message>
    <message>
        <source>Hard links need a folder on the disk of the pictures.</source>
        <translation>Hardlinks brauchen einen Ordner auf demselben Datenträger wie die Bilder.</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>Einsortieren</translation>
    </message>
    <message>
        <source>Which pictures</source>
        <translation>Welche Bilder</translation>
    </message>
    <message>
        <source>Into a sub-folder per class in</source>
        <translation>In einen Unterordner je Klasse in</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner auswählen</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>Wähl einen Ordner aus.</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt…</translation>
    </message>
    <message>
        <source>no extra space</source>
        <translation>kein zusätzlicher Platz</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n Ordner</numerusform>
            <numerusform>%n Ordner</numerusform>
        </translation>
    </message>
    <message>
        <source>{pictures} into {folders}, {size}</source>
        <translation>{pictures} in {folders}, {size}</translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%n ausgelassen</numerusform>
            <numerusform>%n ausgelassen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Stepping</name>
    <message>
        <source>Previous picture</source>
        <translation>Voriges Bild</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>Nächstes Bild</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
</context>
<context>
    <name>TrialPanel</name>
    <message>
        <source>Strange colours mean: other numbers than ImageNet&apos;s. Whether they fit, the answer tells.</source>
        <translation>Fremde Farben heißen: andere Zahlen als die von ImageNet. Ob sie passen, zeigt die Antwort.</translation>
    </message>
    <message>
        <source>What the network sees and answers</source>
        <translation>Was das Netz sieht und antwortet</translation>
    </message>
    <message>
        <source>Answer for the picture</source>
        <translation>Antwort zum Bild</translation>
    </message>
    <message>
        <source>Another picture…</source>
        <translation>Anderes Bild…</translation>
    </message>
    <message>
        <source>Strange colours mean: other numbers than those saved.</source>
        <translation>Fremde Farben heißen: andere Zahlen als die gespeicherten.</translation>
    </message>
    <message>
        <source>The network is being tried…</source>
        <translation>Das Netz wird ausprobiert…</translation>
    </message>
    <message>
        <source>{size} pixels, numbers from {low} to {high}.</source>
        <translation>{size} Pixel, Zahlen von {low} bis {high}.</translation>
    </message>
    <message>
        <source>Choose the preprocessing to see what the network answers.</source>
        <translation>Wähle die Vorverarbeitung, um zu sehen, was das Netz antwortet.</translation>
    </message>
</context>
<context>
    <name>UpdateNotices</name>
    <message>
        <source>VGG Desktop {0} is available.</source>
        <translation>VGG Desktop {0} ist verfügbar.</translation>
    </message>
    <message>
        <source>Open web page</source>
        <translation>Webseite öffnen</translation>
    </message>
    <message>
        <source>VGG Desktop is up to date.</source>
        <translation>VGG Desktop ist aktuell.</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Drop pictures here</source>
        <translation>Bilder hier ablegen</translation>
    </message>
    <message>
        <source>Pictures, folders, links, pictures from the browser or the clipboard, or a network as .onnx or .zip</source>
        <translation>Bilder, Ordner, Links, Bilder aus dem Browser oder der Zwischenablage, oder ein Netz als .onnx oder .zip</translation>
    </message>
    <message>
        <source>Names and results of pictures are remembered on this computer only; the settings can switch that off.</source>
        <translation>Namen und Ergebnisse von Bildern werden nur auf diesem Computer gemerkt; in den Einstellungen lässt sich das ausschalten.</translation>
    </message>
    <message>
        <source>Supported: {formats}</source>
        <translation>Unterstützt: {formats}</translation>
    </message>
    <message>
        <source>Open pictures…</source>
        <translation>Bilder öffnen…</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ordner öffnen…</translation>
    </message>
    <message numerus="yes">
        <source>Continue with the last %n picture(s)</source>
        <translation>
            <numerusform>Mit dem letzten Bild (%n) weitermachen</numerusform>
            <numerusform>Mit den letzten %n Bildern weitermachen</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} ({1} done)</source>
        <translation>{0} ({1} fertig)</translation>
    </message>
    <message>
        <source>or try one of these</source>
        <translation>oder eines von diesen ausprobieren</translation>
    </message>
</context>
</TS>
