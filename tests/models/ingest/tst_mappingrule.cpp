// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/mappingrule.h"
#include "models/ingest/rulebook.h"
#include "models/ingest/rulefile.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale;

namespace {

MappingRule rule(const char *text)
{
    const auto parsed = parseMappingRule(text);
    if (!parsed)
        qFatal("%s: %s", text, parsed.error().message.c_str());
    return *parsed;
}

RuleBook book(std::initializer_list<const char *> texts)
{
    std::vector<MappingRule> rules;
    for (const char *text : texts)
        rules.push_back(rule(text));
    return RuleBook(std::move(rules));
}

/// A batch of a few records with attributes.
class Maker
{
public:
    Maker()
    {
        Origin origin;
        origin.product = id("stride");
        origin.release = id("4.1.0");
        origin.scopeName = id("stride.ui");
        const auto begin = static_cast<std::uint32_t>(batch.attributes.size());
        batch.attributes.push_back(batch.makeAttribute("host.name", Value("mill")));
        origin.attributes = {begin, begin + 1};
        batch.origins.push_back(origin);
    }
    StringId id(std::string_view text) { return batch.strings.intern(text); }
    std::size_t add(RecordKind kind, std::string_view name, const Value::Map &attributes)
    {
        Record record;
        record.kind = kind;
        record.name = name.empty() ? kNoString : id(name);
        if (kind == RecordKind::UsageEvent)
            record.feature = record.name;
        record.attributes.begin = static_cast<std::uint32_t>(batch.attributes.size());
        for (const auto &[key, value] : attributes)
            batch.attributes.push_back(batch.makeAttribute(key, value));
        record.attributes.end = static_cast<std::uint32_t>(batch.attributes.size());
        batch.append(record);
        return batch.size() - 1;
    }
    std::string feature(std::size_t row) const { return std::string(batch.text(batch.features[row])); }
    std::string name(std::size_t row) const { return std::string(batch.text(batch.names[row])); }
    const Origin &origin(std::size_t row) const { return batch.origins[batch.origin[row]]; }

    RecordBatch batch;
    CounterSet counters;
};

} // namespace

/// Rules of one's own: what they say, what they do, where they are kept.
class TestMappingRule final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void entriesComeBack()
    {
        const std::string text = "# mine\n\nfeature = attribute a\n#off\n# off: screen = attribute b\nnonsense\n# the end\n";
        const RuleEntries entries = parseRuleEntries(text);
        QCOMPARE(entries.entries.size(), std::size_t(3));
        QVERIFY(entries.entries[0].isOn && !entries.entries[1].isOn);
        QCOMPARE(entries.entries[1].text, std::string("screen = attribute b"));
        QVERIFY(!entries.entries[2].problem.empty());
        QCOMPARE(QByteArray::fromStdString(toText(entries)), QByteArray::fromStdString(text));
        // What rests is nobody's rule.
        QCOMPARE(parseRules(text).rules.size(), std::size_t(1));
        QCOMPARE(toText(RuleEntries()), std::string());
    }

    void entriesAreReplacedAsTheyWere()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("c.mapping")).toStdString();
        RuleEntries one, two;
        one.entries = {{"feature = attribute a", true, {}, "# mine\n"}};
        two.entries = {{"screen = attribute b", false, {}, {}}, one.entries[0]};
        QVERIFY(replaceRuleEntries(path, {}, one).has_value());
        QVERIFY(*readRuleEntries(path) == one);
        QVERIFY(replaceRuleEntries(path, one, two).has_value());
        QCOMPARE(readRules(path)->rules.size(), std::size_t(1));
        QCOMPARE(replaceRuleEntries(path, one, {}).error().code, Error::Code::Busy);
        RuleEntries wrong = two;
        wrong.entries[0].text = "colour = attribute a";
        QCOMPARE(replaceRuleEntries(path, two, wrong).error().code, Error::Code::InvalidArgument);
        wrong.entries[0].text = wrong.entries[1].text; // twice
        QCOMPARE(replaceRuleEntries(path, two, wrong).error().code, Error::Code::InvalidArgument);
        QVERIFY(*readRuleEntries(path) == two);
        QVERIFY(replaceRuleEntries(path, two, two).has_value());
        QVERIFY(replaceRuleEntries(path, two, {}).has_value());
        QVERIFY(readRuleEntries(path)->entries.empty());
    }

    void reads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("again");
        QTest::newRow("plain") << QByteArray("feature = attribute stride.feature")
                               << QByteArray("feature = attribute stride.feature");
        QTest::newRow("no blanks") << QByteArray("feature= attribute a")
                                   << QByteArray("feature = attribute a");
        QTest::newRow("many blanks") << QByteArray("  feature \t=  attribute   a ")
                                     << QByteArray("feature = attribute a");
        QTest::newRow("resource") << QByteArray("environment = resource k8s.namespace.name")
                                  << QByteArray("environment = resource k8s.namespace.name");
        QTest::newRow("condition") << QByteArray("user = attribute who when event is login")
                                   << QByteArray("user = attribute who when event is login");
        QTest::newRow("all conditions") << QByteArray("screen = attribute p when event is page.* and scope "
                                                      "is web and product is x and protocol is otlp*")
                                        << QByteArray("screen = attribute p when event is page.* and scope "
                                                      "is web and product is x and protocol is otlp*");
        QTest::newRow("quotes")
            << QByteArray("screen = attribute \"page \\\"title\\\"\" when event is \"page shown\"")
            << QByteArray("screen = attribute \"page \\\"title\\\"\" when event is \"page shown\"");
        QTest::newRow("a key that is a word of ours")
            << QByteArray("screen = attribute \"when\"") << QByteArray("screen = attribute \"when\"");
        QTest::newRow("seconds") << QByteArray("dwell = attribute t in s")
                                 << QByteArray("dwell = attribute t in s");
        QTest::newRow("milliseconds are meant")
            << QByteArray("dwell = attribute t in ms") << QByteArray("dwell = attribute t");
        QTest::newRow("an = in a key")
            << QByteArray("os = attribute a=b") << QByteArray("os = attribute a=b");
    }
    void reads()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, again);
        const MappingRule parsed = rule(text.constData());
        QCOMPARE(QByteArray::fromStdString(toText(parsed)), again);
        QVERIFY(rule(again.constData()) == parsed);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("empty") << QByteArray("") << QByteArray("empty");
        QTest::newRow("unknown target")
            << QByteArray("colour = attribute a") << QByteArray("'colour' can not be filled");
        QTest::newRow("target no rule fills")
            << QByteArray("kind = attribute a") << QByteArray("'kind' can not be filled");
        QTest::newRow("no =") << QByteArray("feature attribute a")
                              << QByteArray("an = was expected behind feature, not 'attribute'");
        QTest::newRow("no source") << QByteArray("feature = a")
                                   << QByteArray("attribute or resource was expected");
        QTest::newRow("no key") << QByteArray("feature = attribute")
                                << QByteArray("key of the attribute is missing");
        QTest::newRow("no key, a condition") << QByteArray("feature = attribute when event is x")
                                             << QByteArray("key of the attribute is missing");
        QTest::newRow("a secret") << QByteArray("user = attribute auth.password")
                                  << QByteArray("names a secret");
        QTest::newRow("our own mark") << QByteArray("user = attribute \x1f"
                                                    "body")
                                      << QByteArray("U+001F");
        QTest::newRow("unit of a text")
            << QByteArray("feature = attribute a in s") << QByteArray("only dwell and duration");
        QTest::newRow("unknown unit")
            << QByteArray("dwell = attribute a in days") << QByteArray("the unit behind 'in' is one of");
        QTest::newRow("blank in a key")
            << QByteArray("feature = attribute a b") << QByteArray("stands in quotes");
        QTest::newRow("unknown condition")
            << QByteArray("feature = attribute a when colour is red") << QByteArray("not 'colour'");
        QTest::newRow("no is") << QByteArray("feature = attribute a when event x")
                               << QByteArray("'is' was expected");
        QTest::newRow("no name") << QByteArray("feature = attribute a when event is")
                                 << QByteArray("name behind 'event is' is missing");
        QTest::newRow("a star inside") << QByteArray("feature = attribute a when event is x*y")
                                       << QByteArray("at the end of a name only");
        QTest::newRow("twice") << QByteArray("feature = attribute a when event is x and event is y")
                               << QByteArray("two conditions about event");
        QTest::newRow("or") << QByteArray("feature = attribute a when event is x or event is y")
                            << QByteArray("'and' or the end");
        QTest::newRow("open quote") << QByteArray("feature = attribute \"a")
                                    << QByteArray("a quote is missing");
        QTest::newRow("long") << QByteArray("feature = attribute ") + QByteArray(3'000, 'a')
                              << QByteArray("2000");
    }
    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, says);
        const auto parsed = parseMappingRule(text.toStdString());
        QVERIFY(!parsed);
        QVERIFY2(QByteArray::fromStdString(parsed.error().message).contains(says),
                 parsed.error().message.c_str());
    }

    void fillsFeatures()
    {
        Maker m;
        const auto used = m.add(RecordKind::UsageEvent, "clicked", {{"stride.feature", Value("Start")}});
        const auto without = m.add(RecordKind::UsageEvent, "clicked", {{"other", Value("x")}});
        const auto empty = m.add(RecordKind::UsageEvent, "clicked", {{"stride.feature", Value("")}});
        const auto number = m.add(RecordKind::UsageEvent, "clicked", {{"stride.feature", Value(7)}});
        const auto log = m.add(RecordKind::Log, "", {{"stride.feature", Value("Pause")}});
        const auto span = m.add(RecordKind::Span, "load", {{"stride.feature", Value("Start")}});
        QCOMPARE(book({"feature = attribute stride.feature"}).apply(m.batch, "otlp/http", m.counters), 3U);
        QCOMPARE(m.feature(used), std::string("Start"));
        QCOMPARE(m.name(used), std::string("clicked"));
        QCOMPARE(m.feature(without), std::string("clicked"));
        QCOMPARE(m.feature(empty), std::string("clicked"));
        QCOMPARE(m.feature(number), std::string("7"));
        QCOMPARE(m.batch.kinds[log], RecordKind::UsageEvent); // somebody used it, whatever it was called
        QCOMPARE(m.feature(log), std::string("Pause"));
        QCOMPARE(m.feature(span), std::string());
        QCOMPARE(m.counters.value("mapping.rule.applied"), 3U);
    }

    void firstWithAValueWins()
    {
        Maker m;
        const auto both = m.add(RecordKind::UsageEvent, "e", {{"a", Value("1")}, {"b", Value("2")}});
        const auto second = m.add(RecordKind::UsageEvent, "e", {{"a", Value()}, {"b", Value("2")}});
        const RuleBook rules = book({"feature = attribute a", "feature = attribute b"});
        QCOMPARE(rules.apply(m.batch, "x", m.counters), 2U);
        QCOMPARE(m.feature(both), std::string("1"));
        QCOMPARE(m.feature(second), std::string("2"));
        QCOMPARE(rules.apply(m.batch, "x", m.counters), 0U); // nothing is left to change
    }

    void conditions_data()
    {
        QTest::addColumn<QByteArray>("when");
        QTest::addColumn<bool>("holds");
        QTest::newRow("event") << QByteArray("event is page.shown") << true;
        QTest::newRow("another event") << QByteArray("event is page") << false;
        QTest::newRow("prefix of the event") << QByteArray("event is page*") << true;
        QTest::newRow("scope") << QByteArray("scope is stride.ui") << true;
        QTest::newRow("another scope") << QByteArray("scope is stride") << false;
        QTest::newRow("product") << QByteArray("product is str*") << true;
        QTest::newRow("protocol") << QByteArray("protocol is otlp/http") << true;
        QTest::newRow("another protocol") << QByteArray("protocol is sentry") << false;
        QTest::newRow("all of them") << QByteArray(
                                            "event is * and scope is * and product is * and protocol is *")
                                     << true;
        QTest::newRow("one of them does not hold")
            << QByteArray("event is page* and product is other") << false;
    }
    void conditions()
    {
        QFETCH(QByteArray, when);
        QFETCH(bool, holds);
        Maker m;
        m.add(RecordKind::UsageEvent, "page.shown", {{"a", Value("1")}});
        const RuleBook rules = book({QByteArray("feature = attribute a when " + when).constData()});
        QCOMPARE(rules.apply(m.batch, "otlp/http", m.counters), holds ? 1U : 0U);
    }

    void theSenderIsOneOfItsOwn()
    {
        Maker m;
        const auto plain = m.add(RecordKind::UsageEvent, "e", {});
        const auto beta = m.add(RecordKind::UsageEvent, "e", {{"ring", Value("beta")}});
        const auto again = m.add(RecordKind::UsageEvent, "e", {{"ring", Value("beta")}});
        QCOMPARE(book({"environment = attribute ring", "device = resource host.name"})
                     .apply(m.batch, "x", m.counters),
                 3U);
        QCOMPARE(m.batch.text(m.origin(plain).environment), std::string_view());
        QCOMPARE(m.batch.text(m.origin(plain).device), std::string_view("mill"));
        QCOMPARE(m.batch.text(m.origin(beta).environment), std::string_view("beta"));
        QCOMPARE(m.batch.text(m.origin(beta).device), std::string_view("mill"));
        QCOMPARE(m.batch.text(m.origin(beta).product), std::string_view("stride"));
        QCOMPARE(m.batch.origin[beta], m.batch.origin[again]);
        QCOMPARE(m.batch.attributesIn(m.origin(beta).attributes).size(), 1U);
    }

    void whoAndWhereAndHowLong()
    {
        Maker m;
        const Value::Map attributes{{"who", Value("u1")},
                                    {"run", Value(17)},
                                    {"page", Value("Home")},
                                    {"secs", Value(1.5)},
                                    {"text", Value("250")}};
        const auto view = m.add(RecordKind::ScreenView, "v", attributes);
        const auto span = m.add(RecordKind::Span, "s", attributes);
        const auto point = m.add(RecordKind::MetricPoint, "cpu", attributes);
        book({"user = attribute who", "session = attribute run", "screen = attribute page",
              "dwell = attribute secs in s", "duration = attribute text"})
            .apply(m.batch, "x", m.counters);
        QCOMPARE(m.batch.text(m.batch.users[view]), std::string_view("u1"));
        QCOMPARE(m.batch.text(m.batch.sessions[view]), std::string_view("17"));
        QCOMPARE(m.batch.text(m.batch.screens[view]), std::string_view("Home"));
        QCOMPARE(m.batch.durations[view], std::int64_t{1'500'000'000});
        QCOMPARE(m.batch.durations[span], std::int64_t{250'000'000});
        QCOMPARE(m.batch.screens[point], kNoString);
        QCOMPARE(m.batch.durations[point], kNoDuration);
    }

    void noTimeAtAll_data()
    {
        QTest::addColumn<double>("number");
        QTest::newRow("negative") << -1.0;
        QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("longer than time") << 1e300;
    }
    void noTimeAtAll()
    {
        QFETCH(double, number);
        Maker m;
        const auto row = m.add(RecordKind::ScreenView, "v", {{"t", Value(number)}});
        QCOMPARE(book({"dwell = attribute t"}).apply(m.batch, "x", m.counters), 0U);
        QCOMPARE(m.batch.durations[row], kNoDuration);
    }

    void names()
    {
        Maker m;
        const auto used = m.add(RecordKind::UsageEvent, "e", {{"n", Value("real")}});
        const auto line = m.add(RecordKind::Log, "", {{"n", Value("real")}});
        const auto state = m.add(RecordKind::Log, "app.jank", {{"n", Value("real")}});
        book({"event = attribute n"}).apply(m.batch, "x", m.counters);
        QCOMPARE(m.name(used), std::string("real"));
        QCOMPARE(m.feature(used), std::string("real"));
        QCOMPARE(m.batch.kinds[line], RecordKind::UsageEvent);
        QCOMPARE(m.feature(line), std::string("real"));
        QCOMPARE(m.batch.kinds[state], RecordKind::Log);
        QCOMPARE(m.name(state), std::string("real"));
    }

    void tellsChanges()
    {
        Maker m;
        m.add(RecordKind::UsageEvent, "e", {{"a", Value("1")}});
        m.add(RecordKind::UsageEvent, "1", {{"a", Value("1")}}); // says so already
        QStringList told;
        book({"feature = attribute a", "os = attribute a"})
            .apply(
                m.batch, "x", m.counters,
                [&](std::size_t row, MappedField field, const std::string &before, const std::string &after) {
                    told << QStringLiteral("%1 %2 '%3' '%4'")
                                .arg(row)
                                .arg(QString::fromStdString(std::string(mappedFieldName(field))),
                                     QString::fromStdString(before), QString::fromStdString(after));
                });
        QCOMPARE(told, (QStringList{QStringLiteral("0 feature 'e' '1'"), QStringLiteral("0 os '' '1'"),
                                    QStringLiteral("1 os '' '1'")}));
    }

    void aFileOfRules()
    {
        const RuleFile file =
            parseRules("# mine\n\nfeature = attribute a\n  os = resource o  \r\nnonsense\n");
        QCOMPARE(file.rules.size(), 2U);
        QCOMPARE(file.problems.size(), 1U);
        QCOMPARE(file.problems[0].line, 5U);
        QCOMPARE(file.problems[0].text, std::string("nonsense"));
        QVERIFY(parseRules("").rules.empty());
    }

    void tooManyRules()
    {
        std::string text;
        for (std::size_t i = 0; i < kMostMappingRules + 2; ++i)
            text += "feature = attribute a" + std::to_string(i) + "\n";
        const RuleFile file = parseRules(text);
        QCOMPARE(file.rules.size(), kMostMappingRules);
        QCOMPARE(file.problems.size(), 2U);
        Maker m; // and the last that there is room for is tried
        const auto row = m.add(RecordKind::UsageEvent, "e", {{"a63", Value("last")}});
        RuleBook(file.rules).apply(m.batch, "x", m.counters);
        QCOMPARE(m.feature(row), std::string("last"));
    }

    void changesAFile()
    {
        QTemporaryDir folder;
        const std::filesystem::path path =
            rulePathOf(folder.filePath(QStringLiteral("new/t.db")).toStdString());
        QVERIFY(path.string().ends_with("/new/t.db.mapping"));
        QCOMPARE(readRules(path)->rules.size(), 0U);
        QVERIFY(*addRule(path, rule("feature = attribute a")));
        QVERIFY(!*addRule(path, rule("feature =  attribute a"))); // is there
        QVERIFY(*addRule(path, rule("os = attribute b")));
        QCOMPARE(readRules(path)->rules.size(), 2U);
        const QFileInfo info(QString::fromStdString(path.string()));
        QCOMPARE(info.permissions() &
                     (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
                 QFile::Permissions());
        QVERIFY(*removeRule(path, rule("feature = attribute a")));
        QVERIFY(!*removeRule(path, rule("feature = attribute a")));
        QCOMPARE(readRules(path)->rules.size(), 1U);
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().startsWith("# ")); // comments stay
    }

    void seesChanges()
    {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("rules")).toStdString();
        WatchedRules watched(path);
        CounterSet counters;
        QVERIFY(watched.current(counters)->isEmpty());
        QVERIFY(*addRule(path, rule("feature = attribute a")));
        QCOMPARE(watched.current(counters)->rules().size(), 1U);
        QFile file(QString::fromStdString(path.string()));
        QVERIFY(file.open(QIODevice::Append));
        file.write("what is this\n");
        file.close();
        QCOMPARE(watched.current(counters)->rules().size(), 1U);
        watched.current(counters);
        QCOMPARE(counters.value("mapping.rule.invalid"), 1U); // once a change
        QVERIFY(file.remove());
        QVERIFY(watched.current(counters)->isEmpty());
        QVERIFY(WatchedRules({}).current(counters)->isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestMappingRule)
#include "tst_mappingrule.moc"
