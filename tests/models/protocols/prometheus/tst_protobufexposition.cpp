// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/prometheus/protobufexposition.h"
#include "models/protocols/prometheus/pushgateway.h"

#include <protozero/pbf_writer.hpp>

#include <QTest>

#include <limits>
#include <string>

using namespace telltale;
using namespace telltale::prometheus;
using protozero::pbf_writer;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// A message that `write` fills.
template<typename Write>
std::string message(Write &&write)
{
    std::string bytes;
    pbf_writer out(bytes);
    write(out);
    return bytes;
}

std::string label(const char *name, const char *value)
{
    return message([&](pbf_writer &out) {
        out.add_string(1, name);
        out.add_string(2, value);
    });
}

std::string time(std::int64_t seconds)
{
    return message([&](pbf_writer &out) { out.add_int64(1, seconds); });
}

/// A family behind its length, as they follow each other. `value` stands in the metric under `field`.
std::string family(const char *name, int type, protozero::pbf_tag_type field, const std::string &value, bool isNameLast = false)
{
    const std::string metric = message([&](pbf_writer &out) {
        out.add_message(1, label("os", "ios"));
        out.add_message(field, value);
    });
    const std::string bytes = message([&](pbf_writer &out) {
        if (!isNameLast)
            out.add_string(1, name);
        out.add_string(2, "what it is");
        out.add_message(4, metric);
        out.add_enum(3, type);
        if (isNameLast)
            out.add_string(1, name);
    });
    std::string framed;
    protozero::write_varint(std::back_inserter(framed), bytes.size());
    return framed + bytes;
}

std::string number(double value)
{
    return message([&](pbf_writer &out) { out.add_double(1, value); });
}

std::string bucket(std::uint64_t count, double bound)
{
    return message([&](pbf_writer &out) {
        out.add_uint64(1, count);
        out.add_double(2, bound);
    });
}

/// As Go's client pushes it.
std::string pushed()
{
    const std::string counter = message([&](pbf_writer &out) {
        out.add_double(1, 7);
        out.add_message(2, message([&](pbf_writer &exemplar) {
                            exemplar.add_message(1, label("trace_id", "0123456789abcdef0123456789abcdef"));
                            exemplar.add_double(2, 0.5);
                            exemplar.add_message(3, time(1'795'347'411));
                        }));
        out.add_message(3, time(1'795'000'000));
    });
    const std::string histogram = message([&](pbf_writer &out) {
        out.add_uint64(1, 5);
        out.add_double(2, 12.5);
        out.add_message(3, bucket(2, 0.1));
        out.add_message(3, bucket(4, 1));
    });
    const std::string summary = message([&](pbf_writer &out) {
        out.add_uint64(1, 3);
        out.add_double(2, 9);
        out.add_message(3, message([&](pbf_writer &quantile) {
                            quantile.add_double(1, 0.5);
                            quantile.add_double(2, 2.5);
                        }));
    });
    return family("opens_total", 0, 3, counter) + family("queue", 1, 2, number(-4)) + family("load_seconds", 4, 7, histogram, true) +
           family("sync_seconds", 2, 4, summary) + family("odd", 3, 5, number(kInfinity)) + family("of_the_future", 9, 5, number(1));
}

constexpr auto kContentType = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";

} // namespace

class TestProtobufExposition final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void families()
    {
        const auto parsed = parseProtobufExposition(pushed());
        QVERIFY(parsed);
        QVERIFY(!parsed->isOpenMetrics);
        QCOMPARE(parsed->families.size(), std::size_t(6));
        QCOMPARE(parsed->families[0].type, std::string("counter"));
        QCOMPARE(parsed->families[0].help, std::string("what it is"));
        QCOMPARE(parsed->families[5].type, std::string("untyped"));
        // The last bucket may be left out.
        const Family &load = parsed->families[2];
        QCOMPARE(load.name, std::string("load_seconds"));
        QCOMPARE(load.samples.size(), std::size_t(5));
        QCOMPARE(load.samples[0].labels, (Labels{{"os", "ios"}, {"le", "0.1"}}));
        QCOMPARE(load.samples[2].labels, (Labels{{"os", "ios"}, {"le", "+Inf"}}));
        QCOMPARE(load.samples[2].value, 5.0);
    }

    void pushedAsPointsOfTheirKinds()
    {
        const std::string body = pushed();
        ProtocolRequest request;
        request.method = "PUT";
        request.path = "/metrics/job/stride";
        request.contentType = kContentType;
        request.body = body;
        request.arrival = Instant::fromSeconds(1'795'347'500);
        RecordBatch batch;
        ProtocolReport report;
        QVERIFY(decodePush(request, batch, report));
        QCOMPARE(batch.size(), std::size_t(6));
        std::map<std::string_view, const MetricDetail *> metrics;
        for (std::size_t row = 0; row < batch.size(); ++row)
            metrics[batch.text(batch.names[row])] = &batch.metrics[batch.at(row).detail];
        const MetricDetail &opens = *metrics.at("opens_total");
        QVERIFY(opens.kind == MetricKind::Sum && opens.isMonotonic && opens.temporality == Temporality::Cumulative);
        QCOMPARE(opens.value, 7.0);
        QCOMPARE(opens.start, Instant::fromSeconds(1'795'000'000));
        QCOMPARE(opens.exemplars.size(), std::size_t(1));
        QCOMPARE(opens.exemplars[0].trace.traceId[1], std::uint8_t(0x23));
        QCOMPARE(metrics.at("queue")->value, -4.0);
        const MetricDetail &load = *metrics.at("load_seconds");
        QCOMPARE(load.kind, MetricKind::Histogram);
        QCOMPARE(load.bucketCounts, (std::vector<std::uint64_t>{2, 2, 1}));
        QCOMPARE(load.sum, 12.5);
        const MetricDetail &sync = *metrics.at("sync_seconds");
        QCOMPARE(sync.kind, MetricKind::Summary);
        QCOMPARE(sync.quantiles, (std::vector<std::pair<double, double>>{{0.5, 2.5}}));
    }

    void broken_data()
    {
        QTest::addColumn<QByteArray>("body");
        const QByteArray whole = QByteArray::fromStdString(pushed());
        QTest::newRow("cut short") << whole.chopped(3);
        QTest::newRow("a length beyond the end") << QByteArray("\x7f\x0a\x01x");
        QTest::newRow("an endless length") << QByteArray(12, '\xff');
        QTest::newRow("no name") << QByteArray("\x02\x18\x01");
        QTest::newRow("text") << QByteArray("# TYPE a counter\na 1\n");
    }
    void broken()
    {
        QFETCH(QByteArray, body);
        const auto parsed = parseProtobufExposition(body.toStdString());
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, Error::Code::InvalidArgument);
        QVERIFY(!parsed.error().message.empty());
    }

    /// A known field of another kind is skipped, as protobuf wants.
    void otherWireTypes()
    {
        const std::string odd = message([](pbf_writer &out) {
            out.add_string(1, "a");
            out.add_string(3, "counter"); // no enum
            out.add_message(4, message([](pbf_writer &metric) {
                                metric.add_double(3, 1);
                                metric.add_message(2, message([](pbf_writer &gauge) { gauge.add_string(1, "x"); }));
                                metric.add_message(7, message([](pbf_writer &histogram) { histogram.add_string(1, "x"); }));
                            }));
        });
        std::string framed;
        protozero::write_varint(std::back_inserter(framed), odd.size());
        const auto parsed = parseProtobufExposition(framed + odd);
        QVERIFY(parsed);
        QCOMPARE(parsed->families[0].type, std::string("untyped"));
        QCOMPARE(parsed->families[0].samples.size(), std::size_t(4)); // 0, and an empty histogram
    }

    void contentTypes()
    {
        QVERIFY(isProtobufExposition(kContentType));
        QVERIFY(!isProtobufExposition("application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=text"));
        QVERIFY(!isProtobufExposition("text/plain; version=0.0.4"));
        QVERIFY(parseProtobufExposition({})->families.empty());
    }
};

QTEST_APPLESS_MAIN(TestProtobufExposition)
#include "tst_protobufexposition.moc"
