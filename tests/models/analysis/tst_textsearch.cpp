// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/textsearch.h"

#include <QTest>

using namespace telltale;

class TestTextSearch final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isFound");
        const auto row = [](const char *pattern, const char *text, bool isFound) {
            QTest::addRow("%s in %s", pattern, text) << QByteArray(pattern) << QByteArray(text) << isFound;
        };
        row("timed out", "The request Timed Out after 3 s", true);
        row("timed  out", "timed out", false);
        row("größe", "Die GRÖSSE", false); // one letter is not two
        row("größe", "DIE GRÖßE", true);
        row("ОТЧЁТ", "новый отчёт", true);
        row("a.c", "abc", false);
        row("a.c", "A.C", true);
        row("(", "f(x)", true);
        row("[", "a[0]", true);
        row("time*out", "time ran\nout", true);
        row("time*out", "out of time", false);
        row("*", "x", true);
        row("*", "", false);
        row("", "x", true);
        row("*x*", "axb", true);
        row("\\*", "2*3", true);
        row("\\*", "23", false);
        row("\\\\", "a\\b", true);
        row("x", "", false);
        row("♥", "Herzfrequenz ♥", true);
    }
    void finds()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(QByteArray, text);
        QFETCH(bool, isFound);
        const TextSearch search(std::string_view(pattern.constData(), std::size_t(pattern.size())));
        QCOMPARE(search.isIn({text.constData(), std::size_t(text.size())}), isFound);
    }
    void bytesThatAreNoTextDoNoHarm()
    {
        const TextSearch search("x");
        QVERIFY(search.isIn("\xff\xfe x"));
        const TextSearch odd("\xff\xfe");
        static_cast<void>(odd.isIn("\xff\xfe"));
    }
};

QTEST_APPLESS_MAIN(TestTextSearch)
#include "tst_textsearch.moc"
