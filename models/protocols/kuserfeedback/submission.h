// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/jsontree.h"
#include "models/protocols/support/protocolrequest.h"
#include "models/protocols/support/recordwriter.h"

namespace telltale {

/// Makes records of KUserFeedback's samples: a session as long as the usage time that ends at the sample's time, and its
/// numbers as metric points.
class SubmissionWriter
{
public:
    SubmissionWriter(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report);
    /// `sample` is an object of sources.
    void add(json::Element sample, Instant time);

private:
    void addNumbers(RecordText &point, std::string_view source, json::Element value);

    const ProtocolRequest &m_request;
    RecordWriter m_writer;
    Text m_product;
    std::string m_name; ///< memory used again
    std::uint64_t m_count = 0;
};

} // namespace telltale
