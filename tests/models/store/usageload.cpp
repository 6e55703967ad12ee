// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/usageload.h"

#include <cstdio>

namespace telltale::testing {

std::string UsageLoad::uuid()
{
    char text[37];
    std::snprintf(text, sizeof text, "%08lx-%04lx-4%03lx-a%03lx-%08lx%04lx", m_random(), m_random() % 0x10000,
                  m_random() % 0x1000, m_random() % 0x1000, m_random(), m_random() % 0x10000);
    return text;
}

void UsageLoad::fill(RecordBatch &batch, std::size_t records)
{
    const auto text = [&](std::string_view prefix, std::uint64_t number) {
        std::string value(prefix);
        value += std::to_string(number);
        return batch.strings.intern(value);
    };
    const StringId eventName = batch.strings.intern("feature.used");
    const StringId keySession = batch.strings.intern("session.id");
    const StringId keyUser = batch.strings.intern("user.id");
    const StringId keyEvent = batch.strings.intern("event.name");
    const StringId keyFeature = batch.strings.intern("feature.name");
    const StringId keyScreen = batch.strings.intern("app.screen.name");
    const StringId keyPlan = batch.strings.intern("app.plan");
    const StringId keyNetwork = batch.strings.intern("network.connection.type");
    const StringId keyBattery = batch.strings.intern("hw.battery.charge");
    const StringId keyCount = batch.strings.intern("stride.items");
    const StringId keyMap = batch.strings.intern("stride.map.zoom");
    Origin origin;
    origin.product = batch.strings.intern("Stride");
    origin.release = batch.strings.intern("4.1.0");
    origin.os = batch.strings.intern("Android");
    batch.origins.push_back(origin);
    for (std::size_t i = 0; i < records; ++i) {
        Live &live = m_live[m_random() % m_live.size()];
        if (live.left == 0) {
            live.session = uuid();
            live.user = "user-" + std::to_string(m_random() % 5000);
            live.left = 25 + static_cast<std::uint32_t>(m_random() % 26);
        }
        --live.left;
        if (m_random() % 4 == 0)
            live.screen = static_cast<std::uint32_t>(m_random() % 20);
        Record record;
        record.kind = RecordKind::UsageEvent;
        record.severity = 9;
        m_now = m_now + m_step + std::chrono::microseconds(m_random() % 1000);
        record.time = m_now;
        record.name = eventName;
        // A few features make most of the use.
        const auto rank = static_cast<std::uint64_t>(m_random() % 40) * (m_random() % 40) / 40;
        record.feature = text("feature.", rank);
        record.screen = text("Screen", live.screen);
        record.user = batch.strings.intern(live.user);
        record.session = batch.strings.intern(live.session);
        const auto begin = static_cast<std::uint32_t>(batch.attributes.size());
        batch.attributes.push_back(Attribute::ofText(keySession, record.session));
        batch.attributes.push_back(Attribute::ofText(keyUser, record.user));
        batch.attributes.push_back(Attribute::ofText(keyEvent, record.name));
        batch.attributes.push_back(Attribute::ofText(keyFeature, record.feature));
        batch.attributes.push_back(Attribute::ofText(keyScreen, record.screen));
        batch.attributes.push_back(Attribute::ofText(keyPlan, text("plan-", m_random() % 3)));
        batch.attributes.push_back(Attribute::ofText(keyNetwork, text("net-", m_random() % 4)));
        batch.attributes.push_back(Attribute::of(keyBattery, static_cast<double>(m_random() % 100) / 100));
        batch.attributes.push_back(Attribute::of(keyCount, static_cast<std::int64_t>(m_random() % 1000)));
        batch.attributes.push_back(Attribute::of(keyMap, static_cast<double>(m_random() % 200) / 10));
        record.attributes = {begin, static_cast<std::uint32_t>(batch.attributes.size())};
        batch.append(record);
    }
}

Delivery UsageLoad::next(std::size_t records)
{
    Delivery delivery;
    delivery.protocol = "otlp/http";
    delivery.key = DeliveryKey{std::uint64_t{m_random()} << 32 | m_random(), m_random()};
    fill(delivery.batch, records);
    delivery.arrival = m_now + std::chrono::milliseconds(40);
    return delivery;
}

} // namespace telltale::testing
