// SPDX-License-Identifier: GPL-3.0-or-later
// A page of the newest traces is found without holding all of them, and is the same.
#include "models/analysis/cacheengine.h"
#include "models/store/cachewriter.h"

#include <QTemporaryDir>
#include <QTest>

#include <cstring>
#include <filesystem>
#include <random>

using namespace telltale;

class TestNewestTraces final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fewOfMany()
    {
        QTemporaryDir folder;
        CacheOptions options;
        options.path = std::filesystem::path(folder.path().toStdString()) / "traces.db";
        options.ballastBytes = 0;
        constexpr std::int64_t kStart = 1'790'000'000'000'000'000, kSecond = 1'000'000'000;
        {
            auto writer = CacheWriter::open(options);
            QVERIFY(writer);
            std::mt19937 random(4);
            for (std::uint32_t request = 0; request < 75; ++request) {
                std::vector<Delivery> one(1);
                one[0].protocol = "otlp/http";
                one[0].arrival = {kStart};
                RecordBatch &batch = one[0].batch;
                batch.origins.emplace_back();
                for (std::uint32_t i = 0; i < 2000; ++i) {
                    // Of the latest spans most are of the first traces.
                    const bool isOld = request > 60 && i % 50 != 0;
                    const std::uint32_t number = isOld ? random() % 1000 : request * 700 + random() % 700;
                    TraceContext context;
                    std::memcpy(context.traceId.data() + 4, &number, sizeof number);
                    context.traceId[0] = 1;
                    context.spanId[0] = static_cast<std::uint8_t>(1 + i % 200);
                    batch.traces.push_back(context);
                    SpanDetail detail;
                    detail.parentSpanId[0] = i % 4 == 0 ? 0 : 9;
                    detail.status = i % 9 == 0 ? SpanStatus::Error : SpanStatus::Ok;
                    batch.spans.push_back(detail);
                    Record record;
                    record.kind = RecordKind::Span;
                    record.time = {kStart + (request * 2000 + i) * kSecond};
                    record.duration = static_cast<std::int64_t>(random() % 5000);
                    record.name = batch.strings.intern("op " + std::to_string(random() % 5));
                    record.trace = static_cast<std::uint32_t>(batch.traces.size() - 1);
                    record.detail = static_cast<std::uint32_t>(batch.spans.size() - 1);
                    batch.append(record);
                }
                QVERIFY((*writer)->commit(one));
            }
        }
        auto engine = openCacheEngine(options.path);
        QVERIFY(engine);
        Scope scope;
        for (const std::int64_t skipped : {0, 40'000}) {
            scope.range = {{kStart + skipped * kSecond}, {kStart + 200'000 * kSecond}};
            scope.limit = kNoLimit;
            const auto all = (*engine)->traces(scope, {});
            QVERIFY(all && all->value.size() > 20'000);
            for (const std::size_t limit : {std::size_t(1), std::size_t(200), std::size_t(12'000)}) {
                scope.limit = limit;
                const auto some = (*engine)->traces(scope, {});
                QVERIFY(some);
                QCOMPARE(some->value.size(), limit);
                QVERIFY(std::equal(some->value.begin(), some->value.end(), all->value.begin()));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestNewestTraces)
#include "tst_newesttraces.moc"
