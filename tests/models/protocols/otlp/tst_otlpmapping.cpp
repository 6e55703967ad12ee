// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/otlprecordbuilder.h"

#include <QTest>

#include <limits>

using namespace telltale;
using namespace telltale::otlp;

namespace {

constexpr Instant kArrival = Instant::fromSeconds(1'800'000'000);

/// One record with these attributes, mapped.
struct Mapped
{
    RecordBatch batch;
    DecodeReport report;

    explicit Mapped(RawLog log, const Value::Map &attributes = {}, const Value::Map &resource = {})
    {
        RecordBuilder builder(batch, {kArrival}, report);
        fill(builder, builder.resourceAttributes(), resource);
        builder.endResource({}, 0);
        builder.endScope({}, {}, {}, 0);
        builder.beginRecord();
        fill(builder, builder.recordAttributes(), attributes);
        builder.addLog(log);
    }
    static void fill(RecordBuilder &builder, AttributeSet &set, const Value::Map &attributes)
    {
        for (const auto &[key, value] : attributes)
            builder.add(set, builder.key(set, key), builder.batch().makeAttribute(key, value));
    }
    Record record() const { return batch.at(0); }
    std::string text(StringId id) const { return id == kNoString ? "(none)" : std::string(batch.text(id)); }
    const ErrorDetail &error() const { return batch.errors.at(record().detail); }
};

RawLog sent(std::string_view name, int severity = 9)
{
    RawLog log;
    log.time = 1'700'000'000'000'000'000U;
    log.eventName = name;
    log.severity = severity;
    return log;
}

} // namespace

class TestOtlpMapping final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kindFollowsTheEventName_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("severity");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *name, int severity, RecordKind kind) {
            QTest::addRow("%s/%d", name, severity)
                << QString::fromUtf8(name) << severity << static_cast<int>(kind);
        };
        row("", 9, RecordKind::Log);
        row("", 16, RecordKind::Log);
        row("", 17, RecordKind::Error);
        row("session.start", 9, RecordKind::SessionBound);
        row("session.end", 9, RecordKind::SessionBound);
        row("session.end", 17, RecordKind::Error);
        row("app.screen.view", 9, RecordKind::ScreenView);
        row("screen_view", 0, RecordKind::ScreenView);
        row("browser.page_view", 9, RecordKind::ScreenView);
        row("page_view", 9, RecordKind::ScreenView);
        row("app.widget.click", 9, RecordKind::UsageEvent);
        row("app.screen.click", 9, RecordKind::UsageEvent);
        row("device.app.lifecycle", 9, RecordKind::Log);
        row("app.jank", 13, RecordKind::Log);
        row("browser.web_vital", 9, RecordKind::Log);
        row("stride.feature.used", 9, RecordKind::UsageEvent);
        row("stride.feature.used", 17, RecordKind::Error);
        row("exception", 0, RecordKind::Error);
        row("app.crash", 9, RecordKind::Error);
        row("device.crash", 9, RecordKind::Error);
    }
    void kindFollowsTheEventName()
    {
        QFETCH(QString, name);
        QFETCH(int, severity);
        QFETCH(int, kind);
        const std::string eventName = name.toStdString();
        const Mapped byField(sent(eventName, severity));
        QCOMPARE(static_cast<int>(byField.record().kind), kind);
        const Mapped byAttribute(sent({}, severity), {{"event.name", Value(eventName)}});
        QCOMPARE(static_cast<int>(byAttribute.record().kind), kind);
        QCOMPARE(byAttribute.text(byAttribute.record().name), byField.text(byField.record().name));
    }

    void exceptionAttributesMakeAnError()
    {
        for (const char *key : {"exception.type", "exception.message"}) {
            const Mapped mapped(sent("app.screen.view"), {{key, "x"}, {"app.screen.name", "Home"}});
            QCOMPARE(mapped.record().kind, RecordKind::Error);
            QCOMPARE(mapped.text(mapped.record().screen), "Home");
        }
        const Mapped onlyStack(sent("app.screen.view"), {{"exception.stacktrace", "x"}});
        QCOMPARE(onlyStack.record().kind, RecordKind::ScreenView);
    }

    void errorTextsFallBackInOrder()
    {
        RawLog log = sent("exception");
        const Mapped full(
            log, {{"exception.type", "T"}, {"exception.message", "M"}, {"exception.stacktrace", "S"}});
        QCOMPARE(full.text(full.error().type), "T");
        QCOMPARE(full.text(full.error().message), "M");
        QCOMPARE(full.text(full.error().stack), "S");
        const Mapped named(sent("payment.failed", 17));
        QCOMPARE(named.text(named.error().type), "payment.failed");
        QCOMPARE(named.text(named.error().message), "(none)");
        const Mapped nameless(sent({}, 17));
        QCOMPARE(nameless.text(nameless.error().type), "Error");

        log = sent({}, 17);
        RecordBatch batch;
        DecodeReport report;
        RecordBuilder builder(batch, {kArrival}, report);
        builder.endResource({}, 0);
        builder.endScope({}, {}, {}, 0);
        builder.beginRecord();
        log.body = batch.makeAttribute("x", Value("the body"));
        builder.addLog(log);
        QVERIFY(batch.text(batch.errors[0].message) == "the body");
    }

    void unhandledErrors_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("severity");
        QTest::addColumn<bool>("isUnhandled");
        QTest::newRow("crash") << "app.crash" << 9 << true;
        QTest::newRow("device crash") << "device.crash" << 0 << true;
        QTest::newRow("fatal") << "" << 21 << true;
        QTest::newRow("fatal 4") << "exception" << 24 << true;
        QTest::newRow("error 4") << "" << 20 << false;
        QTest::newRow("exception") << "exception" << 17 << false;
    }
    void unhandledErrors()
    {
        QFETCH(QString, name);
        QFETCH(int, severity);
        QFETCH(bool, isUnhandled);
        const std::string eventName = name.toStdString();
        const Mapped mapped(sent(eventName, severity));
        QCOMPARE(mapped.error().isUnhandled, isUnhandled);
    }

    void userComesFromTheRecordThenTheResource()
    {
        const Value::Map resource{{"service.instance.id", "instance"},
                                  {"app.installation.id", "installation"}};
        const Mapped fromResource(sent("e"), {}, resource);
        QCOMPARE(fromResource.text(fromResource.record().user), "installation");
        const Mapped weaker(sent("e"), {{"device.id", "device"}}, resource);
        QCOMPARE(weaker.text(weaker.record().user), "device");
        const Mapped order(sent("e"), {{"enduser.pseudo.id", "p"}, {"enduser.id", "e"}, {"user.id", ""}},
                           resource);
        QCOMPARE(order.text(order.record().user), "e");
        const Mapped number(sent("e"), {{"user.id", std::int64_t{17}}});
        QCOMPARE(number.text(number.record().user), "17");
        const Mapped nobody(sent("e"));
        QCOMPARE(nobody.record().user, kNoString);
    }

    void featureAndScreen()
    {
        const Mapped click(
            sent("app.widget.click"),
            {{"app.widget.id", "id"}, {"app.widget.name", "Start"}, {"app.screen.id", "home"}});
        QCOMPARE(click.text(click.record().feature), "Start");
        QCOMPARE(click.text(click.record().screen), "home");
        const Mapped idOnly(sent("app.screen.click"), {{"app.widget.id", "id"}, {"app.widget.name", ""}});
        QCOMPARE(idOnly.text(idOnly.record().feature), "id");
        const Mapped bare(sent("app.screen.click"));
        QCOMPARE(bare.text(bare.record().feature), "app.screen.click");
        const Mapped feature(sent("used"), {{"feature.name", "export"}, {"url.path", "/a"}});
        QCOMPARE(feature.text(feature.record().feature), "export");
        QCOMPARE(feature.record().screen, kNoString);
        const Mapped named(sent("used"));
        QCOMPARE(named.text(named.record().feature), "used");
        const Mapped page(sent("page_view"), {{"url.path", "/a"}});
        QCOMPARE(page.text(page.record().screen), "/a");
        QCOMPARE(page.record().feature, kNoString);
        const Mapped both(sent("page_view"),
                          {{"url.path", "/a"}, {"screen.name", "b"}, {"app.screen.id", "c"}});
        QCOMPARE(both.text(both.record().screen), "c");
    }

    void dwellIsInMilliseconds_data()
    {
        QTest::addColumn<double>("dwell");
        QTest::addColumn<bool>("isInteger");
        QTest::addColumn<qint64>("expected");
        QTest::newRow("integer") << 25318.0 << true << qint64{25'318'000'000};
        QTest::newRow("zero") << 0.0 << true << qint64{0};
        QTest::newRow("double") << 1.5 << false << qint64{1'500'000};
        QTest::newRow("negative") << -1.0 << true << qint64{kNoDuration};
        QTest::newRow("negative double") << -0.5 << false << qint64{kNoDuration};
        QTest::newRow("nan") << std::numeric_limits<double>::quiet_NaN() << false << qint64{kNoDuration};
        QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << false << qint64{kNoDuration};
        QTest::newRow("longer than time") << 9.3e18 << false << qint64{kNoDuration};
    }
    void dwellIsInMilliseconds()
    {
        QFETCH(double, dwell);
        QFETCH(bool, isInteger);
        QFETCH(qint64, expected);
        const Value value = isInteger ? Value(static_cast<std::int64_t>(dwell)) : Value(dwell);
        const Mapped view(sent("app.screen.view"), {{"app.screen.dwell_time_ms", value}});
        QCOMPARE(view.record().duration, expected);
        const Mapped other(sent("used"), {{"app.screen.dwell_time_ms", value}});
        QCOMPARE(other.record().duration, qint64{kNoDuration});
    }

    void originColumns()
    {
        const Mapped mapped(sent("e"), {},
                            {{"service.name", "stride"},
                             {"deployment.environment", "old"},
                             {"deployment.environment.name", "production"},
                             {"service.version", "4.1.0"},
                             {"os.type", "linux"},
                             {"device.model", "c"},
                             {"device.model.identifier", "b"},
                             {"country", "DE"}});
        const Origin &origin = mapped.batch.origins.at(0);
        QCOMPARE(mapped.text(origin.product), "stride");
        QCOMPARE(mapped.text(origin.environment), "production");
        QCOMPARE(mapped.text(origin.release), "4.1.0");
        QCOMPARE(mapped.text(origin.os), "linux");
        QCOMPARE(mapped.text(origin.device), "b");
        QCOMPARE(mapped.text(origin.country), "DE");
        QCOMPARE(origin.attributes.size(), 8U);
    }

    void sessionBoundsKnowThePreviousSession()
    {
        const Mapped mapped(sent("session.start"), {{"session.id", "b"}, {"session.previous_id", "a"}});
        QCOMPARE(mapped.text(mapped.record().session), "b");
        QCOMPARE(mapped.text(mapped.record().previousSession), "a");
        QCOMPARE(mapped.text(mapped.record().name), "session.start");
    }

    void timesFallBackAndAreCounted()
    {
        RawLog log = sent("e");
        log.time = 0;
        log.observedTime = 5;
        const Mapped observed(log);
        QCOMPARE(observed.record().time.ns, 5);
        QCOMPARE(observed.report.counters.value("time.observed_used"), 1U);
        log.observedTime = 0;
        const Mapped arrival(log);
        QCOMPARE(arrival.record().time, kArrival);
        QCOMPARE(arrival.report.counters.value("time.arrival_used"), 1U);
        log.time = std::numeric_limits<std::uint64_t>::max();
        const Mapped clamped(log);
        QCOMPARE(clamped.record().time, Instant::max());
        QCOMPARE(clamped.report.counters.value("time.clamped"), 1U);
        QCOMPARE(clamped.report.counters.value("time.future"), 1U);
        log.time = static_cast<std::uint64_t>(kArrival.ns) + 86'400'000'000'000U;
        QCOMPARE(Mapped(log).report.counters.value("time.future"), 0U);
        log.time += 1;
        QCOMPARE(Mapped(log).report.counters.value("time.future"), 1U);
    }

    void reservedKeysAreNotBelieved()
    {
        const Mapped mapped(sent("e"), {{std::string(fieldkey::kBody), "fake"}});
        for (const Attribute &attribute : mapped.batch.attributesOf(0))
            QVERIFY(!fieldkey::isField(mapped.batch.text(attribute.key)));
        QCOMPARE(mapped.report.counters.value("otlp.attribute.reserved_key"), 1U);
    }
};

QTEST_APPLESS_MAIN(TestOtlpMapping)
#include "tst_otlpmapping.moc"
