// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/identity.h"


#include <QTest>

using namespace telltale;

class TestIdentity final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { identity::setShown(false); }

    void pseudonyms_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<bool>("isBeginning");
        QTest::newRow("uuid") << QByteArray("bb6d1204-1d2c-4a8e-9f0a-5d6e7f809a1b") << true;
        QTest::newRow("hex") << QByteArray("BB6D12041D2C4A8E") << true;
        QTest::newRow("address") << QByteArray("ann.miller@example.org") << false;
        QTest::newRow("name") << QByteArray("Ann Miller") << false;
        QTest::newRow("a name of hex digits") << QByteArray("Abe") << false;
        QTest::newRow("telephone") << QByteArray("4915112345678") << false;
        QTest::newRow("letters of another script") << QByteArray("Анна") << false;
    }
    void pseudonyms()
    {
        QFETCH(QByteArray, id);
        QFETCH(bool, isBeginning);
        const QString name = identity::pseudonym(id.toStdString());
        QCOMPARE(name.size(), 6);
        QCOMPARE(name == QString::fromUtf8(id).left(6), isBeginning);
        QCOMPARE(name, identity::pseudonym(id.toStdString()));
        QVERIFY(name != identity::pseudonym(id.toStdString() + "x") || isBeginning);
    }

    void nothing() { QCOMPARE(identity::pseudonym(""), QString()); }

    void shownOnlyWhenAllowed()
    {
        QVERIFY(!identity::areShown());
        QCOMPARE(identity::shown("ann@example.org"), identity::pseudonym("ann@example.org"));
        identity::setShown(true);
        QCOMPARE(identity::shown("ann@example.org"), QStringLiteral("ann@example.org"));
        {
            const identity::Scope leaving(false);
            QCOMPARE(identity::shown("ann@example.org"), identity::pseudonym("ann@example.org"));
        }
        QVERIFY(identity::areShown());
    }
};

QTEST_APPLESS_MAIN(TestIdentity)
#include "tst_identity.moc"
