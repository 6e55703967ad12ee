// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/sources/file/rotationtrial.h"

#include "tests/models/sources/file/followreading.h"

#include <QMap>
#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <system_error>

namespace telltale::test {
namespace {

namespace fs = std::filesystem;

constexpr int kWrites = 40, kMostLines = 40, kMostKept = 19;

class RotationTrial
{
public:
    RotationTrial(unsigned seed, const RotationKind &kind)
        : m_kind(kind)
        , m_random(seed)
        , m_path(m_folder.filePath(QStringLiteral("app.log")).toStdString())
        , m_reader(QString::fromStdString(m_path), limits())
    {}

    QString run()
    {
        write();
        takeOne(); // followed from here on
        takeOne();
        for (int i = 0; i < kWrites; ++i) {
            write();
            meanwhile();
            if (m_random() % 4 == 0)
                rotate();
        }
        m_reader.restart();
        m_reader.takeAll();
        m_reader.pass(std::chrono::seconds(61)); // what was rotated away is let go
        m_reader.takeAll();
        m_reader.takeAll();
        return result();
    }

private:
    FollowedFile::Limits limits()
    {
        FollowedFile::Limits few;
        few.lines = 1 + m_random() % 30;
        return few;
    }
    std::string name(int number) const { return m_path + "." + std::to_string(number); }

    void takeOne()
    {
        m_reader.look();
        if (const auto part = m_reader.part())
            m_reader.store(*part);
    }

    /// What a reader may do between two steps of the others.
    void meanwhile()
    {
        switch (m_random() % 10) {
        case 0:
            return m_reader.takeAll();
        case 1:
            return m_reader.look();
        case 2:
            return takeOne();
        case 3:
            return m_reader.restart();
        case 4:
            m_reader.restart();
            return m_reader.takeAll();
        default:
            return;
        }
    }

    void write()
    {
        const int end = m_lines + 1 + static_cast<int>(m_random() % kMostLines);
        std::ofstream(m_path, std::ios::app) << lines(m_lines, end).toStdString();
        m_lines = end;
    }

    static std::string contentOf(const std::string &path)
    {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    /// In two steps.
    void writeWhole(const std::string &path, const std::string &bytes)
    {
        std::ofstream out(path, std::ios::binary);
        const auto half = static_cast<std::streamsize>(bytes.size() / 2);
        meanwhile();
        out.write(bytes.data(), half).flush();
        meanwhile();
        out.write(bytes.data() + half, static_cast<std::streamsize>(bytes.size()) - half).flush();
    }

    /// As gzip and zstd do it: the packed file is written, gets the time of the other, and then that goes.
    void pack(const std::string &plain)
    {
        if (!fs::exists(plain))
            return;
        const std::string packed = plain + m_kind.packing.toStdString();
        writeWhole(packed, packedAs(m_kind.packing, contentOf(plain)));
        meanwhile();
        fs::last_write_time(packed, fs::last_write_time(plain));
        meanwhile();
        fs::remove(plain);
        meanwhile();
    }

    void rotate()
    {
        ++m_rotations;
        std::error_code problem;
        for (int i = kMostKept; i > 0; --i) {
            for (const std::string &packing : {std::string(), m_kind.packing.toStdString()}) {
                fs::rename(name(i) + packing, name(i + 1) + packing, problem);
                if (!problem)
                    meanwhile();
            }
        }
        if (!m_kind.packing.isEmpty())
            pack(name(2));
        if (m_kind.isCopied) {
            writeWhole(name(1), contentOf(m_path));
            meanwhile();
            fs::resize_file(m_path, 0, problem);
        } else {
            fs::rename(m_path, name(1), problem);
        }
        meanwhile();
        if (!m_kind.packing.isEmpty() && m_rotations % 2 == 0)
            pack(name(1));
    }

    QString result() const
    {
        QMap<int, int> times;
        for (const int number : m_reader.stored)
            ++times[number];
        QString wrong;
        for (int i = 0; i < m_lines; ++i) {
            if (times.value(i) != 1)
                wrong += QStringLiteral("%1 came %2 times; ").arg(i).arg(times.value(i));
        }
        return wrong;
    }

    const RotationKind m_kind;
    std::mt19937 m_random;
    QTemporaryDir m_folder;
    const std::string m_path;
    FollowReader m_reader;
    int m_lines = 0, m_rotations = 0;
};

} // namespace

QString rotationTrial(unsigned seed, const RotationKind &kind)
{
    return RotationTrial(seed, kind).run();
}

} // namespace telltale::test
