// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/recordedrequests.h"

#include "tests/support/fixture.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace telltale::test {
namespace {

constexpr Instant kArrival = Instant::fromSeconds(1'795'161'700);

void setPlain(RecordedRequest &request)
{
    request.plain.body = QByteArray::fromStdString(request.body);
    request.plain.path = QByteArray::fromStdString(request.path);
    request.plain.appKey = QByteArray::fromStdString(request.appKey);
    request.plain.authorization = QByteArray::fromStdString(request.authorization);
    request.plain.userAgent = QByteArray::fromStdString(request.userAgent);
    request.plain.arrival = kArrival.ns;
}

RecordedRequest requestOf(const Fixture &fixture)
{
    RecordedRequest request;
    request.method = fixture.method.toStdString();
    const std::string target = fixture.path.toStdString();
    const std::size_t question = std::min(target.find('?'), target.size());
    request.path = target.substr(0, question);
    request.query = target.substr(std::min(question + 1, target.size()));
    while (request.path.size() > 1 && request.path.back() == '/')
        request.path.pop_back();
    request.contentType = fixture.header("content-type").toStdString();
    request.appKey = "A-EU-1";
    request.authorization = fixture.header("authorization").toStdString();
    request.userAgent = fixture.header("user-agent").toStdString();
    request.body = fixture.body().value_or(std::string());
    request.route = routeOf(request.path, request.body);
    setPlain(request);
    return request;
}

/// Another event of the same shape.
QJsonObject freshened(QJsonObject event, int number)
{
    for (const char *id : {"uuid", "messageId", "insert_id", "event_id"}) {
        const QLatin1String key(id);
        if (event.contains(key))
            event.insert(key, QString(event.value(key).toString().chopped(6) + QString::number(100'000 + number)));
    }
    for (const char *time : {"timestamp", "time"}) {
        const QLatin1String key(time);
        const QJsonValue value = event.value(key);
        if (value.isDouble())
            event.insert(key, value.toDouble() + number);
        else if (value.isString())
            event.insert(key, QDateTime::fromString(value.toString(), Qt::ISODateWithMs).addMSecs(number).toString(Qt::ISODateWithMs));
    }
    return event;
}

std::string recordDifference(const RecordBatch &batch, std::size_t row, const PlainRecord &plain)
{
    const Record ours = batch.at(row);
    const auto isSame = [&](StringId id, const QString &text) {
        return QString::fromUtf8(batch.text(id).data(), static_cast<qsizetype>(batch.text(id).size())) == text;
    };
    constexpr std::int64_t kMillisecond = 1'000'000;
    if (ours.kind != plain.kind)
        return "kind";
    if (ours.severity != plain.severity)
        return "severity";
    if (!isSame(ours.name, plain.name))
        return "name";
    if (!isSame(ours.feature, plain.feature))
        return "feature";
    if (!isSame(ours.screen, plain.screen))
        return "screen";
    if (!isSame(ours.user, plain.user))
        return "user";
    if (ours.session == kNoString ? !plain.session.isEmpty() : plain.session.isEmpty())
        return "session";
    if (std::abs(ours.time.ns - plain.time) > kMillisecond)
        return "time";
    if (std::abs(ours.duration - plain.duration) > kMillisecond)
        return "duration";
    if (ours.attributes.size() != static_cast<std::uint32_t>(plain.attributes.size()))
        return "number of attributes";
    const Origin &origin = batch.origins[ours.origin];
    if (!isSame(origin.product, plain.origin.product) || !isSame(origin.release, plain.origin.release) ||
        !isSame(origin.environment, plain.origin.environment) || !isSame(origin.os, plain.origin.os) ||
        !isSame(origin.device, plain.origin.device) || !isSame(origin.scopeName, plain.origin.scopeName))
        return "origin";
    return {};
}

} // namespace

std::vector<RecordedRequest> recordedRequests(const QStringList &folders, ReadByReference reference)
{
    std::vector<RecordedRequest> requests;
    for (const QString &name : httpFixtureNames(folders)) {
        const Fixture fixture = loadFixture(name);
        RecordedRequest request = requestOf(fixture);
        QList<PlainRecord> records;
        if (!request.route || request.body.empty() || !fixture.expectedStatus().contains(200) ||
            !reference(request.plain, records) || records.isEmpty())
            continue;
        requests.push_back(std::move(request));
    }
    return requests;
}

std::vector<RecordedRequest> batchOf(const std::vector<RecordedRequest> &recorded, const QString &listKey,
                                     const std::string &path, int count)
{
    QJsonArray known, events;
    for (const RecordedRequest &request : recorded) {
        const QJsonDocument document = QJsonDocument::fromJson(request.plain.body);
        if (listKey.isEmpty())
            known.append(document.object());
        for (const QJsonValue &event : document.object().value(listKey).toArray())
            known.append(event);
    }
    for (int i = 0; i < count; ++i)
        events.append(freshened(known.at(i % known.size()).toObject(), i));
    QJsonObject root = QJsonDocument::fromJson(recorded.front().plain.body).object();
    root.insert(listKey, events);
    RecordedRequest request = recorded.front();
    request.path = path;
    request.body = QJsonDocument(listKey.isEmpty() ? QJsonDocument(events) : QJsonDocument(root))
                       .toJson(QJsonDocument::Compact)
                       .toStdString();
    request.route = routeOf(request.path, request.body);
    setPlain(request);
    return {request};
}

void decode(const RecordedRequest &request, RecordBatch &batch)
{
    batch.clear();
    ProtocolRequest asked;
    asked.method = request.method;
    asked.path = request.path;
    asked.query = request.query;
    asked.contentType = request.contentType;
    asked.appKey = request.appKey;
    asked.authorization = request.authorization;
    asked.userAgent = request.userAgent;
    asked.body = request.body;
    asked.arrival = kArrival;
    ProtocolReport report;
    if (!request.route->decode(asked, batch, report)) {
        std::fprintf(stderr, "bench_decode: a request to %s is refused\n", request.path.c_str());
        std::exit(1);
    }
}

std::string difference(const RecordedRequest &request, ReadByReference reference)
{
    RecordBatch batch;
    QList<PlainRecord> records;
    decode(request, batch);
    if (!reference(request.plain, records))
        return "the reference refuses it";
    if (batch.size() != static_cast<std::size_t>(records.size()))
        return std::to_string(batch.size()) + " records, the reference " + std::to_string(records.size());
    // Some protocols have objects of records, which QJsonObject sorts by name: in no order.
    for (const PlainRecord &plain : records) {
        std::string why;
        bool isFound = false;
        for (std::size_t row = 0; row < batch.size() && !isFound; ++row) {
            const std::string differs = recordDifference(batch, row, plain);
            isFound = differs.empty();
            if (why.empty() || differs == "number of attributes")
                why = differs;
        }
        if (!isFound)
            return "record " + plain.name.toStdString() + " of the reference: " + why;
    }
    return {};
}

} // namespace telltale::test
