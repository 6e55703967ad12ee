// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/alertbook.h"
#include "models/alerts/alertfile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale;

class TestAlertRule final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sentences_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("canonical");
        const auto row = [](const char *text, const char *canonical) { QTest::newRow(text) << QByteArray(text) << QByteArray(canonical); };
        row("errors > 20 in 10m", "errors > 20 in 10m");
        row("  errors   >=  20.5 in 600s ", "errors >= 20.5 in 10m");
        row("events < 1 in 5m", "events < 1 in 5m");
        row("users <= 3 in 24h", "users <= 3 in 1d");
        row("crash-free < 98.5% in 1h", "crash-free < 98.5% in 1h");
        row("p95 screen.load > 0.8s in 15m", "p95 screen.load > 800ms in 15m");
        row("p50 \"POST /v2/sync\" < 2ms in 1m30s", "p50 \"POST /v2/sync\" < 2ms in 90s");
        row("events down 50% in 1h", "events down 50% in 1h");
        row("p99 x up 12.5% in 7d", "p99 x up 12.5% in 7d");
        row("new error", "new error");
        row("regressed error", "regressed error");
        row("escalating error", "escalating error");
    }
    void sentences()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, canonical);
        const auto rule = AlertRule::parse(text.toStdString());
        QVERIFY2(rule, rule ? "" : rule.error().message.c_str());
        QCOMPARE(QByteArray::fromStdString(rule->text()), canonical);
        QVERIFY(*AlertRule::parse(rule->text()) == *rule);
    }

    void nonsense_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("hint");
        const auto row = [](const char *text, const char *hint) { QTest::newRow(text) << QByteArray(text) << QByteArray(hint); };
        row("", "nothing that is measured");
        row("weather > 3 in 1h", "weather");
        row("errors", "comes >");
        row("errors > many in 1h", "many");
        row("errors > -1 in 1h", "-1");
        row("errors > inf in 1h", "inf");
        row("errors > 1", "'in'");
        row("errors > 1 in", "no time");
        row("errors > 1 in 5", "no time");
        row("errors > 1 in 1s", "10s");
        row("errors > 1 in 60d", "31d");
        row("errors > 1 in 1h please", "too much");
        row("crash-free < 0.98 in 1h", "percentage");
        row("crash-free < 120% in 1h", "100%");
        row("events up 5 in 1h", "percentage");
        row("p95 > 5 in 1h", "comes >");
        row("p95", "name of an operation");
        row("new", "new error");
        row("new error in 1h", "new error");
    }
    void nonsense()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, hint);
        const auto rule = AlertRule::parse(text.toStdString());
        QVERIFY(!rule);
        QCOMPARE(rule.error().code, Error::Code::InvalidArgument);
        QVERIFY2(QByteArray::fromStdString(rule.error().message).contains(hint), rule.error().message.c_str());
    }

    void theFile()
    {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("deep/alerts.json")).toStdString();
        QVERIFY(AlertFile::read(path)->alerts.empty());
        AlertFile file;
        file.alerts.push_back({"Crashes \"4.2\"", *AlertRule::parse("errors > 20 in 10m"), *Filter::parse("release:4.2.0"), true});
        file.alerts.push_back({"Silence", *AlertRule::parse("events < 1 in 5m"), {}, false});
        QVERIFY(file.write(path));
        QCOMPARE(QFile::permissions(QString::fromStdString(path.string())) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        const auto read = AlertFile::read(path);
        QVERIFY(read && read->problems.empty());
        QVERIFY(read->alerts == file.alerts);
        QVERIFY(!AlertFile::parse("{}"));
        QVERIFY(!AlertFile::parse("[}"));
        const auto some = AlertFile::parse(R"([1, {"name":"a"}, {"name":"b","rule":"new error"}, {"name":"b","rule":"new error"}, {"name":"c","rule":"new error","filter":"colour:red"}])");
        QCOMPARE(some->alerts.size(), std::size_t(1));
        QCOMPARE(some->problems.size(), std::size_t(4));
    }

    void everythingIsToldOnce()
    {
        AlertBook book;
        const Alert level{"Crashes", *AlertRule::parse("errors > 20 in 10m"), {}, true};
        AlertReading low, high;
        low.value = 3;
        high.value = 30;
        high.isFiring = true;
        QVERIFY(book.take(level, low, {1}).empty());
        const auto began = book.take(level, high, {2});
        QCOMPARE(began.size(), std::size_t(1));
        QVERIFY(began[0].what == AlertNews::What::Began && began[0].value == 30 && began[0].at == Instant{2});
        QVERIFY(book.take(level, high, {3}).empty());
        QCOMPARE(book.firing(), std::vector<std::string>{"Crashes"});
        QVERIFY(book.take(level, low, {4})[0].what == AlertNews::What::Ended);
        QVERIFY(book.firing().empty());

        const Alert fresh{"New", *AlertRule::parse("new error"), {}, true};
        AlertReading groups;
        groups.groups = {{"1", "A", {1}}};
        QVERIFY(book.take(fresh, groups, {5}).empty()); // it was there before
        groups.groups.push_back({"2", "B", {5}});
        const auto news = book.take(fresh, groups, {6});
        QCOMPARE(news.size(), std::size_t(1));
        QCOMPARE(news[0].group.title, std::string("B"));
        groups.groups.erase(groups.groups.begin());
        QVERIFY(book.take(fresh, groups, {7}).empty());
        groups.groups.insert(groups.groups.begin(), {"1", "A", {1}});
        QVERIFY(book.take(fresh, groups, {8}).empty()); // once new, never again

        const Alert regressed{"Again", *AlertRule::parse("regressed error"), {}, true};
        AlertReading nothing, one;
        one.groups = {{"1", "A", {1}}};
        QVERIFY(book.take(regressed, nothing, {1}).empty());
        QCOMPARE(book.take(regressed, one, {2}).size(), std::size_t(1));
        QVERIFY(book.take(regressed, nothing, {3}).empty()); // resolved
        QCOMPARE(book.take(regressed, one, {4}).size(), std::size_t(1));

        Alert changed = level;
        changed.rule.limit = 40;
        QVERIFY(!book.take(level, high, {9}).empty());
        book.keepOnly({changed, fresh});
        QVERIFY(book.firing().empty());
    }
};

QTEST_APPLESS_MAIN(TestAlertRule)
#include "tst_alertrule.moc"
