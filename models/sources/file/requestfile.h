// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/file/csvlines.h"
#include "models/sources/file/framereader.h"
#include "models/sources/file/jsonshape.h"
#include "models/sources/file/jsonsplitter.h"
#include "models/sources/requesthandler.h"

#include <memory>
#include <optional>
#include <string>

namespace telltale {

/// How a file is read.
struct FileForm
{
    bool isTable = false; ///< comma-separated values; else the name says so: .csv and .tsv, packed or not
    CsvMapping mapping;   ///< of tables
};

/// A file as the requests that are in it: OTLP in JSON, whole or one request a line, or protobuf with its length before each, all as a
/// Collector's file exporter writes it; JSON lines (jsonlines.h) or a table of comma-separated values (csvlines.h), put
/// together to requests of a few hundred; or one recorded request (an object with method, path, headers and bodyFile, whose
/// body lies beside it). gzip and zstd are unpacked. Streamed: memory does not grow with the file. Where each line is a value,
/// those that are none are left out and counted by the next request (FilePart).
class RequestFile
{
public:
    /// Errors: those of FileReader::open().
    static Result<RequestFile> open(const std::string &path, const FileForm &form = {},
                                    const std::atomic<bool> *isCancelled = nullptr);

    /// The next request, its arrival still to be set; nothing at the end. Errors: those of JsonSplitter or CsvLines; NotFound, when a
    /// recorded request's body is not there; Unsupported, for a value that is none of the above.
    Result<std::optional<ReceivedRequest>> next();
    /// The number of the first line that was left out because it is not JSON; 0: none.
    std::uint64_t firstBadLine() const { return m_firstBadLine; }
    std::uint64_t consumed() const { return m_file->consumed(); }
    std::uint64_t size() const { return m_file->size(); }

private:
    RequestFile(std::string path, FileReader file, const FileForm &form);
    Result<ReceivedRequest> recorded(std::string_view value) const;
    Result<ReceivedRequest> framed(std::string_view message);
    Result<std::optional<ReceivedRequest>> nextRequest();

    std::string m_path;
    std::unique_ptr<FileReader> m_file;
    std::unique_ptr<JsonSplitter> m_values;
    std::unique_ptr<CsvLines> m_rows;      ///< of a table; else nothing
    std::unique_ptr<FrameReader> m_frames; ///< of messages with their length; else nothing
    JsonShapes m_shapes;
    std::uint64_t m_bad = 0, m_firstBadLine = 0;
    std::optional<ReceivedRequest> m_ahead; ///< what came while lines were gathered
};

} // namespace telltale
