// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/filter.h"
#include "models/telemetry/filterfields.h"

#include <QTest>

using namespace telltale;

class TestFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accepts_data();
    void accepts();
    void rejects_data();
    void rejects();
    void exactTermsSurviveEverything_data();
    void exactTermsSurviveEverything();
    void wildcards_data();
    void wildcards();
    void joinsBoth();
    void boundsItsSize();
    void severities();
};

void TestFilter::accepts_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QByteArray>("canonical");
    const auto row = [](const char *expression, const char *canonical) {
        QTest::newRow(expression[0] ? expression : "empty")
            << QByteArray(expression) << QByteArray(canonical);
    };
    row("", "");
    row("  \t ", "");
    row("release:4.1.0", "release:4.1.0");
    row("release:4.1.0 os:android -screen:Home has:error dwell:>60s attr.app.plan:team",
        "release:4.1.0 os:android -screen:Home has:error dwell:>60s attr.app.plan:team");
    row("feature:a OR feature:b", "feature:a OR feature:b");
    row("feature:a user:u OR feature:b", "feature:a user:u OR feature:b");
    row("feature:a AND user:u", "feature:a user:u");
    row("(feature:a OR feature:b) user:u", "feature:a user:u OR feature:b user:u");
    row("user:u (feature:a OR feature:b)", "user:u feature:a OR user:u feature:b");
    row("-(feature:a user:u)", "-feature:a OR -user:u");
    row("-(feature:a OR user:u)", "-feature:a -user:u");
    row("((feature:a))", "feature:a");
    row("--feature:a", "feature:a");
    row("Release:X", "release:X");
    row("feature:\"Start workout\"", "feature:\"Start workout\"");
    row("feature:Start\" \"workout", "feature:\"Start workout\"");
    row("feature:\"say \\\"hi\\\"\"", "feature:\"say \\\"hi\\\"\"");
    row("feature:\"back\\\\slash\"", "feature:back\\\\slash");
    row("feature:C:\\path", "feature:C:\\\\path");
    row("feature:a\\*b", "feature:a\\*b");
    row("feature:*", "feature:*");
    row("feature:pre*post", "feature:pre*post");
    row("feature:\"\"", "feature:\"\"");
    row("feature:\">5\"", "feature:\">5\"");
    row("feature:run(fast)", "feature:\"run(fast)\"");
    row("(feature:run(fast))", "feature:\"run(fast)\"");
    row("feature:Übung", "feature:Übung");
    row("feature:OR", "feature:OR");
    row("feature:ORANGE OR feature:b", "feature:ORANGE OR feature:b");
    row("feature:a:b", "feature:a:b");
    row("severity:error", "severity:error");
    row("severity:>=WARN", "severity:>=WARN");
    row("severity:13", "severity:13");
    row("duration:<=1h30m", "duration:<=1h30m");
    row("dwell:<250", "dwell:<250");
    row("attr.n:>=1.5", "attr.n:>=1.5");
    row("attr.Mixed.Key:v", "attr.Mixed.Key:v");
    row("ATTR.Key:v", "attr.Key:v");
    row("attr.\"my key\":v", "attr.\"my key\":v");
    row("attr.\"a:b\":\"x y\"", "attr.\"a:b\":\"x y\"");
    row("resource.host.name:h", "resource.host.name:h");
    row("kind:usage_event", "kind:usage_event");
    row("has:attr.app.plan", "has:attr.app.plan");
    row("has:user -has:session", "has:user -has:session");
    row("feature:a\nfeature:b", "feature:a feature:b");
}

void TestFilter::accepts()
{
    QFETCH(QByteArray, expression);
    QFETCH(QByteArray, canonical);
    const auto filter = Filter::parse(expression.toStdString());
    QVERIFY2(filter.has_value(), filter ? "" : filter.error().message.c_str());
    QCOMPARE(QByteArray::fromStdString(filter->text()), canonical);
    const auto again = Filter::parse(filter->text());
    QVERIFY(again.has_value());
    QVERIFY(*again == *filter);
    QCOMPARE(filter->isEmpty(), canonical.isEmpty());
}

void TestFilter::rejects_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QByteArray>("says"); // part of the message
    const auto row = [](const char *expression, const char *says) {
        QTest::newRow(expression) << QByteArray(expression) << QByteArray(says);
    };
    row("Search", "field:value");
    row("featur:Search", "environment");
    row("featur:Search", "no field 'featur'");
    row(":x", "no field ''");
    row("attr.:x", "no field");
    row("feature:", "missing");
    row("feature: x", "missing");
    row("-", "field:value");
    row("OR", "missing");
    row("feature:a OR", "missing");
    row("OR feature:a", "missing");
    row("feature:a OR OR feature:b", "missing");
    row("(feature:a", "')'");
    row("feature:a)b) (feature:c", "')'");
    row(") feature:a", "'('");
    row("()", "missing");
    row("feature:\"open", "quote");
    row("attr.\"open:x", "quote");
    row("release:>4", "numbers and durations");
    row("feature:<=x", "numbers and durations");
    row("dwell:>soon", "duration");
    row("dwell:*", "duration");
    row("duration:5parsecs", "unit");
    row("severity:loud", "severity");
    row("severity:25", "severity");
    row("kind:thing", "usage_event");
    row("kind:>error", "usage_event");
    row("has:wings", "field");
    row("has:has", "field");
    row("attr.n:>many", "number");
    row("attr.n:>nan", "number");
}

void TestFilter::rejects()
{
    QFETCH(QByteArray, expression);
    QFETCH(QByteArray, says);
    const auto filter = Filter::parse(expression.toStdString());
    QVERIFY(!filter.has_value());
    QCOMPARE(filter.error().code, Error::Code::InvalidArgument);
    QVERIFY2(filter.error().message.find(says.toStdString()) != std::string::npos,
             filter.error().message.c_str());
}

void TestFilter::exactTermsSurviveEverything_data()
{
    QTest::addColumn<QByteArray>("text");
    int row = 0;
    for (const char *text : {"plain",    "with blank", "",
                             "*",        "a*b",        "\\",
                             "\\*",      "\"",         "'",
                             "(x)",      ")",          ">5",
                             "<script>", "a:b",        "-x",
                             "OR",       "tab\there",  "line\nbreak",
                             "=1+1",     "名前",       "\xf0\x9f\x8f\x83",
                             "\xff\xfe", "a\\\"b",     "\\\\server\\share*",
                             "x\x1fy"})
        QTest::addRow("%d", row++) << QByteArray(text);
}

void TestFilter::exactTermsSurviveEverything()
{
    QFETCH(QByteArray, text);
    const Filter filter(FilterTerm::exactly("feature", text.toStdString()));
    const auto again = Filter::parse(filter.text());
    QVERIFY2(again.has_value(), filter.text().c_str());
    QVERIFY(*again == filter);
    const std::string &pattern = again->alternatives()[0][0].value;
    QVERIFY(matchesWildcard(pattern, text.toStdString()));
    QVERIFY(!matchesWildcard(pattern, text.toStdString() + "x"));
    QVERIFY(!matchesWildcard(pattern, "x" + text.toStdString()));
}

void TestFilter::wildcards_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *pattern, const char *text, bool matches) {
        QTest::addRow("%s ~ %s", pattern, text) << QByteArray(pattern) << QByteArray(text) << matches;
    };
    row("", "", true);
    row("", "a", false);
    row("*", "", true);
    row("*", "anything", true);
    row("a*", "a", true);
    row("a*", "ba", false);
    row("*a", "ba", true);
    row("*a", "ab", false);
    row("a*b*c", "a-b-b-c", true);
    row("a*b*c", "acb", false);
    row("**", "x", true);
    row("*aab", "aaaab", true);
    row("a\\*b", "a*b", true);
    row("a\\*b", "axb", false);
    row("*\\*", "x*", true);
    row("*\\*", "x", false);
    row("\\\\", "\\", true);
    row("\\x", "\\x", true);
    row("A", "a", false);
    row("ü*", "übung", true);
}

void TestFilter::wildcards()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, text);
    QFETCH(bool, matches);
    QCOMPARE(matchesWildcard(pattern.toStdString(), text.toStdString()), matches);
}

void TestFilter::joinsBoth()
{
    const auto parsed = [](const char *text) { return *Filter::parse(text); };
    QCOMPARE(parsed("feature:a OR feature:b").and_(parsed("user:u")).text(),
             std::string("feature:a user:u OR feature:b user:u"));
    QVERIFY(parsed("feature:a").and_(Filter()) == parsed("feature:a"));
    QVERIFY(Filter().and_(parsed("feature:a")) == parsed("feature:a"));
    QVERIFY(parsed("feature:a user:u").or_(parsed("feature:b")) == parsed("feature:a user:u OR feature:b"));
    QVERIFY(parsed("feature:a").or_(Filter()).isEmpty());
    QVERIFY(Filter().or_(parsed("feature:a")).isEmpty());
}

void TestFilter::boundsItsSize()
{
    std::string pairs;
    for (int i = 0; i < 30; ++i)
        pairs += "(feature:a OR feature:b) ";
    QVERIFY(!Filter::parse(pairs).has_value()); // 2^30 alternatives
    QVERIFY(!Filter::parse(std::string(100'000, '(')).has_value());
    const std::string stars(20'000, '*');
    std::string text(20'000, 'b');
    text.push_back('a');
    QVERIFY(matchesWildcard(stars + 'a', text));
}

void TestFilter::severities()
{
    QCOMPARE(int(parseSeverity("warn")->low), 13);
    QCOMPARE(int(parseSeverity("Warning")->high), 16);
    QCOMPARE(int(parseSeverity("9")->high), 9);
    QCOMPARE(severityName(24), std::string_view("FATAL"));
    QCOMPARE(severityName(0), std::string_view());
    for (const RecordKind kind :
         {RecordKind::UsageEvent, RecordKind::ScreenView, RecordKind::Error, RecordKind::Log,
          RecordKind::Span, RecordKind::MetricPoint, RecordKind::SessionBound})
        QVERIFY(recordKindNamed(recordKindName(kind)) == kind);
}

QTEST_GUILESS_MAIN(TestFilter)
#include "tst_filter.moc"
