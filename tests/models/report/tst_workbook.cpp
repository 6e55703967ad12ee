// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/workbook.h"
#include "tests/support/sheetreader.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace telltale;

/// What another program finds in the sheets.
class TestWorkbook final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typedCells()
    {
        const QString path = m_folder.filePath(QStringLiteral("typed.xlsx"));
        Workbook book(path.toStdString(), "Typed", Instant::fromSeconds(1'763'472'730));
        book.beginSheet("Types", {{"text", Workbook::Style::Text, 10}, {"number", Workbook::Style::Count, 10}, {"time", Workbook::Style::Time, 20}});
        book.beginRow();
        book.text("=1+1");
        book.number(1'234'567);
        book.time(Instant::fromSeconds(1'763'472'730), 3600);
        book.beginRow();
        book.text("");
        book.number(std::numeric_limits<double>::quiet_NaN());
        book.time(Instant::min(), 0);
        QVERIFY(book.close());
        const QJsonArray sheets = test::sheetsOf(path);
        if (sheets.isEmpty())
            QSKIP("needs python3-openpyxl");
        const QJsonArray rows = sheets[0][QLatin1String("rows")].toArray();
        QCOMPARE(sheets[0][QLatin1String("frozen")].toString(), QStringLiteral("A2"));
        QCOMPARE(rows[0].toArray(), (QJsonArray{QStringLiteral("text"), QStringLiteral("number"), QStringLiteral("time")}));
        QCOMPARE(rows[1][0].toString(), QStringLiteral("=1+1"));
        QCOMPARE(rows[1][1].toInteger(), 1'234'567);
        QCOMPARE(rows[1][2].toString(), QStringLiteral("2025-11-18 14:32:10"));
        QCOMPARE(rows[2][1].toString(), QStringLiteral("NaN"));
        QVERIFY(rows[2][2].toString().startsWith(QStringLiteral("1677-09-21")));
    }

    void namesThatExcelRefuses()
    {
        const QString path = m_folder.filePath(QStringLiteral("names.xlsx"));
        Workbook book(path.toStdString(), "Names", {});
        for (const char *name : {"", "a/b:c*[d]?", "Same", "same", "A name that is much longer than what fits", "A name that is much longer than what is allowed", "'quoted'"})
            book.beginSheet(name, {{"x", Workbook::Style::Text, 10}});
        QVERIFY(book.close());
        const QJsonArray sheets = test::sheetsOf(path);
        if (sheets.isEmpty())
            QSKIP("needs python3-openpyxl");
        QCOMPARE(sheets.size(), 7);
        for (const QJsonValue &sheet : sheets) {
            const QString name = sheet[QLatin1String("name")].toString();
            QVERIFY2(!name.isEmpty() && name.size() <= 31, qPrintable(name));
        }
        QCOMPARE(sheets[3][QLatin1String("name")].toString(), QStringLiteral("same 2"));
    }

    void fullSheetsAreFollowedByOthers()
    {
        const QString path = m_folder.filePath(QStringLiteral("split.xlsx"));
        Workbook book(path.toStdString(), "Split", {}, 100);
        book.beginSheet("Rows", {{"number", Workbook::Style::Count, 10}});
        for (int i = 0; i < 250; ++i) {
            book.beginRow();
            book.number(i);
        }
        QVERIFY(book.close());
        const QJsonArray sheets = test::sheetsOf(path);
        if (sheets.isEmpty())
            QSKIP("needs python3-openpyxl");
        QCOMPARE(sheets.size(), 3);
        int expected = 0;
        for (const QJsonValue &sheet : sheets) {
            const QJsonArray rows = sheet[QLatin1String("rows")].toArray();
            QCOMPARE(rows[0][0].toString(), QStringLiteral("number"));
            for (qsizetype row = 1; row < rows.size(); ++row)
                QCOMPARE(rows[row][0].toInt(), expected++);
        }
        QCOMPARE(expected, 250);
    }

    void whatIsTooLongIsCutAndCounted()
    {
        const QString path = m_folder.filePath(QStringLiteral("long.xlsx"));
        Workbook book(path.toStdString(), "Long", {});
        book.beginSheet("Long", {{"text", Workbook::Style::Text, 10}});
        book.beginRow();
        book.text(std::string(40'000, 'a'));
        book.beginRow();
        std::string emoji;
        for (int i = 0; i < 20'000; ++i)
            emoji += "\xf0\x9f\x8f\x83"; // two units of UTF-16 each
        book.text(emoji);
        book.beginRow();
        book.text("fits\x01");
        QCOMPARE(book.cutCells(), std::uint64_t(2));
        QVERIFY(book.close());
        const QJsonArray sheets = test::sheetsOf(path);
        if (sheets.isEmpty())
            QSKIP("needs python3-openpyxl");
        QCOMPARE(sheets[0][QLatin1String("rows")][1][0].toString().size(), 32'767);
        QCOMPARE(sheets[0][QLatin1String("rows")][2][0].toString().size(), 32'766);
        QCOMPARE(sheets[0][QLatin1String("rows")][3][0].toString(), QStringLiteral("fits "));
    }

    void aFolderThatIsNotThere()
    {
        Workbook book("/no/such/folder/x.xlsx", "X", {});
        book.beginSheet("X", {{"x", Workbook::Style::Text, 10}});
        book.beginRow();
        book.text("x");
        QVERIFY(!book.close());
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestWorkbook)
#include "tst_workbook.moc"
