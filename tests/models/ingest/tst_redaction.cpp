// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/redaction.h"

#include <QTest>

#include <chrono>

using namespace telltale;

namespace {

const SecretPatterns &patterns()
{
    static const SecretPatterns shared;
    return shared;
}

/// A batch with one record of every kind of text.
struct Sample
{
    RecordBatch batch;

    Sample()
    {
        Origin origin;
        origin.product = id("stride");
        batch.origins.push_back(origin);
    }
    StringId id(std::string_view text) { return batch.strings.intern(text); }
    Record &with(Record &record, const Value::Map &attributes)
    {
        record.attributes.begin = static_cast<std::uint32_t>(batch.attributes.size());
        for (const auto &[key, value] : attributes)
            batch.attributes.push_back(batch.makeAttribute(key, value));
        record.attributes.end = static_cast<std::uint32_t>(batch.attributes.size());
        return record;
    }
    void add(const Value::Map &attributes)
    {
        Record record;
        batch.append(with(record, attributes));
    }
    CounterSet redact()
    {
        Redactor redactor(patterns());
        CounterSet counters;
        redactor.redact(batch, counters);
        return counters;
    }
    Value value(std::size_t row, std::size_t at) const { return batch.valueOf(batch.attributesOf(row)[at]); }
    std::string text(std::size_t row, std::size_t at) const { return toDisplayText(value(row, at)); }
};

} // namespace

class TestRedaction final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void texts_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("masked"); // null: must not be touched
        const auto mask = [](const char *name, const char *text, const char *masked) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(masked);
        };
        const auto keep = [](const char *text) { QTest::newRow(text) << QByteArray(text) << QByteArray(); };
        mask("mail alone", "alice@example.com", "[email]");
        mask("mail in a sentence", "Could not invite bob.o'x+tag@mail.example.co.uk, sorry.",
             "Could not invite bob.o'[email], sorry.");
        mask("mail at the end", "from:a@b.io.", "from:[email].");
        mask("two mails", "a1@b.de;c2@d.org", "[email];[email]");
        mask("mail beyond ASCII", "jürgen@münchen.example", "[email]");
        mask("mail as display", "Ann <ann@example.net>", "Ann <[email]>");
        mask("mail in a URL", "https://x.example/?user=ann%2b1@example.net&a=1",
             "https://x.example/?user=[email]&a=1");
        mask("card", "paid with 4111111111111111", "paid with [card]");
        mask("card in groups", "4111 1111 1111 1111 ok", "[card] ok");
        mask("card with dashes", "(5500-0055-5555-5559)", "([card])");
        mask("card, 15 digits", "378282246310005", "[card]");
        mask("jwt", "t=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
             "t=[token]");
        mask("bearer", "Authorization: Bearer abc123def456ghi", "Authorization: Bearer [token]");
        mask("bearer, lower case", "curl -H 'authorization: bearer 0123456789abcdef'",
             "curl -H 'authorization: bearer [token]'");
        mask("bearer, long letters", "Bearer abcdefghijklmnopqrstuvwxyz", "Bearer [token]");
        mask("basic", "authorization: Basic dXNlcjpwYXNz", "authorization: Basic [token]");
        mask("aws", "key AKIAIOSFODNN7EXAMPLE in use", "key [key] in use");
        mask("google", "AIzaSyA1234567890abcdefghijklmnopqrstuv", "[key]");
        mask("github", "ghp_0123456789abcdefghijABCDEFGHIJ456789", "[key]");
        mask("stripe", "using sk_live_4eC39HqLyjWDarjtT1zdp7dc", "using [key]");
        mask("slack", "xoxb-123456789012-abcdefABCDEF", "[key]");
        mask("pem", "x -----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabc\n-----END RSA PRIVATE KEY----- y",
             "x [private key] y");
        mask("pem, cut", "-----BEGIN PRIVATE KEY-----\nMIIEow", "[private key]");
        mask("password in a URL", "postgres://app:hunter2@db.example/x",
             "postgres://app:[password]@db.example/x");
        mask("password in a URL, local", "redis://:hunter2@localhost:6379",
             "redis://:[password]@localhost:6379");
        mask("token in a query", "https://a.example/x?token=abcd1234&page=2",
             "https://a.example/x?token=[redacted]&page=2");
        mask("password in a query", "GET /login?user=x&password=hunter2",
             "GET /login?user=x&password=[redacted]");
        mask("upper case", "API_KEY=0123 run", "API_KEY=[redacted] run");
        keep("Start workout");
        keep("user-1000");
        keep("0192f0c1-7b3e-7000-8000-1234567890ab");
        keep("12345678-1234-1234-1234-123456789012");
        keep("1763625600123000000");
        keep("1763625600123");
        keep("2026-11-22T19:23:41.123456789Z");
        keep("4111111111111112");
        keep("0.4111111111111111");
        keep("id4111111111111111");
        keep("3.14159265358979323846");
        keep("call +49 30 1234567890");
        keep("icon@2x.png");
        keep("render@app.bundle.js:10:5");
        keep("render@http://localhost:3000/app.js:10:5");
        keep("at Object.<anonymous> (/app/node_modules/@opentelemetry/api/build/src/index.js:10:3)");
        keep("react-dom@18.2.0");
        keep("pkg@1.0.0-rc.next");
        keep("com.example.Sync@1a2b3c");
        keep("meet @ noon");
        keep("a@b");
        keep("bearer certificate missing");
        keep("the bearer of bad news");
        keep("Basic information");
        keep("tokens=12");
        keep("token = abc");
        keep("page=2&sort=key");
        keep("eyJust a word.");
        keep("eyJhbGciOiJIUzI1NiJ9");
        keep("AKIA is short");
        keep("deadbeefdeadbeefdeadbeefdeadbeef");
        keep("ghost_writer_of_a_very_long_feature_name_here");
        keep("-----BEGIN CERTIFICATE-----");
        keep("");
        keep("🏃 läuft");
    }

    void texts()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, masked);
        std::string out;
        const std::string in = text.toStdString();
        const bool isMasked = patterns().mask(in, SecretPatterns::suspicions(in), out);
        if (masked.isNull() || masked.isEmpty()) {
            QVERIFY2(!isMasked, out.c_str());
        } else {
            QVERIFY(isMasked);
            QCOMPARE(QByteArray::fromStdString(out), masked);
            // What was masked stays as it is.
            std::string again;
            QVERIFY(!patterns().mask(out, ~0U, again));
        }
    }

    void suspicionNeverOverlooks()
    {
        // The cheap look must not hide anything from the rules: with all rules on, nothing more is found.
        for (const char *text :
             {"plain words", "0192f0c1-7b3e-7000-8000-1234567890ab", "http.request_duration", "A-x_b=c"}) {
            std::string out;
            QVERIFY(!patterns().mask(text, ~0U, out));
        }
    }

    void anyBytesAreExamined()
    {
        std::string text = "\xff\xfe";
        text += '\0';
        text += " a@example.com \xc3";
        std::string out;
        QVERIFY(patterns().mask(text, SecretPatterns::suspicions(text), out));
        QVERIFY(out.find("example") == std::string::npos);
        QCOMPARE(out.size(), text.size() - 13 + 7);
    }

    void everyPlaceOfARecord()
    {
        const std::string_view mail = "eve@example.com";
        Sample s;
        const std::string more = "about " + std::string(mail);
        Record record;
        record.kind = RecordKind::Error;
        record.name = s.id("name " + std::string(mail));
        record.feature = s.id("feature " + std::string(mail));
        record.screen = s.id("screen " + std::string(mail));
        ErrorDetail detail;
        detail.type = s.id("Type" + std::string(mail));
        detail.message = s.id(more);
        detail.stack = s.id("at x\n" + std::string(mail));
        record.detail = 0;
        s.batch.errors.push_back(detail);
        s.with(record, {{"plain", more},
                        {"bytes", Bytes{more}},
                        {std::string(fieldkey::kBody), more},
                        {"key of " + std::string(mail), 1},
                        {"nested", Value::Map{{"a", Value::Array{1, more, Bytes{more}}}, {more, true}}}});
        s.batch.append(record);
        const CounterSet counters = s.redact();
        for (StringId id = 1; id <= s.batch.strings.size(); ++id) {
            const bool isReferenced = id != s.batch.attributesOf(0)[4].text();
            if (s.batch.text(id).find("example.com") != std::string_view::npos && isReferenced) {
                // Only the old bytes of the nested value may be left, and nothing refers to them.
                for (const Attribute &attribute : s.batch.attributes)
                    QVERIFY(!attribute.refersToTable() || attribute.text() != id);
            }
        }
        QCOMPARE(s.batch.text(s.batch.names[0]), std::string_view("name [email]"));
        QCOMPARE(s.batch.text(s.batch.errors[0].stack), std::string_view("at x\n[email]"));
        const Value nested = Value::Map{{"a", Value::Array{1, "about [email]", Bytes{"about [email]"}}},
                                        {"about [email]", true}};
        QCOMPARE(toJson(s.value(0, 4)), toJson(nested));
        QVERIFY(counters.value("redaction.pattern") >= 8);
    }

    void secretKeysMaskTheValueAndNothingElse()
    {
        Sample s;
        s.add({{"password", "home"},
               {"screen", "home"},
               {"api_key", 12345},
               {"token", 7},
               {"app.token_count", 7},
               {"session.id", "abc"},
               {"secret", true},
               {"http.request.header.cookie", Value::Array{"a=1", "b=2"}},
               {"token", Bytes{"xyz"}},
               {"nested", Value::Map{{"user", "ann"},
                                     {"password", "x"},
                                     {"token_count", 3},
                                     {"list", Value::Array{Value::Map{{"secret", 5}}}}}}});
        const CounterSet counters = s.redact();
        QCOMPARE(s.text(0, 0), std::string("[redacted]"));
        QCOMPARE(s.text(0, 1), std::string("home"));
        QCOMPARE(s.text(0, 2), std::string("[redacted]"));
        QCOMPARE(s.value(0, 3), Value(7));
        QCOMPARE(s.value(0, 4), Value(7));
        QCOMPARE(s.text(0, 5), std::string("abc"));
        QCOMPARE(s.value(0, 6), Value(true));
        QCOMPARE(s.text(0, 7), std::string("[redacted]"));
        QCOMPARE(s.text(0, 8), std::string("[redacted]"));
        QCOMPARE(
            s.text(0, 9),
            std::string(
                R"({"user":"ann","password":"[redacted]","token_count":3,"list":[{"secret":"[redacted]"}]})"));
        QCOMPARE(counters.value("redaction.key"), std::uint64_t(6));
        QCOMPARE(counters.value("redaction.pattern"), std::uint64_t(0));
    }

    void usersBecomePseudonyms()
    {
        Sample s;
        Record record;
        for (const char *user : {"ann@example.com", "bob@example.com", "user-1000", "ann@example.com"}) {
            record.user = s.id(user);
            record.session = s.id("s-" + std::string(user));
            s.with(record, {{"user.id", user}});
            s.batch.append(record);
        }
        const CounterSet counters = s.redact();
        const auto user = [&](std::size_t row) { return s.batch.text(s.batch.users[row]); };
        QVERIFY(user(0).starts_with("user-"));
        QCOMPARE(user(0).size(), std::size_t(21));
        QVERIFY(user(0) != user(1));
        QCOMPARE(user(0), user(3));
        QCOMPARE(user(2), std::string_view("user-1000"));
        QCOMPARE(s.text(0, 0), std::string(user(0)));
        QVERIFY(s.batch.text(s.batch.sessions[0]).starts_with("session-"));
        QCOMPARE(s.batch.text(s.batch.sessions[2]), std::string_view("s-user-1000"));
        QCOMPARE(counters.value("redaction.user"), std::uint64_t(4));
        // The same tomorrow, and another one with another seed.
        Sample again;
        Record other;
        other.user = again.id("ann@example.com");
        again.batch.append(other);
        again.redact();
        QCOMPARE(again.batch.text(again.batch.users[0]), user(0));
        Sample seeded;
        other.user = seeded.id("ann@example.com");
        seeded.batch.append(other);
        Redactor redactor(patterns(), 99);
        CounterSet ignored;
        redactor.redact(seeded.batch, ignored);
        QVERIFY(seeded.batch.text(seeded.batch.users[0]) != user(0));
    }

    void unreadableValuesAreDropped()
    {
        Sample s;
        const StringId key = s.id("nested");
        const StringId broken =
            s.id("\x2a\x7fzz@a.example"); // an array that claims more bytes than there are
        s.batch.attributes.push_back(Attribute::ofStructured(key, broken));
        Record record;
        record.attributes = {0, 1};
        s.batch.append(record);
        const CounterSet counters = s.redact();
        QVERIFY(s.value(0, 0).isNull());
        QCOMPARE(counters.value("redaction.dropped"), std::uint64_t(1));
    }

    void sharedNestedValuesAreDoneOnce()
    {
        Sample s;
        const Value nested = Value::Map{{"password", "x"}};
        for (int i = 0; i < 3; ++i)
            s.add({{"a", nested}, {"b", nested}});
        const CounterSet counters = s.redact();
        for (std::size_t row = 0; row < 3; ++row) {
            QCOMPARE(s.text(row, 0), std::string(R"({"password":"[redacted]"})"));
            QCOMPARE(s.text(row, 1), s.text(row, 0));
            QCOMPARE(s.batch.text(s.batch.attributesOf(row)[1].key), std::string_view("b"));
        }
        QCOMPARE(counters.value("redaction.key"), std::uint64_t(1));
    }

    void aRedactorIsUsedAgain()
    {
        Redactor redactor(patterns());
        for (int i = 0; i < 3; ++i) {
            Sample s;
            s.add(
                {{"n" + std::to_string(i), "x@example.com"}, {"password", std::string(std::size_t(i), 'p')}});
            CounterSet counters;
            redactor.redact(s.batch, counters);
            QCOMPARE(s.text(0, 0), std::string("[email]"));
            QCOMPARE(s.text(0, 1), std::string("[redacted]"));
        }
    }
};

QTEST_APPLESS_MAIN(TestRedaction)
#include "tst_redaction.moc"
