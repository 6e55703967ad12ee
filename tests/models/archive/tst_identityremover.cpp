// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/archive/identityremover.h"

#include <QTest>

using namespace telltale;

class TestIdentityRemover final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keys_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<bool>("isIdentity");
        for (const char *key : {"user", "user.id", "User.Email", "enduser.id", "client.address", "host.name", "device.id", "$device_id", "$ip", "ip",
                                "distinct_id", "url.full", "http.request.header.cookie", "network.peer.address", "process.owner"})
            QTest::newRow(key) << QByteArray(key) << true;
        for (const char *key : {"users", "userland", "app.plan", "device.model.identifier", "host_count", "iphone", "http.route", "url.path", "os.name",
                                "stride.feature", "clientele", "process.pid", "geo.country.iso_code"})
            QTest::newRow(key) << QByteArray(key) << false;
    }
    void keys()
    {
        QFETCH(QByteArray, key);
        QFETCH(bool, isIdentity);
        QCOMPARE(IdentityRemover::isIdentity(key.toStdString()), isIdentity);
    }

    void homes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("none") << QByteArray("at src/plan.cpp:12") << QByteArray("at src/plan.cpp:12");
        QTest::newRow("Linux") << QByteArray("at /home/ann/src/plan.cpp:12\nat /home/ann/x") << QByteArray("at /home/user/src/plan.cpp:12\nat /home/user/x");
        QTest::newRow("macOS") << QByteArray("file:///Users/bob/app.js") << QByteArray("file:///Users/user/app.js");
        QTest::newRow("Windows") << QByteArray("C:\\Users\\Bob\\app.js") << QByteArray("C:\\Users\\user\\app.js");
        QTest::newRow("at the end") << QByteArray("cd /home/ann") << QByteArray("cd /home/user");
        QTest::newRow("nobody") << QByteArray("ls /home/ now") << QByteArray("ls /home/ now");
    }
    void homes()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(QByteArray::fromStdString(IdentityRemover::withoutHomes(text.toStdString())), expected);
    }

    void recordsKeepWhatWasDone()
    {
        IdentityRemover remover;
        const auto record = [](const char *user, const char *session) {
            return Value::Map{{"kind", "event"},
                              {"name", "Workout started"},
                              {"user", user},
                              {"session", session},
                              {"resource", Value::Map{{"host.name", "anns-laptop"}, {"os.name", "linux"}}},
                              {"error", Value::Map{{"stack", "at /home/ann/a.cpp"}}},
                              {"attributes", Value::Map{{"plan", "team"}, {"deep", Value::Map{{"user.email", "ann"}, {"n", 1}}}, {"list", Value::Array{"/home/ann/x", 2}}}}};
        };
        Value::Map first = record("ann", "s1"), second = record("ben", "s2"), again = record("ann", "s3");
        for (Value::Map *each : {&first, &second, &again})
            remover.apply(*each);
        const Value::Map expected{{"kind", "event"},
                                  {"name", "Workout started"},
                                  {"user", "user-1"},
                                  {"session", "session-1"},
                                  {"resource", Value::Map{{"os.name", "linux"}}},
                                  {"error", Value::Map{{"stack", "at /home/user/a.cpp"}}},
                                  {"attributes", Value::Map{{"plan", "team"}, {"deep", Value::Map{{"n", 1}}}, {"list", Value::Array{"/home/user/x", 2}}}}};
        QVERIFY(first == expected);
        QCOMPARE(toJson(second[2].second), std::string("\"user-2\""));
        QCOMPARE(toJson(again[2].second), std::string("\"user-1\""));
        QCOMPARE(toJson(again[3].second), std::string("\"session-3\""));
    }
};

QTEST_APPLESS_MAIN(TestIdentityRemover)
#include "tst_identityremover.moc"
