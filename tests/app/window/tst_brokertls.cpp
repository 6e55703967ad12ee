// SPDX-License-Identifier: GPL-3.0-or-later
// A broker that speaks TLS, from the fields of the window's form to what is stored: a real mosquitto with a certificate of its own.
#include "tests/app/window/settingsbench.h"
#include "tests/endtoend/realbroker.h"
#include "widgets/pages/brokerform.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>

using namespace telltale;
using test::RealBroker;
using test::SettingsBench;

class TestBrokerTls final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    const QString m_key = m_folder.filePath(QStringLiteral("key.pem")), m_certificate = m_folder.filePath(QStringLiteral("certificate.pem"));

    static QLineEdit *field(const QWidget &form, const QString &name)
    {
        for (QLineEdit *edit : form.findChildren<QLineEdit *>()) {
            if (edit->accessibleName().contains(name))
                return edit;
        }
        qFatal("the form has no such field");
    }
    static void type(const QWidget &form, const QString &name, const QString &text)
    {
        QLineEdit *edit = field(form, name);
        edit->clear();
        QTest::keyClicks(edit, text);
    }
    /// What a person does who knows the broker's address and, perhaps, who vouches for it.
    static void fillIn(BrokerForm &form, const RealBroker &broker, const QString &authorities)
    {
        const QUrl url(broker.tlsUrl());
        type(form, QStringLiteral("Name"), QStringLiteral("plant"));
        type(form, QStringLiteral("Address"), url.host());
        form.findChild<QCheckBox *>()->setChecked(true); // encrypted
        type(form, QStringLiteral("Port"), QString::number(url.port()));
        type(form, QStringLiteral("authorities"), authorities);
        form.findChild<QPlainTextEdit *>()->setPlainText(QStringLiteral("plant/#\n"));
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (RealBroker::program().isEmpty())
            QSKIP("mosquitto is not installed; resources/packages-tests.txt names it");
        QProcess openssl;
        openssl.start(QStringLiteral("openssl"),
                      {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("rsa:2048"),
                       QStringLiteral("-nodes"), QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"), QStringLiteral("/CN=localhost"),
                       QStringLiteral("-addext"), QStringLiteral("subjectAltName=DNS:localhost,IP:127.0.0.1"), QStringLiteral("-keyout"), m_key,
                       QStringLiteral("-out"), m_certificate});
        QVERIFY(openssl.waitForFinished(30'000));
        QCOMPARE(openssl.exitCode(), 0);
    }

    void fromTheForm()
    {
        RealBroker broker(m_folder.filePath(QStringLiteral("broker")));
        broker.useTls(m_certificate, m_key);
        QVERIFY(broker.start());
        QVERIFY(broker.publish(QStringLiteral("plant/kept"), {"21.5"}, 1, true));
        SettingsBench bench;
        QVERIFY(bench.start());
        const QString door = QStringLiteral("mqtt plant");

        // Nobody vouches for its certificate: the test says so, and the source does.
        BrokerForm distrustful(bench.settings->settings(), QString());
        fillIn(distrustful, broker, QString());
        QCOMPARE(distrustful.problem(), QString());
        bench.change([&](Settings &settings) { distrustful.apply(settings); });
        QVERIFY(bench.settings->settings().brokers.at(0).isEncrypted);
        const QString refused = bench.test(door);
        QVERIFY2(refused.contains(QStringLiteral("certificate"), Qt::CaseInsensitive) || refused.contains(QStringLiteral("TLS")), qPrintable(refused));
        QTRY_COMPARE_WITH_TIMEOUT(bench.door("mqtt plant").state, SourceState::Error, 20'000);

        // Edited: the authority is named.
        BrokerForm form(bench.settings->settings(), door);
        QCOMPARE(field(form, QStringLiteral("Address"))->text(), QStringLiteral("localhost"));
        type(form, QStringLiteral("authorities"), m_certificate);
        QCOMPARE(form.problem(), QString());
        bench.change([&](Settings &settings) { form.apply(settings); });
        QCOMPARE(bench.test(door), QString());
        QTRY_COMPARE_WITH_TIMEOUT(bench.door("mqtt plant").state, SourceState::Live, 20'000);
        auto requests = bench.door("mqtt plant").requests;
        for (const char *value : {"1", "2", "3"}) { // one after the other: messages that come together are one request
            QVERIFY(broker.publish(QStringLiteral("plant/a"), {value}, 1));
            QTRY_COMPARE_WITH_TIMEOUT(bench.door("mqtt plant").requests, requests + 1, 20'000);
            ++requests;
        }
        QVERIFY(bench.door("mqtt plant").url.starts_with("mqtts://"));
        QVERIFY(bench.door("mqtt plant").problem.empty());
    }
};

QTEST_MAIN(TestBrokerTls)
#include "tst_brokertls.moc"
