// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/storedrecords.h"

#include "models/protocols/otlp/otlpdecoder.h"
#include "models/store/cachewriter.h"

#include <cassert>
#include <vector>

namespace telltale::test {

Delivery nextDelivery(LoadGenerator &generator)
{
    Delivery delivery;
    delivery.protocol = "otlp/http";
    delivery.key = DeliveryKey{0x74656c6c74616c65, generator.recordsMade()};
    const std::string body = generator.nextProtobuf();
    delivery.arrival = Instant::fromSeconds(1'795'161'600);
    DecodeReport report;
    [[maybe_unused]] const auto decoded = decodeOtlp(OtlpSignal::Logs, OtlpEncoding::Protobuf, body,
                                                     {delivery.arrival}, delivery.batch, report);
    assert(decoded && report.rejected == 0);
    return delivery;
}

Result<void> storeGeneratedRecords(const std::filesystem::path &path, std::uint64_t count, LoadShape shape)
{
    CacheOptions options;
    options.path = path;
    auto writer = CacheWriter::open(options);
    if (!writer)
        return tl::unexpected(writer.error());
    LoadGenerator generator(shape);
    constexpr std::size_t kRequestsACommit = 16;
    while (generator.recordsMade() < count) {
        std::vector<Delivery> deliveries;
        for (std::size_t i = 0; i < kRequestsACommit && generator.recordsMade() < count; ++i)
            deliveries.push_back(nextDelivery(generator));
        if (const auto done = (*writer)->commit(deliveries); !done)
            return tl::unexpected(done.error());
    }
    return (*writer)->checkpoint();
}

} // namespace telltale::test
