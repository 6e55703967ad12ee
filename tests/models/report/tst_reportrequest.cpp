// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/reportrequest.h"

#include <QTest>

using namespace telltale;

class TestReportRequest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void templatesComeBack()
    {
        ReportRequest request;
        request.title = "Week \"47\"";
        request.sections = {ReportSection::Errors, ReportSection::Summary};
        request.from = "-7d";
        request.to = "now";
        request.filter = "release:4.2.0";
        request.notes = "One.\n\nTwo: ü";
        request.releaseBefore = "4.1.3";
        request.releaseAfter = "4.2.0";
        request.paper = ReportPaper::Letter;
        request.hasIdentities = true;
        const auto read = parseReportTemplate(reportTemplate(request));
        QVERIFY2(read, read ? "" : read.error().message.c_str());
        QVERIFY(*read == request);
        QCOMPARE(reportTemplate(*read), reportTemplate(request));
    }

    void whatIsLeftOutHasItsDefault()
    {
        const auto read = parseReportTemplate(R"({"telltale_report":1,"from":"-1d"})");
        QVERIFY(read);
        ReportRequest expected;
        expected.from = "-1d";
        QVERIFY(*read == expected);
        QCOMPARE(read->sections.size(), allSections().size());
    }

    void badTemplates_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("nothing") << QByteArray() << QByteArray("no JSON");
        QTest::newRow("no JSON") << QByteArray("report") << QByteArray("no JSON");
        QTest::newRow("a list") << QByteArray("[1]") << QByteArray("no template");
        QTest::newRow("something else") << QByteArray("{\"a\":1}") << QByteArray("no template");
        QTest::newRow("later version") << QByteArray("{\"telltale_report\":2}") << QByteArray("version 2");
        QTest::newRow("unknown field") << QByteArray("{\"telltale_report\":1,\"colour\":\"red\"}") << QByteArray("\"colour\"");
        QTest::newRow("unknown section") << QByteArray("{\"telltale_report\":1,\"sections\":[\"weather\"]}") << QByteArray("'weather'");
        QTest::newRow("a section twice") << QByteArray("{\"telltale_report\":1,\"sections\":[\"usage\",\"usage\"]}") << QByteArray("twice");
        QTest::newRow("sections no list") << QByteArray("{\"telltale_report\":1,\"sections\":\"usage\"}") << QByteArray("no list");
        QTest::newRow("title no text") << QByteArray("{\"telltale_report\":1,\"title\":7}") << QByteArray("\"title\"");
        QTest::newRow("paper unknown") << QByteArray("{\"telltale_report\":1,\"paper\":\"a3\"}") << QByteArray("\"paper\"");
    }
    void badTemplates()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, reason);
        const auto read = parseReportTemplate(text.toStdString());
        QVERIFY(!read);
        QVERIFY2(QByteArray::fromStdString(read.error().message).contains(reason), read.error().message.c_str());
    }

    void sectionsHaveNames()
    {
        for (const ReportSection section : allSections()) {
            const auto found = sectionNamed(sectionName(section));
            QVERIFY(found);
            QVERIFY(*found == section);
        }
        QVERIFY(!sectionNamed("Usage"));
    }
};

QTEST_GUILESS_MAIN(TestReportRequest)
#include "tst_reportrequest.moc"
