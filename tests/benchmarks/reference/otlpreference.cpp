// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/reference/referencedecoder.h"

#include "reference/otlplogs.pb.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace telltale::test {

std::uint32_t ReferenceDecoder::intern(std::string text)
{
    return m_strings.try_emplace(std::move(text), static_cast<std::uint32_t>(m_strings.size() + 1))
        .first->second;
}

std::uint64_t ReferenceDecoder::otlpProtobuf(std::string_view body)
{
    reference::LogsRequest request;
    if (!request.ParseFromArray(body.data(), static_cast<int>(body.size())))
        return 0;
    const auto add = [this](const google::protobuf::RepeatedPtrField<reference::KeyValue> &attributes) {
        for (const reference::KeyValue &attribute : attributes) {
            Cell cell{intern(attribute.key()), 0, 0};
            const reference::AnyValue &value = attribute.value();
            switch (value.value_case()) {
            case reference::AnyValue::kStringValue:
                cell.text = intern(value.string_value());
                break;
            case reference::AnyValue::kBoolValue:
                cell.number = value.bool_value() ? 1 : 0;
                break;
            case reference::AnyValue::kIntValue:
                cell.number = static_cast<double>(value.int_value());
                break;
            case reference::AnyValue::kDoubleValue:
                cell.number = value.double_value();
                break;
            default:
                break;
            }
            m_cells.push_back(cell);
        }
    };
    std::uint64_t records = 0;
    for (const auto &resource : request.resource_logs()) {
        add(resource.resource().attributes());
        for (const auto &scope : resource.scope_logs()) {
            for (const auto &record : scope.log_records()) {
                ++records;
                m_cells.push_back({intern(record.event_name()), intern(record.severity_text()),
                                   static_cast<double>(record.time_unix_nano())});
                add(record.attributes());
            }
        }
    }
    return records;
}

std::uint64_t ReferenceDecoder::json(std::string_view body)
{
    const QByteArray bytes = QByteArray::fromRawData(body.data(), static_cast<qsizetype>(body.size()));
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    if (document.isNull())
        return 0;
    const std::size_t before = m_cells.size();
    walk(0, document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()));
    return m_cells.size() - before;
}

std::uint64_t ReferenceDecoder::jsonByLine(std::string_view body)
{
    std::uint64_t values = 0;
    while (!body.empty()) {
        const std::size_t end = std::min(body.find('\n'), body.size());
        values += json(body.substr(0, end));
        body.remove_prefix(std::min(end + 1, body.size()));
    }
    return values;
}

void ReferenceDecoder::walk(std::uint32_t key, const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Object: {
        const QJsonObject object = value.toObject();
        for (auto at = object.begin(); at != object.end(); ++at)
            walk(intern(at.key().toStdString()), at.value());
        break;
    }
    case QJsonValue::Array:
        for (const QJsonValue &each : value.toArray())
            walk(key, each);
        break;
    case QJsonValue::String:
        m_cells.push_back({key, intern(value.toString().toStdString()), 0});
        break;
    default:
        m_cells.push_back({key, 0, value.toDouble()});
        break;
    }
}

} // namespace telltale::test
