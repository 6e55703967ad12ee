// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/preview/mqttpreview.h"

#include <QTest>

using namespace telltale;

namespace {

std::string textIn(const Value &record, std::string_view key)
{
    for (const auto &[name, value] : *record.as<Value::Map>()) {
        if (name == key)
            return toDisplayText(value);
    }
    return {};
}

} // namespace

class TestMqttPreview final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void byTheUsualTable()
    {
        const MessagePreview preview = previewMessage("", {"plant/a/t", "21.5"});
        QVERIFY(!preview.rule);
        QCOMPARE(preview.records.size(), std::size_t(1));
        QCOMPARE(textIn(preview.records[0], "name"), std::string("plant/a/t"));
        QCOMPARE(textIn(preview.records[0], "value"), std::string("21.5"));
    }

    void byARule()
    {
        const std::string mapping = mqttMappingText({R"({"topic":"other/+","ignore":true})",
                                                     R"({"topic":"plant/{device}/t","metric":"temperature","value":"/v","unit":"Cel"})"});
        const MessagePreview preview = previewMessage(mapping, {"plant/a/t", R"({"v":21.5})"});
        QCOMPARE(preview.rule.value_or(9), std::size_t(1));
        QCOMPARE(preview.pattern, std::string("plant/{device}/t"));
        QCOMPARE(textIn(preview.records.at(0), "device"), std::string("a"));
        QCOMPARE(textIn(preview.records.at(0), "unit"), std::string("Cel"));
        const MessagePreview ignored = previewMessage(mapping, {"other/x", "1"});
        QCOMPARE(ignored.rule.value_or(9), std::size_t(0));
        QVERIFY(ignored.records.empty());
    }

    void whyNothing()
    {
        const MessagePreview preview = previewMessage(mqttMappingText({R"({"topic":"a","metric":"x","value":"/v"})"}), {"a", R"({"w":1})"});
        QVERIFY(preview.records.empty());
        QVERIFY(!preview.remarks.empty());
    }

    void rulesComeBack()
    {
        QVERIFY(mqttRuleTexts("")->empty());
        QVERIFY(mqttRuleTexts(mqttMappingText({}))->empty());
        const std::vector<std::string> rules{R"({"topic":"a/+","ignore":true})", R"({"topic":"b","colour":"red"})"};
        QVERIFY(*mqttRuleTexts(mqttMappingText(rules)) == rules); // a wrong one, too
        QCOMPARE(mqttRuleTexts("{").error().code, Error::Code::InvalidArgument);
        QCOMPARE(mqttRuleTexts("{}").error().code, Error::Code::InvalidArgument);
    }

    void problems_data()
    {
        QTest::addColumn<QByteArray>("rule");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("fine") << QByteArray(R"({"topic":"a","metric":"x","value":"/v"})") << QByteArray();
        QTest::newRow("empty") << QByteArray() << QByteArray("not JSON");
        QTest::newRow("cut") << QByteArray(R"({"topic":)") << QByteArray("not JSON");
        QTest::newRow("two") << QByteArray(R"({"topic":"a"},{"topic":"b"})") << QByteArray("not JSON");
        QTest::newRow("no topic") << QByteArray(R"({"event":"x"})") << QByteArray("topic");
        QTest::newRow("unknown") << QByteArray(R"({"topic":"a","colour":"red"})") << QByteArray("'colour' is not known");
        QTest::newRow("pointer") << QByteArray(R"({"topic":"a","metric":"x","value":"v"})") << QByteArray("JSON pointer");
    }
    void problems()
    {
        QFETCH(QByteArray, rule);
        QFETCH(QByteArray, part);
        const QByteArray problem = QByteArray::fromStdString(mqttRuleProblem(rule.toStdString()));
        QVERIFY2(part.isEmpty() ? problem.isEmpty() : problem.contains(part), problem.constData());
        QVERIFY2(!problem.contains("Rule 1"), problem.constData());
    }

    void proposed_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QByteArray>("rule");
        QTest::newRow("numbers") << QByteArray(R"({"ts":1,"t":21.5,"a/b":2,"who":"me"})")
                                 << QByteArray(R"({"topic":"plant/a","time":"/ts","metrics":[{"metric":"t","value":"/t"},{"metric":"a/b","value":"/a~1b"}]})");
        QTest::newRow("number") << QByteArray("21.5") << QByteArray(R"({"topic":"plant/a","metrics":[{"metric":"a","value":""}]})");
        QTest::newRow("text") << QByteArray("on") << QByteArray(R"({"topic":"plant/a","event":"a"})");
    }
    void proposed()
    {
        QFETCH(QByteArray, payload);
        QFETCH(QByteArray, rule);
        const std::string made = mqttRuleFor({"plant/a", payload.toStdString()});
        QCOMPARE(QByteArray::fromStdString(made), rule);
        QCOMPARE(mqttRuleProblem(made), std::string());
        QVERIFY(!previewMessage(mqttMappingText({made}), {"plant/a", payload.toStdString()}).records.empty());
    }
};

QTEST_GUILESS_MAIN(TestMqttPreview)
#include "tst_mqttpreview.moc"
