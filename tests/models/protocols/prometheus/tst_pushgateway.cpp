// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/prometheus/pushgateway.h"

#include <QFile>
#include <QTest>

#include <string>
#include <vector>

using namespace telltale;

namespace {

constexpr Instant kArrival = Instant::fromSeconds(1'795'161'606);

struct Decoded
{
    RecordBatch batch;
    ProtocolReport report;

    explicit Decoded(std::string_view text)
    {
        ProtocolRequest request;
        request.method = "POST";
        request.path = "/metrics/job/stride";
        request.body = text;
        request.arrival = kArrival;
        if (!decodePush(request, batch, report))
            qFatal("an exposition is refused");
    }
    /// Rows of this metric.
    std::vector<std::size_t> rows(std::string_view name) const
    {
        std::vector<std::size_t> found;
        for (std::size_t row = 0; row < batch.size(); ++row) {
            if (batch.text(batch.names[row]) == name)
                found.push_back(row);
        }
        return found;
    }
    const MetricDetail &only(std::string_view name) const
    {
        const auto found = rows(name);
        if (found.size() != 1)
            qFatal("%zu points of %s", found.size(), std::string(name).c_str());
        return batch.metrics[batch.at(found.front()).detail];
    }
    bool hasCounted(std::string_view counter, std::uint64_t count) const { return report.counters.value(counter) == count; }
};

std::string recorded(const char *name)
{
    QFile file(QStringLiteral(TELLTALE_TEST_DATA "/fixtures/prometheus-exposition/") + QString::fromLatin1(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", name);
    return file.readAll().toStdString();
}

} // namespace

class TestPushgateway final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSeriesBeganWhenItWasCreated_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("OpenMetrics: in the family") << QByteArray("04-python-openmetrics.bin");
        QTest::newRow("text: a gauge of its own") << QByteArray("03-python-text.bin");
    }
    void aSeriesBeganWhenItWasCreated()
    {
        QFETCH(QByteArray, name);
        const Decoded decoded(recorded(name.constData()));
        const auto opens = decoded.rows("stride_app_opens_total");
        QCOMPARE(opens.size(), std::size_t(2));
        for (const std::size_t row : opens)
            QCOMPARE(decoded.batch.metrics[decoded.batch.at(row).detail].start.ns / 1'000'000'000, std::int64_t(1'795'347'488));
        for (const char *metric : {"stride_load_seconds", "stride_sync_seconds"})
            QCOMPARE(decoded.only(metric).start.ns / 1'000'000'000, std::int64_t(1'795'347'488));
        for (const char *metric : {"stride_app_opens_created", "stride_load_seconds_created", "stride_sync_seconds_created"})
            QVERIFY(decoded.rows(metric).empty());
    }

    void aGaugehistogramIsWhatIsThereNow()
    {
        const Decoded decoded("# TYPE queue gaugehistogram\n# UNIT queue seconds\nqueue_bucket{le=\"1\"} 2\nqueue_bucket{le=\"+Inf\"} 5\n"
                              "queue_gcount 5\nqueue_gsum -3.5\nqueue_created 1795000000\n# EOF\n");
        const MetricDetail &queue = decoded.only("queue");
        QCOMPARE(queue.kind, MetricKind::Histogram);
        QCOMPARE(queue.temporality, Temporality::Unspecified); // it does not run
        QCOMPARE(queue.count, std::uint64_t(5));
        QCOMPARE(queue.bucketCounts, (std::vector<std::uint64_t>{2, 3}));
        QVERIFY(queue.hasSum);
        QCOMPARE(queue.sum, -3.5);
        QCOMPARE(decoded.only("queue").start.ns, std::int64_t(0));
    }

    void startsByLabelsInAnyOrder()
    {
        const Decoded decoded("# TYPE a counter\na_total{x=\"1\",y=\"2\"} 3\na_total{x=\"9\"} 3\n"
                              "a_created{y=\"2\",x=\"1\"} 1795000000.5\n# EOF\n");
        const auto rows = decoded.rows("a_total");
        QCOMPARE(rows.size(), std::size_t(2));
        QCOMPARE(decoded.batch.metrics[decoded.batch.at(rows[0]).detail].start.ns, std::int64_t(1'795'000'000'500'000'000));
        QCOMPARE(decoded.batch.metrics[decoded.batch.at(rows[1]).detail].start.ns, std::int64_t(0));
    }

    void aGaugeMayBeCalledCreated()
    {
        const Decoded decoded("# TYPE accounts_created gauge\naccounts_created 12\nfiles_created 3\n");
        QCOMPARE(decoded.only("accounts_created").value, 12.0);
        QCOMPARE(decoded.only("files_created").value, 3.0);
    }

    void exemplarsKeepTheirTrace()
    {
        const Decoded decoded("# TYPE h histogram\n"
                              "h_bucket{le=\"1\"} 2 # {trace_id=\"0123456789abcdef0123456789abcdef\",span_id=\"0123456789abcdef\",q=\"v\"} 0.5 1795347411.5\n"
                              "h_bucket{le=\"+Inf\"} 3 # {trace_id=\"abc\"} 7\nh_sum 8\nh_count 3\n"
                              "# TYPE c counter\nc_total 4 # {traceID=\"0123456789abcdef0123456789abcdef\"} 1\n# EOF\n");
        const MetricDetail &histogram = decoded.only("h");
        QCOMPARE(histogram.exemplars.size(), std::size_t(2));
        const Exemplar &first = histogram.exemplars[0];
        QCOMPARE(first.value, 0.5);
        QCOMPARE(first.time.ns, std::int64_t(1'795'347'411'500'000'000));
        QCOMPARE(first.trace.traceId[1], std::uint8_t(0x23));
        QCOMPARE(first.trace.spanId[7], std::uint8_t(0xef));
        const auto labels = decoded.batch.attributesIn(first.attributes);
        QCOMPARE(labels.size(), std::size_t(1));
        QVERIFY(decoded.batch.text(labels[0].key) == "q" && decoded.batch.text(labels[0].text()) == "v");
        // No trace's id: a label as any other. Without a time, the arrival.
        const Exemplar &second = histogram.exemplars[1];
        QCOMPARE(second.trace.traceId, TraceId{});
        QCOMPARE(second.time.ns, kArrival.ns);
        QCOMPARE(decoded.batch.attributesIn(second.attributes).size(), std::size_t(1));
        QCOMPARE(decoded.only("c_total").exemplars.size(), std::size_t(1));
        QCOMPARE(decoded.only("c_total").exemplars[0].trace.traceId[15], std::uint8_t(0xef));
    }

    void boundsThatAreNone()
    {
        const Decoded decoded("# TYPE h histogram\nh_bucket{le=\"nan\"} 1\nh_bucket{le=\"-Inf\"} 1\nh_bucket{le=\"wide\"} 1\n"
                              "h_bucket{le=\"0.5\"} 1\nh_bucket{le=\"+INF\"} 2\nh_count 2\n");
        const MetricDetail &histogram = decoded.only("h");
        QCOMPARE(histogram.explicitBounds, std::vector<double>({0.5}));
        QCOMPARE(histogram.bucketCounts, std::vector<std::uint64_t>({1, 1}));
        QVERIFY(decoded.hasCounted("prometheus.line.invalid", 3));
        QCOMPARE(decoded.report.rejected, std::uint64_t(3));
    }
};

QTEST_GUILESS_MAIN(TestPushgateway)
#include "tst_pushgateway.moc"
