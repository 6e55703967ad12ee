// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/tableexport.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <limits>
#include <random>

using namespace telltale;

namespace {

ExportTable sample()
{
    ExportTable table;
    table.title = QStringLiteral("Features");
    table.columns = {QStringLiteral("Feature"), QStringLiteral("Users"), QStringLiteral("Since")};
    table.rows = {{QStringLiteral("Start, \"now\""), QStringLiteral("1,204"), QStringLiteral("18 Nov")},
                  {QStringLiteral("a|b\nc"), QStringLiteral("–"), QString()}};
    table.values = {{QVariant(), 1204.0, QDateTime::fromMSecsSinceEpoch(1'763'472'730'000, Qt::UTC)},
                    {QVariant(), std::numeric_limits<double>::quiet_NaN(), QVariant()}};
    table.asked = {{QStringLiteral("Range"), QStringLiteral("one\nline")}};
    return table;
}

/// 300 cells that begin like formulas, or nearly.
ExportTable hostile()
{
    std::mt19937 random(5);
    ExportTable table;
    table.columns = {QStringLiteral("=Name")};
    for (int i = 0; i < 300; ++i) {
        QString cell;
        const int length = 1 + static_cast<int>(random() % 6);
        for (int c = 0; c < length; ++c)
            cell += QStringLiteral("=+-@\t\r\n\",;'|a1").at(static_cast<qsizetype>(random() % 14));
        table.rows.push_back({cell});
        table.values.push_back({QVariant()});
    }
    return table;
}

} // namespace

class TestTableExport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void csv()
    {
        QCOMPARE(QByteArray::fromStdString(tableCsv(sample())),
                 QByteArray("# Features\r\n# Range: one line\r\nFeature,Users,Since\r\n"
                            "\"Start, \"\"now\"\"\",1204,2025-11-18T13:32:10Z\r\n\"a|b\nc\",,\r\n"));
    }

    void json()
    {
        const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(tableJson(sample()))).object();
        QCOMPARE(object[u"title"].toString(), QStringLiteral("Features"));
        QCOMPARE(object[u"asked"][u"Range"].toString(), QStringLiteral("one\nline"));
        const QJsonArray rows = object[u"rows"].toArray();
        QCOMPARE(rows[0][u"Users"].toInt(), 1204);
        QCOMPARE(rows[0][u"Since"].toString(), QStringLiteral("2025-11-18T13:32:10Z"));
        QVERIFY(rows[1][u"Users"].isNull());
    }

    void markdownTextAndHtml()
    {
        QCOMPARE(tableMarkdown(sample()), QStringLiteral("| Feature | Users | Since |\n| --- | ---: | --- |\n"
                                                         "| Start, \"now\" | 1,204 | 18 Nov |\n| a\\|b c | – |  |\n\n- Range: one line\n"));
        QCOMPARE(tableText(sample()), QStringLiteral("Feature\tUsers\tSince\nStart, \"now\"\t1,204\t18 Nov\na|b c\t–\t\n\nRange: one line\n"));
        ExportTable evil = sample();
        evil.rows[0][0] = QStringLiteral("<script>");
        QVERIFY(!tableHtml(evil).contains(QStringLiteral("<script>")));
        QVERIFY(tableHtml(evil).startsWith(QStringLiteral("<table><caption>Features</caption><tr><th>Feature</th>")));
        QVERIFY(tableHtml(evil).endsWith(QStringLiteral("</table><p>Range: one line</p>")));
        ExportTable bare = sample(); // rows that somebody copies say nothing but themselves
        bare.asked.clear();
        QVERIFY(tableText(bare).endsWith(QStringLiteral("a|b c\t–\t\n")) && tableHtml(bare).endsWith(QStringLiteral("</table>")));
    }

    /// Whatever an app calls its features, no cell begins a formula.
    void hostileCells()
    {
        const ExportTable table = hostile();
        const QByteArray csv = QByteArray::fromStdString(tableCsv(table));
        bool isQuoted = false, isStart = true;
        for (qsizetype i = csv.indexOf("\r\n") + 2; i < csv.size(); ++i) {
            const char c = csv[i];
            if (isStart && c != '"')
                QVERIFY2(!QByteArray("=+-@\t").contains(c), csv.mid(i, 20).constData());
            if (isStart && c == '"')
                QVERIFY2(!QByteArray("=+-@\t\r").contains(csv[i + 1]), csv.mid(i, 20).constData());
            isStart = false;
            if (c == '"')
                isQuoted = !isQuoted;
            if (!isQuoted && c == '\n')
                isStart = true;
        }
        QVERIFY(!isQuoted);
    }

    /// Nor when it is pasted into a spreadsheet: Excel and Calc run cells of HTML and of text with tabs as if they were typed.
    void hostileCellsOnTheClipboard()
    {
        const ExportTable table = hostile();
        int cells = 0;
        const auto check = [&cells](const QString &cell) {
            ++cells;
            return cell.isEmpty() || !QStringLiteral("=+-@\t\r").contains(cell.front());
        };
        for (const QString &line : tableText(table).split(u'\n', Qt::SkipEmptyParts)) {
            for (const QString &cell : line.split(u'\t'))
                QVERIFY2(check(cell), qPrintable(cell));
        }
        QVERIFY(cells > 300);
        cells = 0;
        const QString html = tableHtml(table);
        QRegularExpression element(QStringLiteral("<t[dh]>([^<]*)</t[dh]>"));
        for (auto found = element.globalMatch(html); found.hasNext();) {
            const QString cell = found.next().captured(1);
            QVERIFY2(check(cell), qPrintable(cell));
        }
        QCOMPARE(cells, 301);
        ExportTable figures; // a figure with its sign is what it is
        figures.columns = {QStringLiteral("Change")};
        figures.rows = {{QStringLiteral("+6.1 %")}};
        figures.values = {{0.061}};
        QVERIFY(tableHtml(figures).contains(QStringLiteral("<td>+6.1 %</td>")));
    }

    void hostileCellsInSheets()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("hostile.xlsx"));
        ExportTable table = hostile();
        table.title = QStringLiteral("=1+1");
        table.asked = {{QStringLiteral("=Range"), QStringLiteral("+1")}};
        QVERIFY(writeTable(table, TableFormat::Xlsx, Formatter(), path));
        QProcess python;
        python.start(QFile::exists(QStringLiteral("/usr/bin/python3")) ? QStringLiteral("/usr/bin/python3") : QStringLiteral("python3"),
                     {QStringLiteral("-c"),
                      QStringLiteral("import sys\n"
                                     "try:\n    import openpyxl\nexcept ImportError:\n    sys.exit(77)\n"
                                     "cells = [c for s in openpyxl.load_workbook(sys.argv[1]) for r in s.iter_rows() for c in r]\n"
                                     "print(len(cells), sum(c.data_type == 'f' for c in cells))\n"),
                      path});
        QVERIFY(python.waitForFinished(60'000));
        if (python.exitCode() == 77)
            QSKIP("needs python3-openpyxl");
        const QList<QByteArray> counts = python.readAllStandardOutput().trimmed().split(' ');
        QVERIFY2(counts.size() == 2 && counts[0].toInt() > 300, python.readAllStandardError().constData());
        QCOMPARE(counts[1].toInt(), 0);
    }

    void filesAreWhole()
    {
        QTemporaryDir folder;
        for (const char *name : {"t.csv", "t.json", "t.xlsx"}) {
            const QString path = folder.filePath(QString::fromLatin1(name));
            const auto format = tableFormatOf(path);
            QVERIFY(format);
            QVERIFY(writeTable(sample(), *format, Formatter(), path));
            QVERIFY(QFileInfo(path).size() > 50);
            const QFileDevice::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
            QVERIFY(!(QFileInfo(path).permissions() & others));
            QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup); // who opened it to others wants that again
            QVERIFY(writeTable(sample(), *format, Formatter(), path));
            QCOMPARE(QFileInfo(path).permissions() & others, QFileDevice::Permissions(QFile::ReadGroup));
            QVERIFY(!writeTable(sample(), *format, Formatter(), QStringLiteral("/no/such/folder/") + QString::fromLatin1(name)));
        }
        QVERIFY(!tableFormatOf(QStringLiteral("t.png")));
        QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(), 3);
    }
};

QTEST_GUILESS_MAIN(TestTableExport)
#include "tst_tableexport.moc"
