// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes what, as a person edits it: mapping rules of the settings page, and the mapping of a broker's messages.
#include "tests/widgets/window/windowbench.h"
#include "widgets/pages/datatable.h"
#include "widgets/pages/mappingrules.h"
#include "widgets/pages/messagemapping.h"
#include "widgets/pages/settingspage.h"
#include "widgets/pages/sourcedetail.h"
#include "widgets/pages/sourcespage.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>

using namespace telltale;

namespace {

constexpr const char *kRule = "feature = attribute stride.feature";

RuleEntry entry(const char *text, bool isOn = true)
{
    return {text, isOn, {}, {}};
}

void click(QPushButton *button)
{
    QTest::mouseClick(button, Qt::LeftButton);
}

} // namespace

class TestMappings final : public QObject
{
    Q_OBJECT

    Theme m_theme;

    static MappingRules *rulesOf(const WindowBench &bench)
    {
        bench.window->showView(QStringLiteral("settings"));
        if (!bench.settle())
            qFatal("the window does not settle");
        return static_cast<SettingsPage *>(bench.window->page(QStringLiteral("settings")))->mapping();
    }
    static QString cell(const DataTable *table, int row, int column) { return table->model()->index(row, column).data().toString(); }

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }

    // --- rules ---

    void oneTableAProtocol()
    {
        WindowBench bench(m_theme);
        bench.control.rules.entries = {entry(kRule), entry("screen = attribute page", false)};
        MappingRules *rules = rulesOf(bench);
        QAbstractItemModelTester tester(rules->table()->sorted()->sourceModel());
        QVERIFY(rules->protocolBox()->count() > 8);
        QCOMPARE(cell(rules->table(), 0, RuleModel::Source), QStringLiteral("attribute stride.feature"));
        QCOMPARE(cell(rules->table(), 0, RuleModel::State), QStringLiteral("yours"));
        QCOMPARE(cell(rules->table(), 1, RuleModel::State), QStringLiteral("yours, off"));
        for (int i = 0; i < rules->protocolBox()->count(); ++i) {
            rules->protocolBox()->setCurrentIndex(i);
            QVERIFY2(rules->table()->model()->rowCount() > 2, qPrintable(rules->protocolBox()->currentText()));
            QCOMPARE(cell(rules->table(), 2, RuleModel::State), QStringLiteral("built in"));
        }
        // Built-in ones are to be looked at.
        rules->table()->setSourceRow(2);
        for (QPushButton *button : {rules->upButton(), rules->downButton(), rules->switchButton(), rules->editButton(), rules->removeButton()})
            QVERIFY(!button->isEnabled());
    }

    void aRuleIsTriedWhileItIsTyped()
    {
        WindowBench bench(m_theme);
        MappingRules *rules = rulesOf(bench);
        QVERIFY(!rules->addButton()->isEnabled());
        QTest::keyClicks(rules->ruleField(), QStringLiteral("feature = atribute x"));
        QVERIFY(!rules->addButton()->isEnabled());
        QVERIFY(!rules->said().isEmpty() && !rules->changesTable()->isVisible());
        rules->ruleField()->clear();
        QTest::keyClicks(rules->ruleField(), QLatin1String(kRule));
        QTRY_VERIFY2(rules->changesTable()->isVisible(), qPrintable(rules->said()));
        QAbstractItemModelTester tester(rules->changesTable()->sorted()->sourceModel());
        QCOMPARE(rules->said(), QStringLiteral("40 of the last 60 records would change."));
        QCOMPARE(cell(rules->changesTable(), 0, RuleChangeModel::After), QStringLiteral("Start workout"));
        QCOMPARE(cell(rules->changesTable(), 0, RuleChangeModel::Records), QStringLiteral("40"));
        QVERIFY(bench.control.rules.entries.empty()); // tried, not kept
        // Another one, which finds nothing.
        rules->ruleField()->setText(QStringLiteral("screen = attribute page"));
        QVERIFY(!rules->changesTable()->isVisible());
        QTRY_VERIFY(rules->isSettled());
        QVERIFY(rules->said().startsWith(QStringLiteral("0 of")));
    }

    void tryingIsStopped()
    {
        WindowBench bench(m_theme);
        MappingRules *rules = rulesOf(bench);
        bench.switches->isSlow = true;
        QTest::keyClicks(rules->ruleField(), QLatin1String(kRule));
        QTRY_VERIFY(rules->stopButton()->isVisible());
        QVERIFY(rules->addButton()->isEnabled()); // it needs not be tried to be added
        click(rules->stopButton());
        QVERIFY(!rules->stopButton()->isVisible() && rules->isSettled());
        QVERIFY(rules->said().contains(QStringLiteral("not tried to the end")));
        QTRY_COMPARE(bench.switches->stopped.load(), 1); // the work itself, too
        // Typing on stops what is tried as well.
        rules->ruleField()->setText(QStringLiteral("os = attribute system"));
        QTRY_VERIFY(rules->stopButton()->isVisible());
        rules->ruleField()->setText(QLatin1String(kRule));
        QTRY_COMPARE(bench.switches->stopped.load(), 2);
        bench.switches->isSlow = false;
        QTRY_COMPARE(rules->said(), QStringLiteral("40 of the last 60 records would change."));
    }

    void addedChangedMovedSwitchedRemovedAndBack()
    {
        WindowBench bench(m_theme);
        MappingRules *rules = rulesOf(bench);
        const auto texts = [&] {
            QStringList all;
            for (const RuleEntry &each : bench.control.rules.entries)
                all.append((each.isOn ? QString() : QStringLiteral("off ")) + QString::fromStdString(each.text));
            return all;
        };
        const auto add = [&](const char *text) {
            QTest::keyClicks(rules->ruleField(), QLatin1String(text));
            QTest::keyClick(rules->ruleField(), Qt::Key_Return);
        };
        add(kRule);
        add("screen = attribute page");
        QVERIFY(bench.control.rules.entries[0].above.find("Mapping rules of your own") != std::string::npos);
        QVERIFY(rules->ruleField()->text().isEmpty());
        const QStringList both{QLatin1String(kRule), QStringLiteral("screen = attribute page")};
        QCOMPARE(texts(), both);
        QCOMPARE(rules->table()->sourceRow(), 1); // the new one
        click(rules->upButton());
        QCOMPARE(texts(), QStringList({both[1], both[0]}));
        QCOMPARE(rules->table()->sourceRow(), 0);
        QVERIFY(!rules->upButton()->isEnabled() && rules->downButton()->isEnabled());
        click(rules->switchButton());
        QCOMPARE(texts(), QStringList({QStringLiteral("off ") + both[1], both[0]}));
        QCOMPARE(rules->switchButton()->text(), QStringLiteral("Switch on"));
        click(rules->editButton());
        QCOMPARE(rules->ruleField()->text(), both[1]);
        rules->ruleField()->setText(QStringLiteral("screen = attribute title"));
        click(rules->addButton());
        QCOMPARE(texts(), QStringList({QStringLiteral("off screen = attribute title"), both[0]}));
        click(rules->removeButton());
        QCOMPARE(texts(), QStringList{both[0]});
        for (const QStringList &before : {QStringList({QStringLiteral("off screen = attribute title"), both[0]}), QStringList({QStringLiteral("off ") + both[1], both[0]}),
                                          QStringList({both[1], both[0]}), both, QStringList{both[0]}, QStringList()}) {
            bench.window->changes().undo();
            QCOMPARE(texts(), before);
        }
        bench.window->changes().redo();
        QCOMPARE(texts(), QStringList{both[0]});
    }

    void somebodyElseChangedThem()
    {
        WindowBench bench(m_theme);
        MappingRules *rules = rulesOf(bench);
        bench.control.rules.entries = {entry("os = attribute system")}; // by telltale mapping add
        QTest::keyClicks(rules->ruleField(), QLatin1String(kRule));
        click(rules->addButton());
        QVERIFY2(rules->said().contains(QStringLiteral("somebody else")), qPrintable(rules->said()));
        QCOMPARE(bench.control.rules.entries.size(), std::size_t(1));
        QCOMPARE(cell(rules->table(), 0, RuleModel::Source), QStringLiteral("attribute system")); // and shown
    }

    void aLineThatIsNoRule()
    {
        WindowBench bench(m_theme);
        bench.control.rules = parseRuleEntries("colour = attribute x\n");
        MappingRules *rules = rulesOf(bench);
        QVERIFY(cell(rules->table(), 0, RuleModel::State).contains(QStringLiteral("colour")));
        rules->table()->setSourceRow(0);
        click(rules->removeButton());
        QVERIFY(bench.control.rules.entries.empty());
    }

    // --- messages ---

    void theMappingOfABroker()
    {
        WindowBench bench(m_theme);
        BrokerSetting broker;
        broker.name = "plant";
        bench.control.held.brokers = {broker};
        bench.window->showView(QStringLiteral("sources"));
        QVERIFY(bench.settle());
        Q_EMIT bench.control.changed();
        auto *page = static_cast<SourcesPage *>(bench.window->page(QStringLiteral("sources")));
        page->openDoor(QStringLiteral("mqtt plant"));
        QVERIFY(page->detail()->mappingButton()->isVisible());
        bench.control.seen = {{1, {"plant/a/climate", R"({"t":21.5,"ts":1763472730})"}}};
        click(page->detail()->mappingButton());
        auto *dialog = bench.window->findChild<MessageMapping *>();
        QVERIFY(dialog);
        bench.control.feed->say(2, {"plant/b/climate", R"({"t":19})"});
        QTRY_COMPARE(dialog->messages()->model()->rowCount(), 2);
        QTRY_VERIFY(dialog->isSettled());
        // By the usual table so far; the newest first.
        QCOMPARE(cell(dialog->messages(), 0, MessageModel::Topic), QStringLiteral("plant/b/climate"));
        QCOMPARE(cell(dialog->messages(), 0, MessageModel::Rule), QStringLiteral("the usual"));
        QVERIFY(cell(dialog->messages(), 0, MessageModel::Becomes).contains(QStringLiteral("plant/b/climate/t = 19.0")));
        QVERIFY(!dialog->fromMessageButton()->isEnabled());
        dialog->messages()->setSourceRow(1);
        click(dialog->fromMessageButton());
        QCOMPARE(dialog->rules()->model()->rowCount(), 1);
        QVERIFY(dialog->ruleField()->toPlainText().contains(QStringLiteral("plant/a/climate")));
        dialog->ruleField()->setPlainText(QStringLiteral(R"({"topic":"plant/{device}/climate","metrics":[{"metric":"temperature","value":"/t","unit":"Cel"}]})"));
        QTRY_COMPARE(cell(dialog->messages(), 0, MessageModel::Becomes), QStringLiteral("temperature = 19.0 Cel"));
        QCOMPARE(cell(dialog->messages(), 1, MessageModel::Rule), QStringLiteral("plant/{device}/climate"));
        QVERIFY(bench.control.mapping.empty()); // shown, not kept
        click(dialog->saveButton());
        QVERIFY(bench.control.mapping.find("\"temperature\"") != std::string::npos);
        QTRY_VERIFY(!bench.window->findChild<MessageMapping *>());
    }

    void whatIsWrongIsSaidAtTheRule()
    {
        FakeSourceControl control;
        control.mapping = mqttMappingText({R"({"topic":"a/+","ignore":true})", R"({"topic":"b/+","event":"/e"})"});
        control.seen = {{1, {"b/x", R"({"e":"opened"})"}}};
        MessageMapping dialog(&control, QStringLiteral("mqtt plant"), QStringLiteral("plant"));
        dialog.QDialog::show();
        QAbstractItemModelTester rules(dialog.rules()->sorted()->sourceModel()), messages(dialog.messages()->sorted()->sourceModel());
        QTRY_COMPARE(cell(dialog.messages(), 0, MessageModel::Becomes), QStringLiteral("use: opened"));
        dialog.rules()->setSourceRow(1);
        dialog.ruleField()->setPlainText(QStringLiteral(R"({"topic":"b/+","colour":"/e"})"));
        QVERIFY2(dialog.problem().contains(QStringLiteral("'colour' is not known")), qPrintable(dialog.problem()));
        QCOMPARE(cell(dialog.rules(), 1, MessageRuleModel::State), dialog.problem());
        QCOMPARE(cell(dialog.rules(), 0, MessageRuleModel::State), QStringLiteral("fine"));
        QVERIFY(!dialog.saveButton()->isEnabled());
        QTRY_COMPARE(cell(dialog.messages(), 0, MessageModel::Rule), QStringLiteral("the usual")); // the wrong one is left out
        click(dialog.upButton());
        QCOMPARE(dialog.rules()->sourceRow(), 0);
        QCOMPARE(cell(dialog.rules(), 0, MessageRuleModel::Topic), QStringLiteral("b/+"));
        click(dialog.removeButton());
        QVERIFY(dialog.saveButton()->isEnabled());
        QVERIFY(dialog.ruleField()->toPlainText().contains(QStringLiteral("ignore")));
        dialog.reject();
        QVERIFY(control.mapping.find("\"b/+\"") != std::string::npos); // as it was
    }

    void aFileThatIsNoMapping()
    {
        FakeSourceControl control;
        control.mapping = "no JSON";
        MessageMapping dialog(&control, QStringLiteral("mqtt plant"), QStringLiteral("plant"));
        QVERIFY2(dialog.said().contains(QStringLiteral("not JSON")), qPrintable(dialog.said()));
        click(dialog.addButton());
        QCOMPARE(dialog.problem().contains(QStringLiteral("not")), false); // the example is a rule
        QVERIFY(dialog.saveButton()->isEnabled());
    }

    void aBrokerThatIsNotThere()
    {
        FakeSourceControl control;
        MessageMapping dialog(&control, QStringLiteral("mqtt plant"), QStringLiteral("plant"));
        control.feed->broken = QStringLiteral("mqtt://x:1883: Connection refused");
        Q_EMIT control.feed->changed();
        QCOMPARE(dialog.said(), control.feed->broken);
    }
};

QTEST_MAIN(TestMappings)
#include "tst_mappings.moc"
