// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/statsd/statsd.h"

#include <QTest>

#include <cmath>
#include <optional>

using namespace telltale;

namespace {

struct Decoded
{
    RecordBatch batch;
    ProtocolReport report;

    explicit Decoded(std::string_view lines)
    {
        ProtocolRequest request;
        request.path = kStatsdPath;
        request.body = lines;
        request.arrival = Instant::fromSeconds(1'795'161'606);
        if (!decodeStatsd(request, batch, report))
            qFatal("StatsD is never refused as a whole");
    }
    const MetricDetail &metric(std::size_t row) const { return batch.metrics[batch.at(row).detail]; }
    QByteArray name(std::size_t row) const { return text(batch.names[row]); }
    QByteArray text(StringId id) const { return QByteArray::fromStdString(std::string(batch.text(id))); }
    /// "k=v k=v", numbers and true as JSON.
    QByteArray attributes(std::size_t row) const
    {
        QByteArrayList all;
        const IndexRange range = batch.at(row).attributes;
        for (std::uint32_t i = range.begin; i < range.end; ++i) {
            const Attribute &attribute = batch.attributes[i];
            if (text(attribute.key).startsWith('\x1f'))
                continue;
            all += text(attribute.key) + '=' +
                   (attribute.isText() ? text(attribute.text()) : QByteArray::number(qlonglong(attribute.integer())));
        }
        return all.join(' ');
    }
    QByteArray body(std::size_t row) const
    {
        const IndexRange range = batch.at(row).attributes;
        for (std::uint32_t i = range.begin; i < range.end; ++i) {
            if (batch.text(batch.attributes[i].key) == fieldkey::kBody)
                return text(batch.attributes[i].text());
        }
        return {};
    }
};

} // namespace

class TestStatsd final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void counters()
    {
        const Decoded got("stride.app.opens:1|c\nstride.queue:-3|c\nsampled:1|c|@0.1\r\n\npacked:1:2:3|c|#a:b");
        QCOMPARE(got.batch.size(), std::size_t(6));
        QCOMPARE(got.report.rejected, std::uint64_t(0));
        const double values[] = {1, -3, 10, 1, 2, 3};
        for (std::size_t row = 0; row < 6; ++row) {
            QCOMPARE(got.metric(row).kind, MetricKind::Sum);
            QCOMPARE(got.metric(row).temporality, Temporality::Delta);
            QCOMPARE(got.metric(row).value, values[row]);
        }
        QCOMPARE(got.name(0), QByteArray("stride.app.opens"));
        QCOMPARE(got.attributes(5), QByteArray("a=b"));
        QCOMPARE(got.batch.times[0], Instant::fromSeconds(1'795'161'606));
    }

    void gauges()
    {
        const Decoded got("battery:0.75|g\ndepth:-5|g\ndepth:+2.5|g");
        QCOMPARE(got.metric(0).kind, MetricKind::Gauge);
        QCOMPARE(got.metric(0).value, 0.75);
        QCOMPARE(got.metric(1).kind, MetricKind::Sum);
        QCOMPARE(got.metric(1).value, -5.0);
        QCOMPARE(got.metric(2).value, 2.5);
    }

    void distributions_data()
    {
        QTest::addColumn<double>("value");
        for (const double value : {187.5, 1.0, 0.001, 1e-300, 1e300, 0.0, -16.6, 1024.0})
            QTest::addRow("%g", value) << value;
    }
    /// The bucket holds the value: (base^index, base^(index+1)].
    void distributions()
    {
        QFETCH(double, value);
        for (const char *type : {"ms", "h", "d"}) {
            const std::string line = "load:" + QByteArray::number(value, 'g', 17).toStdString() + "|" + type + "|@0.5";
            const Decoded got(line);
            QCOMPARE(got.batch.size(), std::size_t(1));
            const MetricDetail &detail = got.metric(0);
            QCOMPARE(detail.kind, MetricKind::ExponentialHistogram);
            QCOMPARE(detail.count, std::uint64_t(2));
            QCOMPARE(detail.sum, 2 * value);
            QCOMPARE(detail.minimum, value);
            QCOMPARE(detail.maximum, value);
            QCOMPARE(got.text(detail.unit), QByteArray(type == std::string_view("ms") ? "ms" : ""));
            if (value == 0) {
                QCOMPARE(detail.zeroCount, std::uint64_t(2));
                continue;
            }
            const ExponentialBuckets &buckets = value > 0 ? detail.positive : detail.negative;
            QVERIFY(buckets.counts == std::vector<std::uint64_t>{2});
            const double at = std::ldexp(std::log2(std::abs(value)), detail.scale);
            QVERIFY(at > buckets.offset - 1e-9 * std::abs(at) && at <= buckets.offset + 1 + 1e-9 * std::abs(at));
        }
    }

    void sets()
    {
        const Decoded got("users:user:1000|s|#app:stride");
        QCOMPARE(got.batch.size(), std::size_t(1));
        QCOMPARE(got.attributes(0), QByteArray("app=stride set.member=user:1000"));
        QCOMPARE(got.metric(0).value, 1.0);
    }

    void dialects_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("attributes");
        QTest::newRow("DogStatsD") << QByteArray("n:1|c|#start:cold,device:dev 1,url:http://x,flag")
                                   << QByteArray("start=cold device=dev 1 url=http://x flag=1");
        QTest::newRow("Telegraf") << QByteArray("n,start=cold,device=dev:1|c") << QByteArray("start=cold device=dev");
        QTest::newRow("Graphite") << QByteArray("n;start=cold;device=dev:1|c") << QByteArray("start=cold device=dev");
        QTest::newRow("a container") << QByteArray("n:1|c|#a:b|c:abc") << QByteArray("a=b container.id=abc");
        QTest::newRow("twice the same") << QByteArray("n:1|c|#a:b,a:c,") << QByteArray("a=b");
        QTest::newRow("what nobody knows yet") << QByteArray("n:1|c|e:it-false|#a:b|card:low") << QByteArray("a=b");
    }
    void dialects()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, attributes);
        const Decoded got(std::string_view(line.constData(), static_cast<std::size_t>(line.size())));
        QCOMPARE(got.batch.size(), std::size_t(1));
        QCOMPARE(got.name(0), QByteArray("n"));
        QCOMPARE(got.attributes(0), attributes);
    }

    void whoSends()
    {
        const Decoded got("n:1|c|#app:stride,version:4.1.0,env:prod\nn:1|c\nn:1|c|T1795161600");
        const Origin &first = got.batch.origins[got.batch.at(0).origin];
        QCOMPARE(got.text(first.product), QByteArray("stride"));
        QCOMPARE(got.text(first.release), QByteArray("4.1.0"));
        QCOMPARE(got.text(first.environment), QByteArray("prod"));
        QCOMPARE(got.text(got.batch.origins[got.batch.at(1).origin].product), QByteArray("statsd"));
        QCOMPARE(got.batch.times[2], Instant::fromSeconds(1'795'161'600));
    }

    void events()
    {
        // The second is hot-shots', which counts UTF-16 units.
        const Decoded got("_e{13,15}:Release 4.1.0|line 1\\nline |2|d:1795161600|h:host1|p:low|t:error|k:release|#env:prod\n"
                          "_e{16,14}:Release 4.1.0 \xf0\x9f\x8e\x89|line 1\\nline 2|t:info\n_e{5,0}:title|");
        QCOMPARE(got.report.rejected, std::uint64_t(0));
        QCOMPARE(got.batch.size(), std::size_t(3));
        QCOMPARE(got.body(0), QByteArray("Release 4.1.0\nline 1\nline |2"));
        QCOMPARE(int(got.batch.severities[0]), 17);
        QCOMPARE(got.batch.times[0], Instant::fromSeconds(1'795'161'600));
        QCOMPARE(got.attributes(0), QByteArray("event.title=Release 4.1.0 env=prod host.name=host1 priority=low "
                                               "alert_type=error aggregation_key=release"));
        QCOMPARE(got.body(1), QByteArray("Release 4.1.0 \xf0\x9f\x8e\x89\nline 1\nline 2"));
        QCOMPARE(got.body(2), QByteArray("title"));
    }

    void serviceChecks()
    {
        const Decoded got("_sc|stride.sync.api|2|h:host1|#env:prod|m:timeout | x\n_sc|ok|0");
        QCOMPARE(got.batch.size(), std::size_t(2));
        QCOMPARE(got.body(0), QByteArray("stride.sync.api is critical: timeout | x"));
        QCOMPARE(int(got.batch.severities[0]), 17);
        QCOMPARE(got.attributes(0), QByteArray("check.name=stride.sync.api check.status=2 env=prod host.name=host1"));
        QCOMPARE(int(got.batch.severities[1]), 9);
    }

    /// The cost of a line grows with its length, not with the square of it.
    void tooManyTags()
    {
        QByteArray line("many:1:2|c|#");
        for (int i = 0; i < 6'000; ++i)
            line.append("t").append(QByteArray::number(i)).append(":x,");
        const Decoded got(line.append("t0:again\nfine:1|c|#a:b").toStdString());
        QCOMPARE(got.batch.size(), std::size_t(3));
        QCOMPARE(got.report.rejected, std::uint64_t(0));
        QCOMPARE(got.attributes(0).count('='), 128);
        QVERIFY(got.attributes(1).startsWith("t0=x ") && got.attributes(1).endsWith(" t127=x"));
        QCOMPARE(got.attributes(2), QByteArray("a=b"));
        QCOMPARE(got.report.counters.value("statsd.tags.too_many"), std::uint64_t(6'000 - 128));
    }

    void tagsThatComeAgain()
    {
        std::string line = "a:1|c|#";
        for (int pass = 0; pass < 3; ++pass) {
            for (int i = 0; i < 40; ++i)
                line += "tag" + std::to_string(i) + ':' + std::to_string(pass) + ',';
        }
        const Decoded got(line);
        QCOMPARE(got.attributes(0).count('='), 40);
        QVERIFY(got.attributes(0).contains("tag39=0")); // the first one counts
        QVERIFY(!got.attributes(0).contains("=1"));
        QCOMPARE(got.report.counters.value("statsd.tags.too_many"), std::uint64_t(0));
    }

    void rubbish_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line : {"words", ":1|c", "a:|c", "a:1", "a:1|", "a:1|q", "a:x|c", "a:nan|c", "a:inf|g", "a:1|c|@0",
                                 "a:1|c|@2", "a:1|c|@1e-30", "\xff:1|c", "_e{1,1}", "_e{x,1}:a|b", "_e{-1,1}:a|b", "_sc|a|9",
                                 "_sc||1", "_sc|a"})
            QTest::newRow(line) << QByteArray(line);
        QTest::newRow("too long") << QByteArray(70'000, 'x').append(":1|c");
    }
    void rubbish()
    {
        QFETCH(QByteArray, line);
        const Decoded got(line.toStdString() + "\nfine:1|c");
        QCOMPARE(got.batch.size(), std::size_t(1));
        QCOMPARE(got.report.rejected, std::uint64_t(1));
        QVERIFY(!got.report.counters.isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestStatsd)
#include "tst_statsd.moc"
