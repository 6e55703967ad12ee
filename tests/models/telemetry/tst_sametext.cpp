// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/sametext.h"

#include <QTest>

#include <string>

using namespace telltale;

class TestSameText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// As ==, whatever the length and wherever they differ.
    void everyLengthAndPlace()
    {
        QVERIFY(isSameText({}, {}));
        QVERIFY(!isSameText({}, "a"));
        for (std::size_t size = 1; size <= 40; ++size) {
            const std::string text(size, 'x');
            QVERIFY(isSameText(text, std::string(size, 'x')));
            QVERIFY(!isSameText(text, std::string(size + 1, 'x')));
            for (std::size_t at = 0; at < size; ++at) {
                std::string other = text;
                other[at] = 'y';
                QVERIFY2(!isSameText(text, other), qPrintable(QString::number(size)));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestSameText)
#include "tst_sametext.moc"
