<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>MenuCommands</name>
    <message numerus="yes">
        <source>Take all %n picture(s) off the list? The files themselves stay.</source>
        <translation>
            <numerusform>Take %n picture off the list? The file itself stays.</numerusform>
            <numerusform>Take all %n pictures off the list? The files themselves stay.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message numerus="yes">
        <source>Since then it happened %n more time(s).</source>
        <translation>
            <numerusform>Since then it happened %n more time.</numerusform>
            <numerusform>Since then it happened %n more times.</numerusform>
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
    <name>ListPanel</name>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MeasuringPanel</name>
    <message numerus="yes">
        <source>%n picture(s) wait until this is over.</source>
        <translation>
            <numerusform>%n picture waits until this is over.</numerusform>
            <numerusform>%n pictures wait until this is over.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message numerus="yes">
        <source>%n result(s) saved in {0}.</source>
        <translation>
            <numerusform>%n result saved in {0}.</numerusform>
            <numerusform>%n results saved in {0}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) would be fetched from {0}. That server learns the address of this computer; nothing else leaves it.</source>
        <translation>
            <numerusform>%n picture would be fetched from {0}. That server learns the address of this computer; nothing else leaves it.</numerusform>
            <numerusform>%n pictures would be fetched from {0}. That server learns the address of this computer; nothing else leaves it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Fetching %n picture(s)…</source>
        <translation>
            <numerusform>Fetching %n picture…</numerusform>
            <numerusform>Fetching %n pictures…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WorkNotices</name>
    <message numerus="yes">
        <source>Searching for pictures… %n found so far.</source>
        <translation>
            <numerusform>Searching for pictures… %n found so far.</numerusform>
            <numerusform>Searching for pictures… %n found so far.</numerusform>
        </translation>
    </message>
</context>
</TS>
