// SPDX-License-Identifier: GPL-3.0-or-later
// `telltale query` as a shell meets it.
#include "endtoend/program.h"
#include "plaindelivery.h"

#include "models/telemetry/timeformat.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale;
using test::Outcome;

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

/// A small day of two people that a person can count through.
std::vector<PlainRecord> smallDay()
{
    std::vector<PlainRecord> records;
    const std::int64_t morning =
        parseRfc3339("2026-10-25T00:10:00Z")->ns; // 02:10 in Berlin, for the first time
    const auto add = [&](RecordKind kind, std::int64_t seconds, const char *user,
                         const char *session) -> PlainRecord & {
        PlainRecord record;
        record.kind = kind;
        record.time = morning + seconds * kSecond;
        record.arrival = morning + 7200 * kSecond;
        record.user = user;
        record.session = session;
        record.release = "4.1.0";
        record.os = "android";
        records.push_back(record);
        return records.back();
    };
    auto &view = add(RecordKind::ScreenView, 0, "ann", "s1");
    view.name = "screen_view";
    view.screen = "Home";
    auto &click = add(RecordKind::UsageEvent, 30, "ann", "s1");
    click.name = "app.widget.click";
    click.feature = "=cmd|calc!A1";
    click.attributes = {
        {"n", Value(1)}, {"ratio", Value(1.0)}, {"list", Value(Value::Array{Value(1), Value("two")})}};
    auto &error = add(RecordKind::Error, 45, "ann", "s1");
    error.name = "exception";
    error.type = "TypeError";
    error.message = "x is \"1\",\nindeed";
    error.stack = "at a (b.js:1:2)";
    error.group = 0xabcdef0123456789ULL;
    error.severity = 21;
    error.isUnhandled = true;
    add(RecordKind::UsageEvent, 3600, "bob", "s2").feature = "say \"hi\", 世界";
    auto &log = add(RecordKind::Log, 3601, "bob", "s2");
    log.severity = 9;
    log.attributes = {{std::string(fieldkey::kBody), Value("a line")}, {"k", Value(true)}};
    auto &span = add(RecordKind::Span, 3602, "eve", "s3");
    span.name = "sync";
    span.duration = 1500 * 1'000'000;
    return records;
}

} // namespace

class TestQueryCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void json();
    void rows_data();
    void rows();
    void everyQuestionIsOneObject_data();
    void everyQuestionIsOneObject();
    void longestDay();
    void oneSession();
    void errorsAndTheirGroup();
    void csv();
    void table();
    void limit();
    void explain();
    void exitCodes_data();
    void exitCodes();

private:
    Outcome query(const QStringList &arguments) const
    {
        return test::runTelltale(QStringList{QStringLiteral("query")} + arguments +
                                 QStringList{QStringLiteral("--cache"), m_cache, QStringLiteral("--now"),
                                             QStringLiteral("2026-11-20T12:00:00Z")});
    }
    QJsonObject object(const QStringList &arguments) const
    {
        const Outcome outcome = query(arguments);
        if (outcome.exitCode != 0)
            qWarning() << outcome.errors;
        return QJsonDocument::fromJson(outcome.output).object();
    }
    static QStringList words(const char *line)
    {
        return QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    }

    QTemporaryDir m_folder;
    QString m_cache;
};

void TestQueryCommand::initTestCase()
{
    m_cache = m_folder.filePath(QStringLiteral("cache.db"));
    QVERIFY(writePlainCache(m_cache.toStdString(), smallDay(), 4).has_value());
}

void TestQueryCommand::json()
{
    const Outcome outcome = query(words("features --from 2026-10-25T00:00:00+02:00 --zone Europe/Berlin"));
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY2(outcome.errors.isEmpty(), outcome.errors.constData());
    QJsonParseError problem;
    const QJsonObject answer = QJsonDocument::fromJson(outcome.output, &problem).object();
    QCOMPARE(problem.error, QJsonParseError::NoError);
    QCOMPARE(answer[QStringLiteral("question")].toString(), QStringLiteral("features"));
    QCOMPARE(answer[QStringLiteral("from")].toString(), QStringLiteral("2026-10-24T22:00:00Z"));
    QVERIFY(answer[QStringLiteral("to")].isNull());
    QCOMPARE(answer[QStringLiteral("zone")].toString(), QStringLiteral("Europe/Berlin"));
    QVERIFY(answer[QStringLiteral("notes")].isArray());
    const QJsonArray rows = answer[QStringLiteral("rows")].toArray();
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[0][QStringLiteral("feature")].toString(), QStringLiteral("=cmd|calc!A1"));
    QCOMPARE(rows[1][QStringLiteral("feature")].toString(), QStringLiteral("say \"hi\", 世界"));
    QCOMPARE(rows[0][QStringLiteral("share")].toDouble(), 0.5);
    QVERIFY(outcome.output.contains("\"events\":1,")); // an integer, not 1.0
}

void TestQueryCommand::rows_data()
{
    QTest::addColumn<QStringList>("question");
    QTest::addColumn<QByteArray>("expected"); // fields of the first row
    QTest::addColumn<int>("count");
    const auto row = [](const char *question, const char *expected, int count = 1) {
        QTest::newRow(question) << words(question) << QByteArray(expected) << count;
    };
    row("totals",
        R"({"usage_events":2,"screen_views":1,"errors":1,"spans":1,"logs":1,"metric_points":0,"sessions":2,"users":2})");
    row("totals --filter user:ann", R"({"usage_events":1,"sessions":1,"users":1,"logs":0})");
    row("totals --to 2026-10-25T00:10:00Z", R"({"usage_events":0,"screen_views":0,"sessions":0})");
    row("totals --filter -has:error", R"({"usage_events":1,"screen_views":0,"errors":0,"logs":1,"users":1})");
    row("screens",
        R"({"screen":"Home","views":1,"users":1,"dwell_ms_total":45000,"dwell_ms_p50":45000,"dwell_ms_p90":45000})");
    row("screens --filter dwell:>45s", "{}", 0);
    row("sessions",
        R"({"session":"s2","user":"bob","product":"stride","release":"4.1.0","start":"2026-10-25T01:10:00Z",
        "end":"2026-10-25T01:10:01Z","duration_ms":1000,"events":1,"screens":0,"errors":0})",
        2);
    row("sessions --filter has:error", R"({"session":"s1","duration_ms":45000,"errors":1})");
    row("errors",
        R"({"group":"abcdef0123456789","type":"TypeError","events":1,"users":1,"sessions":1,"unhandled":1,
        "first_seen":"2026-10-25T00:10:45Z","last_seen":"2026-10-25T00:10:45Z","releases":["4.1.0"],"state":"ongoing"})");
    row("logs",
        R"({"time":"2026-10-25T01:10:01Z","severity":9,"body":"a line","session":"s2","attributes":{"k":true}})");
    row("active-users --zone Europe/Berlin", R"({"day":"2026-10-25","dau":2,"wau":2,"mau":2})");
    row("releases",
        R"({"product":"stride","release":"4.1.0","users":2,"sessions":2,"crash_free_sessions":0.5})");
    row("sources", R"({"protocol":"otlp/http","rejected":0,"duplicates":0,"dropped":0})");
    row("paths", R"({"step":1,"from_kind":"begin","from":null,"to_kind":"screen","to":"Home","sessions":1,"share":0.5})", 5);
    row("paths --starting-at Home --depth 2",
        R"({"step":1,"from_kind":"begin","to":"Home","sessions":1,"share":1})", 2);
    row("paths --ending-at Home --of screens", R"({"step":1,"to_kind":"screen","to":"Home","sessions":1})", 2);
    row("paths --starting-at Nowhere", "{}", 0);
    row("heatmap --columns weekday-hour --rows screen --value dwell --zone Europe/Berlin",
        R"({"row":"Home","column":"Mon 00","value":0})", 168);
    row("heatmap --columns release --value users", R"({"column":"4.1.0","value":1})", 2);
    row("heatmap --columns day --zone Europe/Berlin", R"({"column":"2026-10-25T00:00:00+02:00","value":1})",
        2);
}

void TestQueryCommand::rows()
{
    QFETCH(QStringList, question);
    QFETCH(QByteArray, expected);
    QFETCH(int, count);
    const QJsonArray rows = object(question)[QStringLiteral("rows")].toArray();
    QCOMPARE(rows.size(), count);
    const QJsonObject fields = QJsonDocument::fromJson(expected).object();
    for (auto field = fields.begin(); field != fields.end(); ++field)
        QCOMPARE(rows[0][field.key()], field.value());
}

void TestQueryCommand::everyQuestionIsOneObject_data()
{
    QTest::addColumn<QStringList>("question");
    for (const char *question :
         {"totals", "features", "screens", "activity", "activity --step 1m", "activity --step 1d", "heatmap",
          "heatmap --columns minute", "heatmap --columns week", "active-users", "sessions", "session s1",
          "errors", "error abcdef0123456789", "logs", "sources", "counters", "releases",
          "paths"})
        QTest::newRow(question) << words(question);
}

void TestQueryCommand::everyQuestionIsOneObject()
{
    QFETCH(QStringList, question);
    const QJsonObject answer = object(question);
    QCOMPARE(answer.keys(),
             (QStringList{QStringLiteral("from"), QStringLiteral("notes"), QStringLiteral("question"),
                          QStringLiteral("rows"), QStringLiteral("to"), QStringLiteral("zone")}));
    QCOMPARE(answer[QStringLiteral("question")].toString(), question[0]);
    QVERIFY(answer[QStringLiteral("rows")].isArray());
    for (const char *format : {"csv", "table"}) {
        const Outcome outcome =
            query(question + QStringList{QStringLiteral("--format"), QLatin1String(format)});
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY(!outcome.output.isEmpty()); // at least the header
    }
}

void TestQueryCommand::longestDay()
{
    const QJsonArray rows =
        object(words("activity --step 1h --zone Europe/Berlin --from 2026-10-25T00:00:00+02:00 "
                     "--to 2026-10-26T00:00:00+01:00"))[QStringLiteral("rows")]
            .toArray();
    QCOMPARE(rows.size(), 25);
    QCOMPARE(rows[2][QStringLiteral("start")].toString(), QStringLiteral("2026-10-25T00:00:00Z"));
    QCOMPARE(rows[2][QStringLiteral("users")].toInt(), 1);
    QCOMPARE(rows[3][QStringLiteral("start")].toString(),
             QStringLiteral("2026-10-25T01:00:00Z")); // 02:00 again
    QCOMPARE(rows[3][QStringLiteral("events")].toInt(), 1);
    QCOMPARE(rows[4][QStringLiteral("events")].toInt(), 0);
    QCOMPARE(rows[24][QStringLiteral("start")].toString(), QStringLiteral("2026-10-25T22:00:00Z"));
    const QJsonArray cells =
        object(words("heatmap --columns hour --zone Europe/Berlin --from 2026-10-25T02:00:00+02:00 "
                     "--to 2026-10-25T03:00:00+01:00"))[QStringLiteral("rows")]
            .toArray();
    QCOMPARE(cells.size(), 4);
    QCOMPARE(cells[0][QStringLiteral("column")].toString(), QStringLiteral("2026-10-25T02:00:00+02:00"));
    QCOMPARE(cells[1][QStringLiteral("column")].toString(), QStringLiteral("2026-10-25T02:00:00+01:00"));
}

void TestQueryCommand::oneSession()
{
    const Outcome outcome = query(words("session s1"));
    const QJsonArray rows =
        QJsonDocument::fromJson(outcome.output).object()[QStringLiteral("rows")].toArray();
    QCOMPARE(rows.size(), 3);
    QCOMPARE(rows[0][QStringLiteral("kind")].toString(), QStringLiteral("screen_view"));
    QCOMPARE(rows[0][QStringLiteral("duration_ms")].toInt(), 45000);
    QCOMPARE(rows[1][QStringLiteral("kind")].toString(), QStringLiteral("usage_event"));
    QVERIFY(rows[1][QStringLiteral("screen")].isNull());
    QVERIFY(rows[1][QStringLiteral("duration_ms")].isNull());
    QCOMPARE(rows[2][QStringLiteral("name")].toString(), QStringLiteral("TypeError"));
    // Types survive: an integer has no fraction, a double keeps one.
    QVERIFY(outcome.output.contains("\"attributes\":{\"n\":1,\"ratio\":1.0,\"list\":[1,\"two\"]}"));
}

void TestQueryCommand::errorsAndTheirGroup()
{
    const QJsonObject row =
        object(words("error abcdef0123456789"))[QStringLiteral("rows")].toArray()[0].toObject();
    QCOMPARE(row[QStringLiteral("user")].toString(), QStringLiteral("ann"));
    QCOMPARE(row[QStringLiteral("session")].toString(), QStringLiteral("s1"));
    QCOMPARE(row[QStringLiteral("message")].toString(), QStringLiteral("x is \"1\",\nindeed"));
    QCOMPARE(row[QStringLiteral("stack")].toString(), QStringLiteral("at a (b.js:1:2)"));
    QVERIFY(row[QStringLiteral("attributes")].isObject());
    QCOMPARE(query(words("error abcdef0123456789 --to 2026-10-01T00:00:00Z")).exitCode, 0);
}

void TestQueryCommand::csv()
{
    const QByteArray features = query(words("features --format csv")).output;
    QCOMPARE(features, QByteArray("feature,events,users,sessions,share\r\n"
                                  "'=cmd|calc!A1,1,1,1,0.5\r\n"
                                  "\"say \"\"hi\"\", 世界\",1,1,1,0.5\r\n"));
    const QByteArray errors = query(words("errors --format csv")).output;
    QVERIFY(errors.contains("\"x is \"\"1\"\",\nindeed\""));
}

void TestQueryCommand::table()
{
    const QList<QByteArray> lines = query(words("features --format table")).output.split('\n');
    QCOMPARE(lines.size(), 4);
    QCOMPARE(lines[0], QByteArray("feature       events  users  sessions  share"));
    QCOMPARE(lines[1], QByteArray("=cmd|calc!A1       1      1         1    0.5"));
    QVERIFY(!query(words("errors --format table")).output.contains("1\",\nindeed")); // one line a row
}

void TestQueryCommand::limit()
{
    const QJsonObject answer = object(words("sessions --limit 1"));
    QCOMPARE(answer[QStringLiteral("rows")].toArray().size(), 1);
    QCOMPARE(answer[QStringLiteral("notes")].toArray()[0].toString(),
             QStringLiteral("the first 1 of 2 rows"));
    QVERIFY(object(words("sessions --limit 2"))[QStringLiteral("notes")].toArray().isEmpty());
    QCOMPARE(object(words("sessions --limit 0"))[QStringLiteral("rows")].toArray().size(), 0);
}

void TestQueryCommand::explain()
{
    QVERIFY(!object(words("totals")).contains(QStringLiteral("explain")));
    const QJsonObject scanned = object(words("totals --explain"));
    const QJsonObject scan = scanned[QStringLiteral("explain")].toObject();
    QCOMPARE(scan[QStringLiteral("plan")].toString(), QStringLiteral("scan")); // so few are scanned at once
    QVERIFY(scan[QStringLiteral("scanned_records")].toInt() > 0);
    const QJsonObject rolled = object(words("totals --explain --plan rollups"));
    const QJsonObject rollups = rolled[QStringLiteral("explain")].toObject();
    QCOMPARE(rollups[QStringLiteral("plan")].toString(), QStringLiteral("rollups"));
    QVERIFY(rollups[QStringLiteral("rollup_buckets")].toInt() > 0);
    QCOMPARE(rollups[QStringLiteral("scanned_records")].toInt(-1), 0);
    QCOMPARE(rolled[QStringLiteral("rows")], scanned[QStringLiteral("rows")]);
    const Outcome table = query(words("totals --explain --format table"));
    QVERIFY(table.errors.contains("explain: plan scan"));
}

void TestQueryCommand::exitCodes_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *arguments, int code, const char *says) {
        QTest::newRow(arguments) << words(arguments) << code << QByteArray(says);
    };
    row("totals --from -7d", 0, "");
    row("totals --from now --to +1h", 0, "");
    row("", 2, "QUESTION");
    row("everything", 2, "no question 'everything'");
    row("funnel", 2, "--steps");
    row("paths --starting-at A --ending-at B", 2, "not both");
    row("paths --of clicks", 2, "features");
    row("paths --depth 1", 2, "steps");
    row("totals --filter colour:red", 2, "no field 'colour'");
    row("totals --filter release:>4", 2, "numbers and durations");
    row("totals --from yesterday", 2, "--from");
    row("totals --from 2026-10-26 --to 2026-10-25", 2, "before it begins");
    row("totals --zone Europe/Berlino", 2, "time zone");
    row("totals --now later", 2, "--now");
    row("totals --format xml", 2, "xml");
    row("totals --plan guess", 2, "rollups");
    row("totals --limit many", 2, "limit");
    row("totals --colour", 2, "colour");
    row("totals s1", 2, "takes nothing");
    row("session", 2, "wants the ID");
    row("session nobody", 1, "no session 'nobody'");
    row("error 0123456789abcdef", 1, "no error group");
    row("error xyz", 2, "16 hex digits");
    row("activity --step 2h", 2, "15m");
    row("heatmap --rows color", 2, "screen");
    row("heatmap --columns year", 2, "weekday-hour");
    row("heatmap --value sum", 2, "dwell");
    row("activity --step 1s --from 2020-01-01 --to 2026-01-01", 2, "buckets");
    row("totals --cache /nowhere/at/all.db", 1, "/nowhere/at/all.db");
}

void TestQueryCommand::exitCodes()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, says);
    QStringList line = QStringList{QStringLiteral("query")} + arguments;
    if (!arguments.contains(QStringLiteral("--cache")))
        line << QStringLiteral("--cache") << m_cache;
    const Outcome outcome = test::runTelltale(line);
    QCOMPARE(outcome.exitCode, code);
    QVERIFY2(outcome.errors.contains(says), outcome.errors.constData());
    QCOMPARE(outcome.output.isEmpty(), code != 0); // stdout holds the answer alone
    if (code == 0)
        QVERIFY(outcome.errors.isEmpty());
}

QTEST_GUILESS_MAIN(TestQueryCommand)
#include "tst_querycommand.moc"
