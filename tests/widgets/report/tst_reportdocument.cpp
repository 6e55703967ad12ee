// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/reportfacts.h"
#include "tests/support/strideengine.h"
#include "widgets/report/composer.h"
#include "widgets/report/reportwriter.h"
#include "widgets/theme/fonts.h"

#include <QFile>
#include <QMap>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

Formatter formatterOf(const Zone &zone)
{
    return Formatter(QLocale::c(), [zone](Instant at) { return zone.offsetSeconds(at); }, QString::fromStdString(zone.id()));
}

ReportFacts factsOf(const ReportRequest &request, const std::shared_ptr<StrideSwitches> &switches = std::make_shared<StrideSwitches>())
{
    StrideEngine engine(switches);
    Scope scope;
    scope.now = StrideEngine::now();
    scope.range = {scope.now - 24h * 7, scope.now};
    scope.zone = *Zone::named("Europe/Berlin");
    auto facts = gatherFacts(engine, request, scope, {}, {});
    return facts ? std::move(*facts) : ReportFacts();
}

ReportDocument documentOf(const ReportRequest &request = {})
{
    const ReportFacts facts = factsOf(request);
    return composeReport(facts, formatterOf(facts.zone));
}

/// Where a shape reaches.
QRectF extentOf(const Shape &shape)
{
    if (shape.kind == Shape::Kind::Rectangle || shape.kind == Shape::Kind::Frame)
        return shape.rect;
    double left = shape.points.front().x(), right = left, top = shape.points.front().y(), bottom = top;
    for (const QPointF &point : shape.points) {
        left = std::min(left, point.x());
        right = std::max(right, point.x());
        top = std::min(top, point.y());
        bottom = std::max(bottom, point.y());
    }
    if (shape.kind == Shape::Kind::Text) {
        double width = printWidth(shape.font, shape.text);
        if (shape.width > 0)
            width = std::min(width, shape.width);
        left -= shape.anchor == Shape::Anchor::End ? width : shape.anchor == Shape::Anchor::Middle ? width / 2 : 0;
        right = left + width;
    }
    return QRectF(QPointF(left, top), QPointF(right, bottom));
}

} // namespace

class TestReportDocument final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { loadFonts(); }

    void everySectionSaysSomething()
    {
        ReportRequest request;
        request.notes = "A note.\n\nAnother one.";
        const ReportDocument document = documentOf(request);
        QCOMPARE(document.parts.size(), allSections().size());
        for (const ReportPart &part : document.parts)
            QVERIFY2(!part.blocks.empty() && !part.title.isEmpty(), qPrintable(part.title));
        QCOMPARE(document.subject, QStringLiteral("Stride · production"));
        QCOMPARE(document.zone, QStringLiteral("Europe/Berlin"));
    }

    /// Plain numbers may be taken for anything.
    void durationsNameTheirUnit()
    {
        int charts = 0;
        for (const ReportPart &part : documentOf().parts) {
            if (part.section != ReportSection::Performance)
                continue;
            for (const ReportBlock &block : part.blocks) {
                if (const auto *chart = std::get_if<ReportChart>(&block)) {
                    ++charts;
                    QVERIFY(std::any_of(chart->drawing.begin(), chart->drawing.end(), [](const Shape &shape) { return shape.text.endsWith(QStringLiteral("\u202Fms")); }));
                }
            }
        }
        QCOMPARE(charts, 1);
    }

    void nothingLeavesThePaper_data()
    {
        QTest::addColumn<int>("paper");
        QTest::newRow("A4") << static_cast<int>(ReportPaper::A4);
        QTest::newRow("Letter") << static_cast<int>(ReportPaper::Letter);
    }
    void nothingLeavesThePaper()
    {
        QFETCH(int, paper);
        ReportRequest request;
        request.paper = static_cast<ReportPaper>(paper);
        request.title = std::string(300, 'W');
        request.notes = std::string(4000, 'x') + " " + std::string(500, 'y');
        const ReportPages pages = layOut(documentOf(request));
        QVERIFY(pages.pages.size() > 3);
        const QRectF sheet(QPointF(), pages.paper);
        for (std::size_t page = 0; page < pages.pages.size(); ++page) {
            for (const Shape &shape : pages.pages[page]) {
                const QRectF extent = extentOf(shape);
                QVERIFY2(extent.left() >= 100 && extent.right() <= sheet.right() - 100 && extent.top() >= 100 &&
                             extent.bottom() <= sheet.bottom() - 90,
                         qPrintable(QStringLiteral("page %1: %2 at %3 %4 %5 %6").arg(page + 1).arg(shape.text).arg(extent.left())
                                        .arg(extent.top()).arg(extent.right()).arg(extent.bottom())));
            }
        }
    }

    /// Each section is in the outline, in order, and its title stands there.
    void theOutlineLeadsToTitles()
    {
        const ReportDocument document = documentOf();
        const ReportPages pages = layOut(document);
        QCOMPARE(pages.outline.size(), document.parts.size());
        std::size_t last = 0;
        for (std::size_t i = 0; i < pages.outline.size(); ++i) {
            const auto &entry = pages.outline[i];
            QCOMPARE(entry.title, document.parts[i].title);
            QVERIFY(entry.page >= last);
            last = entry.page;
            const auto &page = pages.pages[entry.page];
            QVERIFY(std::any_of(page.begin(), page.end(), [&](const Shape &shape) {
                return shape.kind == Shape::Kind::Text && shape.font == PrintText::Heading && shape.text == entry.title &&
                       std::abs(shape.points.front().y() - entry.y) < 60;
            }));
        }
    }

    void aLongTableRepeatsItsHeader()
    {
        ReportDocument document;
        document.title = QStringLiteral("Long");
        ReportTable table;
        table.title = QStringLiteral("Rows");
        table.columns = {{QStringLiteral("Name of the row"), ReportColumn::Kind::Text}, {QStringLiteral("Value"), ReportColumn::Kind::Count}};
        for (int i = 0; i < 150; ++i)
            table.rows.push_back({{QString::number(i), QString::number(i), 0, {}}, {double(i), QString::number(i), 0, {}}});
        document.parts.push_back({ReportSection::Features, QStringLiteral("Features"), {table}});
        const ReportPages pages = layOut(document);
        QVERIFY(pages.pages.size() > 2);
        int rows = 0;
        for (const Drawing &page : pages.pages) {
            int headers = 0;
            for (const Shape &shape : page) {
                headers += shape.text == QStringLiteral("Name of the row");
                rows += shape.kind == Shape::Kind::Text && shape.font == PrintText::SmallStrong && !shape.text.isEmpty() &&
                        shape.text.front().isDigit();
            }
            QCOMPARE(headers, 1);
        }
        QCOMPARE(rows, 150);
    }

    /// However many rows there are: none stands alone on a last page, and the note stands below a row.
    void noRowIsStranded()
    {
        for (int count = 1; count <= 140; ++count) {
            ReportDocument document;
            document.title = QStringLiteral("Long");
            ReportTable table;
            table.columns = {{QStringLiteral("Name"), ReportColumn::Kind::Text}};
            for (int i = 0; i < count; ++i)
                table.rows.push_back({{QString(), QStringLiteral("row"), 0, {}}});
            table.note = QStringLiteral("the note");
            document.parts.push_back({ReportSection::Usage, QStringLiteral("Usage"), {table}});
            const ReportPages pages = layOut(document);
            const auto countOf = [&](const Drawing &page, const QString &text) {
                return std::count_if(page.begin(), page.end(), [&](const Shape &shape) { return shape.text == text; });
            };
            const auto ofLast = countOf(pages.pages.back(), QStringLiteral("row"));
            QVERIFY2(pages.pages.size() == 1 || ofLast >= 4, qPrintable(QStringLiteral("%1 rows: %2 on the last page").arg(count).arg(ofLast)));
            QCOMPARE(countOf(pages.pages.back(), QStringLiteral("the note")), 1);
            qsizetype all = 0;
            for (const Drawing &page : pages.pages)
                all += countOf(page, QStringLiteral("row"));
            QCOMPARE(all, count);
        }
    }

    /// Fonts draw many marks with other glyphs between capitals and digits, for which a PDF has no character.
    void everyCharacterIsFoundInThePdf()
    {
        const QString pdftotext = QStandardPaths::findExecutable(QStringLiteral("pdftotext"));
        if (pdftotext.isEmpty())
            QSKIP("needs poppler-utils");
        QStringList words{QStringLiteral("13:07"), QStringLiteral("3x4"), QStringLiteral("std::vector<int>::push_back()"), QStringLiteral("a->b!=c=>d"),
                          QStringLiteral("www.example.com"), QStringLiteral("0xFF"), QStringLiteral("(A)"), QStringLiteral("5–7"), QStringLiteral("−3.5"),
                          QStringLiteral("A·B"), QStringLiteral("Straße"), QStringLiteral("fi-ffi"), QStringLiteral("≥2")};
        for (char mark = '!'; mark < 127; ++mark) {
            for (const char *around : {"A%A", "a%a", "1%1", "A%1"})
                words << QString::fromLatin1(around).replace(u'%', QLatin1Char(mark));
        }
        for (const auto kind : {ReportColumn::Kind::Text, ReportColumn::Kind::Code}) {
            ReportDocument document;
            document.title = QStringLiteral("13:07 (A-B)");
            ReportTable table;
            table.title = QStringLiteral("A:B");
            table.columns = {{QStringLiteral("Word"), kind}, {QStringLiteral("Place"), ReportColumn::Kind::Count}};
            for (int i = 0; i < words.size(); ++i)
                table.rows.push_back({{words[i], words[i], 0, {}}, {double(i), QString::number(i), 0, {}}});
            document.parts.push_back({ReportSection::Features, QStringLiteral("Words: 1-2"), {table}});
            const auto pdf = reportPdf(document);
            QVERIFY(pdf);
            QTemporaryDir folder;
            QFile file(folder.filePath(QStringLiteral("words.pdf")));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(pdf->data(), qint64(pdf->size())) == qint64(pdf->size()));
            file.close();
            QProcess process;
            process.start(pdftotext, {QStringLiteral("-layout"), file.fileName(), QStringLiteral("-")});
            QVERIFY(process.waitForFinished(60'000));
            const QString text = QString::fromUtf8(process.readAllStandardOutput());
            for (const char *title : {"13:07 (A-B)", "A:B", "Words: 1-2"})
                QVERIFY2(text.contains(QLatin1String(title)), title);
            const QStringList found = text.split(QRegularExpression(QStringLiteral("\\s+")));
            for (const QString &word : std::as_const(words))
                QVERIFY2(found.contains(word), qPrintable(word));
        }
    }

    void equalDocumentsGiveEqualBytes()
    {
        const auto first = reportPdf(documentOf());
        const auto second = reportPdf(documentOf());
        QVERIFY(first && second);
        QVERIFY(first->size() > 20'000);
        QVERIFY(*first == *second);
        QVERIFY(reportHtml(documentOf()) == reportHtml(documentOf()));
        QVERIFY(reportCsv(documentOf()) == reportCsv(documentOf()));
    }

    void theWebPageIsWellFormedAndAsksForNothing()
    {
        const QString html = QString::fromStdString(reportHtml(documentOf()));
        QVERIFY(!html.contains(QStringLiteral("http://")) && !html.contains(QStringLiteral("https://")));
        QVERIFY(!html.contains(QStringLiteral("<script")) && !html.contains(QStringLiteral("@import")) &&
                !html.contains(QStringLiteral("url(")));
        // What is left after these is XML.
        QString xml = html;
        xml.remove(QStringLiteral("<!DOCTYPE html>"));
        xml.remove(QRegularExpression(QStringLiteral("<meta[^>]*>")));
        QXmlStreamReader reader(xml);
        int tables = 0, pictures = 0;
        while (!reader.atEnd()) {
            reader.readNext();
            if (!reader.isStartElement())
                continue;
            tables += reader.name() == QLatin1String("table");
            if (reader.name() == QLatin1String("svg")) {
                ++pictures;
                QVERIFY(reader.attributes().hasAttribute(QLatin1String("aria-label")));
            }
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString() + QString::number(reader.lineNumber())));
        QVERIFY(tables > 8);
        QVERIFY(pictures > 4);
    }

    void whatIsWrittenIsEscaped()
    {
        ReportRequest request;
        request.title = "<b>&\"'";
        request.notes = "</main><script>alert(1)</script>";
        const QString html = QString::fromStdString(reportHtml(documentOf(request)));
        QVERIFY(html.contains(QStringLiteral("<h1>&lt;b&gt;&amp;&quot;'</h1>")));
        QVERIFY(!html.contains(QStringLiteral("<script>")));
    }

    /// Nothing that a spreadsheet would run, whatever people call their features.
    void hostileCells_data()
    {
        QTest::addColumn<QString>("cell");
        for (const char *start : {"=", "+", "-", "@", "\t", "\r"})
            QTest::newRow(qPrintable(QString::fromLatin1(start).toHtmlEscaped())) << QString(QString::fromLatin1(start) + QStringLiteral("cmd|' /C calc'!A0"));
    }
    void hostileCells()
    {
        QFETCH(QString, cell);
        ReportDocument document;
        document.title = cell;
        ReportTable table;
        table.title = cell;
        table.columns = {{cell, ReportColumn::Kind::Text}};
        table.rows.push_back({{cell, cell, 0, {}}});
        document.parts.push_back({ReportSection::Features, cell, {table, ReportText{cell, false}}});
        const QString csv = QString::fromStdString(reportCsv(document));
        for (const QString &line : csv.split(QStringLiteral("\r\n"))) {
            QString first = line;
            if (first.startsWith(QLatin1Char('"')))
                first.remove(0, 1);
            QVERIFY2(first.isEmpty() || !QStringLiteral("=+-@\t\r").contains(first.front()), qPrintable(line));
        }
    }

    void identitiesAreLeftOutUnlessAskedFor()
    {
        ReportRequest request;
        request.sections = {ReportSection::Sessions};
        const ReportFacts facts = factsOf(request);
        QVERIFY(!facts.sessions.rows.empty());
        const std::string user = facts.sessions.rows.front().user;
        const std::string session = facts.sessions.rows.front().session;
        QVERIFY(!user.empty() && session.size() > 6);
        const std::string anonymous = reportCsv(documentOf(request));
        QVERIFY(anonymous.find(user) == std::string::npos);
        QVERIFY(anonymous.find(session) == std::string::npos);
        QVERIFY(anonymous.find(session.substr(0, 6)) != std::string::npos);
        request.hasIdentities = true;
        const std::string named = reportCsv(documentOf(request));
        QVERIFY(named.find(user) != std::string::npos && named.find(session) != std::string::npos);
    }

    /// A card made by hand: who is right is known beforehand.
    void aCardSaysOnlyWhatItKnows()
    {
        ReportRequest request;
        request.sections = {ReportSection::Releases};
        ReportFacts facts = factsOf(request);
        ReleaseCard card;
        card.before.release = "1.0";
        card.before.users = card.before.sessions = 900;
        card.after.release = "1.1";
        card.after.users = card.after.sessions = 400;
        card.usersOfAll = 1000;
        const auto add = [&card](const char *name, Estimate difference, std::uint64_t observations, bool isKnown) {
            ReleaseFigure figure{ReleaseFigure::What::FeatureSessions, name, observations, observations, Estimate{0.5, 0.4, 0.6}, Estimate{0.6, 0.5, 0.7}, {}};
            if (isKnown)
                figure.difference = difference;
            card.figures.push_back(figure);
        };
        add("Better", {0.1, 0.02, 0.18}, 400, true);
        add("Worse", {-0.1, -0.18, -0.02}, 400, true);
        add("Chance", {0.1, -0.01, 0.21}, 400, true);
        add("Touches", {0.1, 0, 0.2}, 400, true);
        add("Few", {}, 12, false);
        ErrorGroupRow fresh;
        fresh.type = "Boom";
        fresh.events = 50;
        fresh.users = fresh.sessions = 40;
        card.newGroups = {fresh};
        ErrorGroupRow back = fresh;
        back.type = "Again";
        back.sessions = 0;
        card.regressed = {back};
        facts.card = card;
        const ReportDocument document = composeReport(facts, formatterOf(facts.zone));
        QMap<QString, const ReportTable *> tables;
        for (const ReportBlock &block : document.parts.front().blocks) {
            if (const auto *table = std::get_if<ReportTable>(&block))
                tables[table->title] = table;
        }
        const ReportTable *figures = tables[QStringLiteral("What changed from 1.0 to 1.1")];
        QVERIFY(figures);
        const QStringList arrows{QStringLiteral("▲"), QStringLiteral("▼"), QString(), QString(), QString()};
        QCOMPARE(figures->rows.size(), std::size_t(5));
        for (std::size_t i = 0; i < figures->rows.size(); ++i) {
            const QString text = figures->rows[i][3].text;
            QCOMPARE(text.contains(u'▲') || text.contains(u'▼'), !arrows[qsizetype(i)].isEmpty());
            QVERIFY2(text.startsWith(arrows[qsizetype(i)]), qPrintable(text));
            QVERIFY2(!figures->rows[i][4].text.isEmpty() && !figures->rows[i][5].text.isEmpty(), qPrintable(text));
            QCOMPARE(figures->rows[i][3].mood, i == 0 ? 1 : i == 1 ? -1 : 0);
        }
        QCOMPARE(figures->rows[4][4].text, QStringLiteral("few data"));
        QCOMPARE(figures->rows[0][5].text, QStringLiteral("400 and 400"));
        const ReportTable *adoption = tables[QStringLiteral("Who runs them")];
        QVERIFY(adoption);
        QCOMPARE(std::get<double>(adoption->rows[1][3].value), 0.4);
        QVERIFY2(adoption->rows[1][4].text == QStringLiteral("37.01% to 43.07%"), qPrintable(adoption->rows[1][4].text)); // Wilson, by hand
        QCOMPARE(std::get<double>(adoption->rows[1][5].value), 1000.0);
        const ReportTable *news = tables[QStringLiteral("Errors new in 1.1")];
        QVERIFY(news);
        QCOMPARE(std::get<double>(news->rows[0][5].value), 0.1);
        QVERIFY2(news->rows[0][6].text == QStringLiteral("7.43% to 13.33%"), qPrintable(news->rows[0][6].text));
        QVERIFY(news->note.contains(QStringLiteral("400")));
        QVERIFY(tables[QStringLiteral("Errors that came back in 1.1")]);
    }

    /// Whatever its sections.
    void everyReportSaysWhatItIsOf()
    {
        ReportRequest request;
        request.sections = {ReportSection::Screens};
        const ReportDocument document = documentOf(request);
        QStringList said;
        for (const auto &[what, value] : document.asked) {
            said << what;
            QVERIFY2(!value.isEmpty(), qPrintable(what));
        }
        for (const char *what : {"Product", "Range", "Time zone", "Filter", "Looked at", "Records dropped", "Made", "Identities"})
            QVERIFY2(said.contains(QLatin1String(what)), what);
    }

    void nothingIsNothing()
    {
        const auto switches = std::make_shared<StrideSwitches>();
        switches->isEmpty = true;
        const ReportFacts facts = factsOf({}, switches);
        const ReportDocument document = composeReport(facts, formatterOf(facts.zone));
        QVERIFY(document.parts.size() > 8);
        QVERIFY(reportPdf(document));
        QVERIFY(reportHtml(document).find("Nothing of this was seen") != std::string::npos);
    }

    void filesAreWholeOrNotThere()
    {
        QTemporaryDir folder;
        const ReportDocument document = documentOf();
        const Formatter words = formatterOf(Zone());
        for (const ReportFormat format : {ReportFormat::Pdf, ReportFormat::Html, ReportFormat::Xlsx, ReportFormat::Csv}) {
            const QString path = folder.filePath(QStringLiteral("r.") + suffixOf(format));
            QVERIFY(writeReport(document, format, words, path));
            QVERIFY(QFileInfo(path).size() > 1000);
            QVERIFY(!writeReport(document, format, words, folder.filePath(QStringLiteral("no/such/folder.") + suffixOf(format))));
        }
        QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(), 4);
    }
};

QTEST_MAIN(TestReportDocument)
#include "tst_reportdocument.moc"
