// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/kuserfeedback/kuserfeedback.h"

#include "models/protocols/kuserfeedback/submission.h"

namespace telltale {
namespace {

constexpr std::string_view kMalformed = "kuserfeedback.malformed";

/// What a server adds to a submission, no client may.
bool holdsOwn(json::Element submission)
{
    for (const auto &[key, value] : submission.members()) {
        if ((key == "id" || key == "timestamp") && !value.isNull())
            return true;
    }
    return false;
}

} // namespace

Result<ProtocolReply> decodeKUserFeedback(const ProtocolRequest &request, RecordBatch &batch,
                                          ProtocolReport &report)
{
    ProtocolReply reply;
    reply.body = R"({"surveys":[]})";
    if (request.method != "POST")
        return reply;
    json::Document document;
    const auto root = document.parseInPlace(request.body);
    const auto refuse = [&](std::string_view why) {
        report.counters.add(kMalformed);
        return failure(Error::Code::InvalidArgument, std::string(why));
    };
    if (!root)
        return refuse(root.error().message);
    if (!root->isObject())
        return refuse("A submission is an object of sources.");
    if (holdsOwn(*root))
        return refuse("A submission must not hold id or timestamp.");
    if (root->size() > 0) // else it only asks for surveys
        SubmissionWriter(request, batch, report).add(*root, request.arrival);
    return reply;
}

} // namespace telltale
