<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>telltale::AlertModel</name>
    <message numerus="yes">
        <source>%Ln error(s) in 7 days</source>
        <translation>
            <numerusform>%Ln error in 7 days</numerusform>
            <numerusform>%Ln errors in 7 days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::AlertsDialog</name>
    <message numerus="yes">
        <source>In the last week it would have spoken %Ln time(s), last at %1.</source>
        <translation>
            <numerusform>In the last week it would have spoken %Ln time, last at %1.</numerusform>
            <numerusform>In the last week it would have spoken %Ln times, last at %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::CacheTrouble</name>
    <message numerus="yes">
        <source>%Ln session(s) lost their name and were made again of their records.</source>
        <translation>
            <numerusform>%Ln session lost its name and was made again of its records.</numerusform>
            <numerusform>%Ln sessions lost their names and were made again of their records.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) came over</source>
        <translation>
            <numerusform>%Ln record came over</numerusform>
            <numerusform>%Ln records came over</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::Definitions</name>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>%Ln record</numerusform>
            <numerusform>%Ln records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln segment(s)</source>
        <translation>
            <numerusform>%Ln segment</numerusform>
            <numerusform>%Ln segments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln bucket(s)</source>
        <translation>
            <numerusform>%Ln bucket</numerusform>
            <numerusform>%Ln buckets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln usage event(s)</source>
        <translation>
            <numerusform>%Ln usage event</numerusform>
            <numerusform>%Ln usage events</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln screen view(s)</source>
        <translation>
            <numerusform>%Ln screen view</numerusform>
            <numerusform>%Ln screen views</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s)</source>
        <translation>
            <numerusform>%Ln session</numerusform>
            <numerusform>%Ln sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln error(s)</source>
        <translation>
            <numerusform>%Ln error</numerusform>
            <numerusform>%Ln errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln span(s)</source>
        <translation>
            <numerusform>%Ln span</numerusform>
            <numerusform>%Ln spans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s)</source>
        <translation>
            <numerusform>%Ln user</numerusform>
            <numerusform>%Ln users</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s), counted once a row</source>
        <translation>
            <numerusform>%Ln user, counted once a row</numerusform>
            <numerusform>%Ln users, counted once a row</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln point(s)</source>
        <translation>
            <numerusform>%Ln point</numerusform>
            <numerusform>%Ln points</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln bucket(s) with a value</source>
        <translation>
            <numerusform>%Ln bucket with a value</numerusform>
            <numerusform>%Ln buckets with a value</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::ErrorDetailView</name>
    <message numerus="yes">
        <source>%Ln event(s)</source>
        <translation>
            <numerusform>%Ln event</numerusform>
            <numerusform>%Ln events</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s)</source>
        <translation>
            <numerusform>%Ln user</numerusform>
            <numerusform>%Ln users</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::ErrorTriage</name>
    <message numerus="yes">
        <source>%n error(s) resolved</source>
        <translation>
            <numerusform>%n error resolved</numerusform>
            <numerusform>%n errors resolved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s) archived</source>
        <translation>
            <numerusform>%n error archived</numerusform>
            <numerusform>%n errors archived</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s) reopened</source>
        <translation>
            <numerusform>%n error reopened</numerusform>
            <numerusform>%n errors reopened</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s) merged</source>
        <translation>
            <numerusform>%n error merged</numerusform>
            <numerusform>%n errors merged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s) taken apart</source>
        <translation>
            <numerusform>%n error taken apart</numerusform>
            <numerusform>%n errors taken apart</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::ErrorsPage</name>
    <message numerus="yes">
        <source>%Ln new error(s) · show (N)</source>
        <translation>
            <numerusform>%Ln new error · show (N)</numerusform>
            <numerusform>%Ln new errors · show (N)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln error(s) chosen</source>
        <translation>
            <numerusform>%Ln error chosen</numerusform>
            <numerusform>%Ln errors chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::Formatter</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n week(s)</source>
        <translation>
            <numerusform>%n week</numerusform>
            <numerusform>%n weeks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation>
            <numerusform>%n month</numerusform>
            <numerusform>%n months</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n year(s)</source>
        <translation>
            <numerusform>%n year</numerusform>
            <numerusform>%n years</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n week(s) ago</source>
        <translation>
            <numerusform>%n week ago</numerusform>
            <numerusform>%n weeks ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s) ago</source>
        <translation>
            <numerusform>%n month ago</numerusform>
            <numerusform>%n months ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n year(s) ago</source>
        <translation>
            <numerusform>%n year ago</numerusform>
            <numerusform>%n years ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::JobList</name>
    <message numerus="yes">
        <source>%n job(s)</source>
        <translation>
            <numerusform>%n job</numerusform>
            <numerusform>%n jobs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::JourneysPage</name>
    <message numerus="yes">
        <source>%n session(s) in this time, none of them came there.</source>
        <translation>
            <numerusform>%n session in this time, none of them came there.</numerusform>
            <numerusform>%n sessions in this time, none of them came there.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::MainWindow</name>
    <message numerus="yes">
        <source>%n records are kept in %1.</source>
        <translation>
            <numerusform>%n record is kept in %1.</numerusform>
            <numerusform>%n records are kept in %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n quiet</source>
        <comment>events a second; that many sources</comment>
        <translation>
            <numerusform>%1 · %n quiet</numerusform>
            <numerusform>%1 · %n quiet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s)</source>
        <translation>
            <numerusform>%Ln session</numerusform>
            <numerusform>%Ln sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln error(s)</source>
        <translation>
            <numerusform>%Ln error</numerusform>
            <numerusform>%Ln errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln event(s) rejected</source>
        <translation>
            <numerusform>%Ln event rejected</numerusform>
            <numerusform>%Ln events rejected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::MessageModel</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::OverviewPage</name>
    <message numerus="yes">
        <source>%Ln new error(s) · show</source>
        <translation>
            <numerusform>%Ln new error · show</numerusform>
            <numerusform>%Ln new errors · show</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <comment>rows that are not shown</comment>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::Page</name>
    <message numerus="yes">
        <source>%Ln usage event(s)</source>
        <translation>
            <numerusform>%Ln usage event</numerusform>
            <numerusform>%Ln usage events</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s)</source>
        <translation>
            <numerusform>%Ln session</numerusform>
            <numerusform>%Ln sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s)</source>
        <translation>
            <numerusform>%Ln user</numerusform>
            <numerusform>%Ln users</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::PaletteEntries</name>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::PathFlow</name>
    <message numerus="yes">
        <source>%n step(s) before</source>
        <translation>
            <numerusform>%n step before</numerusform>
            <numerusform>%n steps before</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::PathsTab</name>
    <message numerus="yes">
        <source>%n other(s)</source>
        <translation>
            <numerusform>%n other</numerusform>
            <numerusform>%n others</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::PerformancePage</name>
    <message numerus="yes">
        <source>%n span(s), %1</source>
        <translation>
            <numerusform>%n span, %1</numerusform>
            <numerusform>%n spans, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new operation(s) · show (N)</source>
        <translation>
            <numerusform>%Ln new operation · show (N)</numerusform>
            <numerusform>%Ln new operations · show (N)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new trace(s) · show (N)</source>
        <translation>
            <numerusform>%Ln new trace · show (N)</numerusform>
            <numerusform>%Ln new traces · show (N)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::Report</name>
    <message numerus="yes">
        <source>%Ln user(s)</source>
        <translation>
            <numerusform>%Ln user</numerusform>
            <numerusform>%Ln users</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s)</source>
        <translation>
            <numerusform>%Ln session</numerusform>
            <numerusform>%Ln sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln usage event(s)</source>
        <translation>
            <numerusform>%Ln usage event</numerusform>
            <numerusform>%Ln usage events</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln session(s) with %1.</source>
        <translation>
            <numerusform>Of %Ln session with %1.</numerusform>
            <numerusform>Of %Ln sessions with %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::ReportsPage</name>
    <message numerus="yes">
        <source>%Ln page(s), %1.</source>
        <translation>
            <numerusform>%Ln page, %1.</numerusform>
            <numerusform>%Ln pages, %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::SessionPane</name>
    <message numerus="yes">
        <source>%n more metric(s)</source>
        <translation>
            <numerusform>%n more metric</numerusform>
            <numerusform>%n more metrics</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::SessionsPage</name>
    <message numerus="yes">
        <source>%Ln new session(s) · show (N)</source>
        <translation>
            <numerusform>%Ln new session · show (N)</numerusform>
            <numerusform>%Ln new sessions · show (N)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::SettingsPage</name>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::SourceDetail</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::SourceTests</name>
    <message numerus="yes">
        <source>The datagram did not arrive within %n seconds.</source>
        <translation>
            <numerusform>The datagram did not arrive within %n second.</numerusform>
            <numerusform>The datagram did not arrive within %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The target answered with %n samples.</source>
        <translation>
            <numerusform>The target answered with %n sample.</numerusform>
            <numerusform>The target answered with %n samples.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 let us in, but not subscribe to %n of the topics.</source>
        <translation>
            <numerusform>%1 let us in, but not subscribe to %n of the topics.</numerusform>
            <numerusform>%1 let us in, but not subscribe to %n of the topics.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 let us in. No message came within %n seconds.</source>
        <translation>
            <numerusform>%1 let us in. No message came within %n second.</numerusform>
            <numerusform>%1 let us in. No message came within %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 let us in. %n messages came, the first on %2: %3</source>
        <translation>
            <numerusform>%1 let us in. %n message came, on %2: %3</numerusform>
            <numerusform>%1 let us in. %n messages came, the first on %2: %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files are there. %1 has no whole line yet.</source>
        <translation>
            <numerusform>%n file is there. %1 has no whole line yet.</numerusform>
            <numerusform>%n files are there. %1 has no whole line yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 has %n lines that are neither JSON nor anything else known.</source>
        <translation>
            <numerusform>%1 has %n line that is neither JSON nor anything else known.</numerusform>
            <numerusform>%1 has %n lines that are neither JSON nor anything else known.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more can not be read.</source>
        <translation>
            <numerusform>%n more can not be read.</numerusform>
            <numerusform>%n more can not be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files are there. The first piece of %1 holds %3 (%2).</source>
        <translation>
            <numerusform>%n file is there. The first piece of %1 holds %3 (%2).</numerusform>
            <numerusform>%n files are there. The first piece of %1 holds %3 (%2).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::StackView</name>
    <message numerus="yes">
        <source>%n system frame(s)</source>
        <translation>
            <numerusform>%n system frame</numerusform>
            <numerusform>%n system frames</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::UsagePage</name>
    <message numerus="yes">
        <source>%Ln more</source>
        <comment>rows that are not shown</comment>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::ViewState</name>
    <message numerus="yes">
        <source>Last %n hour(s)</source>
        <translation>
            <numerusform>Last %n hour</numerusform>
            <numerusform>Last %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n minute(s)</source>
        <translation>
            <numerusform>Last %n minute</numerusform>
            <numerusform>Last %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n second(s)</source>
        <translation>
            <numerusform>Last %n second</numerusform>
            <numerusform>Last %n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n day(s)</source>
        <translation>
            <numerusform>Last %n day</numerusform>
            <numerusform>Last %n days</numerusform>
        </translation>
    </message>
</context>
</TS>
