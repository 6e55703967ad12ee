// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/support/formdata.h"

#include <QTest>

using namespace telltale;

class TestFormData final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void percent()
    {
        QCOMPARE(percentDecoded("a%20b%C3%A4+c"), std::string("a b\xc3\xa4+c"));
        QCOMPARE(percentDecoded("a+b", true), std::string("a b"));
        QCOMPARE(percentDecoded("%"), std::string("%"));
        QCOMPARE(percentDecoded("%4"), std::string("%4"));
        QCOMPARE(percentDecoded("%zz1"), std::string("%zz1"));
        QCOMPARE(percentDecoded("%41"), std::string("A"));
    }

    void pairs()
    {
        const FormData form("a=1&b=x%26y&&a=2&empty&=none");
        QCOMPARE(form.value("a").value(), std::string_view("1"));
        QCOMPARE(form.value("b").value(), std::string_view("x&y"));
        QCOMPARE(form.value("empty").value(), std::string_view());
        QVERIFY(!form.value("c"));
        QCOMPARE(form.pairs().size(), std::size_t(5));
    }

    void manyPairsAreCut()
    {
        std::string text;
        for (int i = 0; i < 5'000; ++i)
            text += "k=v&";
        QCOMPARE(FormData(text).pairs().size(), std::size_t(1'024));
    }

    void base64()
    {
        QCOMPARE(base64Decoded("TWFu").value(), std::string("Man"));
        QCOMPARE(base64Decoded("TWE=").value(), std::string("Ma"));
        QCOMPARE(base64Decoded("TWE").value(), std::string("Ma"));
        QCOMPARE(base64Decoded("TQ==").value(), std::string("M"));
        QCOMPARE(base64Decoded("T\r\nWFu").value(), std::string("Man"));
        QCOMPARE(base64Decoded("-_8=").value(), std::string("\xfb\xff"));
        QCOMPARE(base64Decoded(" /8=").value(), std::string("\xfb\xff"));
        QCOMPARE(base64Decoded("").value(), std::string());
        QVERIFY(!base64Decoded("T"));
        QVERIFY(!base64Decoded("TW!u"));
        QVERIFY(!base64Decoded("TQ==TQ=="));
    }
};

QTEST_GUILESS_MAIN(TestFormData)
#include "tst_formdata.moc"
