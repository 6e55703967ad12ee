// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/sentry/sentrydecoder.h"

#include <QTest>

#include <string>

using namespace telltale;

namespace {

RecordBatch decoded(const std::string &body)
{
    ProtocolRequest request;
    request.method = "POST";
    request.path = "/api/42/envelope";
    request.body = body;
    request.arrival = Instant::fromSeconds(1'795'161'720);
    RecordBatch batch;
    ProtocolReport report;
    if (!decodeSentry(request, batch, report))
        qWarning("refused");
    return batch;
}

} // namespace

/// Times and lengths that no clock has: they stop at the last one there is, and never come round at the other end.
class TestSentryTimes final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sessionWithoutEnd()
    {
        const RecordBatch batch = decoded("{}\n{\"type\":\"session\"}\n"
                                          R"({"sid":"a","init":true,"started":"2026-11-20T08:00:00Z","duration":9223372036854775808.5,"status":"exited"})");
        QCOMPARE(batch.size(), std::size_t(2));
        QCOMPARE(batch.text(batch.at(1).name), std::string_view("session.end"));
        QVERIFY(batch.at(1).time > batch.at(0).time);
    }

    void spanOfAllTime()
    {
        const RecordBatch batch = decoded("{}\n{\"type\":\"span\",\"item_count\":1,\"content_type\":\"application/vnd.sentry.items.span.v2+json\"}\n"
                                          R"({"items":[{"trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331","name":"x",)"
                                          R"("start_timestamp":"1700-01-01T00:00:00Z","end_timestamp":"2261-01-01T00:00:00Z","status":"ok","is_segment":true}]})");
        QCOMPARE(batch.size(), std::size_t(1));
        QVERIFY(batch.at(0).duration > 0);
    }
};

QTEST_APPLESS_MAIN(TestSentryTimes)
#include "tst_sentrytimes.moc"
