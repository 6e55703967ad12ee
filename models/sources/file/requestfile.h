// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/file/jsonsplitter.h"
#include "models/sources/requesthandler.h"

#include <memory>
#include <optional>
#include <string>

namespace telltale {

/// A file as the requests that are in it: OTLP in JSON, whole or one request a line, as a Collector's file exporter writes it; JSON
/// lines (jsonlines.h), put together to requests of a few hundred; or one recorded request (an object with method, path,
/// headers and bodyFile, whose body lies beside it). gzip and zstd are unpacked. Streamed: memory does not grow with the file.
class RequestFile
{
public:
    /// Errors: those of FileReader::open().
    static Result<RequestFile> open(const std::string &path);

    /// The next request, its arrival still to be set; nothing at the end. Errors: those of JsonSplitter; NotFound, when a
    /// recorded request's body is not there; Unsupported, for a value that is none of the above.
    Result<std::optional<ReceivedRequest>> next();
    std::uint64_t consumed() const { return m_file->consumed(); }
    std::uint64_t size() const { return m_file->size(); }

private:
    RequestFile(std::string path, FileReader file);
    Result<ReceivedRequest> recorded(std::string_view value) const;

    std::string m_path;
    std::unique_ptr<FileReader> m_file;
    std::unique_ptr<JsonSplitter> m_values;
    std::optional<ReceivedRequest> m_ahead; ///< what came while lines were gathered
};

} // namespace telltale
