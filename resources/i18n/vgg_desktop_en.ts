<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CrashDialog</name>
    <message numerus="yes">
        <source>It has happened %n more time(s) since.</source>
        <translation>
            <numerusform>It has happened %n more time since.</numerusform>
            <numerusform>It has happened %n more times since.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeviceCard</name>
    <message numerus="yes">
        <source>%n self-test(s) passed</source>
        <translation>
            <numerusform>%n self-test passed</numerusform>
            <numerusform>%n self-tests passed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistorySection</name>
    <message numerus="yes">
        <source>%n picture(s), {0}</source>
        <translation>
            <numerusform>%n picture, {0}</numerusform>
            <numerusform>%n pictures, {0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete the results of %n picture(s) and the list of recent files? The pictures themselves stay.</source>
        <translation>
            <numerusform>Delete the results of %n picture and the list of recent files? The picture itself stays.</numerusform>
            <numerusform>Delete the results of %n pictures and the list of recent files? The pictures themselves stay.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Incoming</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n folder</numerusform>
            <numerusform>%n folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n network(s)</source>
        <translation>
            <numerusform>%n network</numerusform>
            <numerusform>%n networks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n link(s)</source>
        <translation>
            <numerusform>%n link</numerusform>
            <numerusform>%n links</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobLines</name>
    <message numerus="yes">
        <source>%n found so far</source>
        <translation>
            <numerusform>%n found so far</numerusform>
            <numerusform>%n found so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to go</source>
        <translation>
            <numerusform>%n to go</numerusform>
            <numerusform>%n to go</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LabelsForm</name>
    <message numerus="yes">
        <source>%n name(s) are missing.</source>
        <translation>
            <numerusform>%n name is missing.</numerusform>
            <numerusform>%n names are missing.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) too many.</source>
        <translation>
            <numerusform>%n name too many.</numerusform>
            <numerusform>%n names too many.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n name(s)</source>
        <translation>
            <numerusform>%n name</numerusform>
            <numerusform>%n names</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MeasuringPanel</name>
    <message numerus="yes">
        <source>%n picture(s) waiting until this finishes.</source>
        <translation>
            <numerusform>%n picture waiting until this finishes.</numerusform>
            <numerusform>%n pictures waiting until this finishes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MenuCommands</name>
    <message numerus="yes">
        <source>&amp;Save %n result(s)…</source>
        <translation>
            <numerusform>&amp;Save %n result…</numerusform>
            <numerusform>&amp;Save %n results…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sort %n picture(s) into fol&amp;ders…</source>
        <translation>
            <numerusform>Sort %n picture into fol&amp;ders…</numerusform>
            <numerusform>Sort %n pictures into fol&amp;ders…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Remove %n picture(s) from list</source>
        <translation>
            <numerusform>&amp;Remove %n picture from list</numerusform>
            <numerusform>&amp;Remove %n pictures from list</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Save the results of %n picture(s)</source>
        <translation>
            <numerusform>Save the results of %n picture</numerusform>
            <numerusform>Save the results of %n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove all %n picture(s) from the list? Your files are not deleted.</source>
        <translation>
            <numerusform>Remove %n picture from the list? Your file is not deleted.</numerusform>
            <numerusform>Remove all %n pictures from the list? Your files are not deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message numerus="yes">
        <source>Copied %n picture(s) into class folders in {0}.</source>
        <translation>
            <numerusform>Copied %n picture into class folders in {0}.</numerusform>
            <numerusform>Copied %n pictures into class folders in {0}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n result(s) saved in {0}.</source>
        <translation>
            <numerusform>%n result saved in {0}.</numerusform>
            <numerusform>%n results saved in {0}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) without a result are not among them.</source>
        <translation>
            <numerusform>%n picture without a result is not among them.</numerusform>
            <numerusform>%n pictures without a result are not among them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Linked %n picture(s) into class folders in {0}.</source>
        <translation>
            <numerusform>Linked %n picture into class folders in {0}.</numerusform>
            <numerusform>Linked %n pictures into class folders in {0}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of those copied could not be linked.</source>
        <translation>
            <numerusform>%n of those copied could not be linked.</numerusform>
            <numerusform>%n of those copied could not be linked.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) were there already.</source>
        <translation>
            <numerusform>%n picture was there already.</numerusform>
            <numerusform>%n pictures were there already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) were left out.</source>
        <translation>
            <numerusform>%n picture was left out.</numerusform>
            <numerusform>%n pictures were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) failed:</source>
        <translation>
            <numerusform>%n picture failed:</numerusform>
            <numerusform>%n pictures failed:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Fetch %n picture(s) from {0}? The site will see your IP address; nothing else is sent.</source>
        <translation>
            <numerusform>Fetch %n picture from {0}? The site will see your IP address; nothing else is sent.</numerusform>
            <numerusform>Fetch %n pictures from {0}? The site will see your IP address; nothing else is sent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultsModel</name>
    <message numerus="yes">
        <source>Group {0}: %n picture(s)</source>
        <translation>
            <numerusform>Group {0}: %n picture</numerusform>
            <numerusform>Group {0}: %n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SortDialog</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n folder</numerusform>
            <numerusform>%n folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%n left out</numerusform>
            <numerusform>%n left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message numerus="yes">
        <source>Continue with the last %n picture(s)</source>
        <translation>
            <numerusform>Continue with the last %n picture</numerusform>
            <numerusform>Continue with the last %n pictures</numerusform>
        </translation>
    </message>
</context>
</TS>
