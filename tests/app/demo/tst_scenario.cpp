// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/scenario.h"
#include "resources/stride/stridescenario.h"

#include <QTest>

#include <algorithm>

using namespace telltale;
using namespace telltale::demo;

class TestScenario final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheExampleProduct()
    {
        const Result<Scenario> scenario = Scenario::parse(strideScenarioJson());
        QVERIFY2(scenario, scenario ? "" : scenario.error().message.c_str());
        QCOMPARE(scenario->product, "Stride");
        QCOMPARE(scenario->features.size(), std::size_t(11));
        QCOMPARE(scenario->screens.size(), std::size_t(8));
        QCOMPARE(scenario->byWeekday.size(), std::size_t(7));
        const auto npe =
            std::find_if(scenario->failures.begin(), scenario->failures.end(),
                         [](const Failure &failure) { return failure.type == "NullPointerException"; });
        QVERIFY(npe != scenario->failures.end());
        QCOMPARE(npe->since, "4.2.0");
        QVERIFY(npe->stack.find("RouteRecorder.onLocation(RouteRecorder.kt:214)") != std::string::npos);
        QCOMPARE(scenario->screens[npe->screen].name, "Live route map");
    }

    void everyPlatformCanWalk()
    {
        const Result<Scenario> scenario = Scenario::parse(strideScenarioJson());
        QVERIFY(scenario);
        for (const Platform &platform : scenario->platforms) {
            const auto &first = scenario->screens.front().platforms;
            QVERIFY2(std::find(first.begin(), first.end(), platform.name) != first.end(),
                     platform.name.c_str());
            QVERIFY(std::any_of(scenario->releases.begin(), scenario->releases.end(),
                                [&](const Release &release) { return release.track == platform.track; }));
        }
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("empty") << QByteArray() << QByteArray("wrong");
        QTest::newRow("not JSON") << QByteArray("{") << QByteArray("wrong");
        QTest::newRow("nothing in it") << QByteArray("{}") << QByteArray("wrong");
        QByteArray unknown(strideScenarioJson().data(), qsizetype(strideScenarioJson().size()));
        unknown.replace("{ \"feature\": \"Training plan\"", "{ \"feature\": \"Levitation\"");
        QTest::newRow("unknown feature") << unknown << QByteArray("\"Levitation\"");
        QByteArray lost(strideScenarioJson().data(), qsizetype(strideScenarioJson().size()));
        lost.replace("{ \"screen\": \"Plan\", \"weight\"", "{ \"screen\": \"Nowhere\", \"weight\"");
        QTest::newRow("unknown screen") << lost << QByteArray("\"Nowhere\"");
    }
    void saysWhatIsWrong()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, part);
        const Result<Scenario> scenario = Scenario::parse({json.constData(), std::size_t(json.size())});
        QVERIFY(!scenario);
        QCOMPARE(scenario.error().code, Error::Code::InvalidArgument);
        QVERIFY2(scenario.error().message.find(part.toStdString()) != std::string::npos,
                 scenario.error().message.c_str());
    }
};

QTEST_APPLESS_MAIN(TestScenario)
#include "tst_scenario.moc"
