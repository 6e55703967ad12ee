// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/readahead.h"

#include <sqlite3.h>

#include <algorithm>
#include <new>
#include <utility>

namespace telltale {
namespace {

constexpr int kExpect = 0x54454c; // our own file control; SQLite keeps those up to 100 for itself
constexpr const char *kName = "telltale-read-ahead";

/// What SQLite holds; the real file lies right behind it.
struct AheadFile
{
    sqlite3_file base;
    ReadAhead *ahead;
    sqlite3_int64 limit; ///< what PRAGMA mmap_size says; nothing is mapped
};

AheadFile *self(sqlite3_file *file)
{
    return reinterpret_cast<AheadFile *>(file);
}

sqlite3_file *real(sqlite3_file *file)
{
    return reinterpret_cast<sqlite3_file *>(self(file) + 1);
}

const sqlite3_io_methods *methods(sqlite3_file *file)
{
    return real(file)->pMethods;
}

int closeFile(sqlite3_file *file)
{
    delete self(file)->ahead;
    return methods(file)->xClose(real(file));
}

int control(sqlite3_file *file, int operation, void *argument)
{
    if (operation == kExpect) {
        self(file)->ahead->expect(*static_cast<const std::size_t *>(argument));
        return SQLITE_OK;
    }
    if (operation == SQLITE_FCNTL_MMAP_SIZE) {
        // To be kept from the real file: a bad disk then is an error that can be told, not the end of the program.
        auto *limit = static_cast<sqlite3_int64 *>(argument);
        const sqlite3_int64 wanted = std::exchange(*limit, self(file)->limit);
        if (wanted >= 0)
            self(file)->limit = wanted;
        return SQLITE_OK;
    }
    return methods(file)->xFileControl(real(file), operation, argument);
}

int unlockFile(sqlite3_file *file, int level)
{
    self(file)->ahead->forget();
    return methods(file)->xUnlock(real(file), level);
}

int lockShared(sqlite3_file *file, int first, int count, int flags)
{
    if (flags & SQLITE_SHM_UNLOCK)
        self(file)->ahead->forget();
    return methods(file)->xShmLock(real(file), first, count, flags);
}

int fetch(sqlite3_file *file, sqlite3_int64 offset, int bytes, void **at)
{
    const bool isUsed = self(file)->limit > 0;
    *at = isUsed ? const_cast<void *>(self(file)->ahead->fetch(offset, static_cast<std::size_t>(bytes)))
                 : nullptr;
    return SQLITE_OK;
}

int release(sqlite3_file *file, sqlite3_int64, void *at)
{
    if (at)
        self(file)->ahead->release(at);
    else
        self(file)->ahead->forget();
    return SQLITE_OK;
}

constexpr sqlite3_io_methods kMethods = {
    3,
    closeFile,
    [](sqlite3_file *f, void *to, int n, sqlite3_int64 at) { return methods(f)->xRead(real(f), to, n, at); },
    [](sqlite3_file *f, const void *from, int n, sqlite3_int64 at) {
        return methods(f)->xWrite(real(f), from, n, at);
    },
    [](sqlite3_file *f, sqlite3_int64 size) { return methods(f)->xTruncate(real(f), size); },
    [](sqlite3_file *f, int flags) { return methods(f)->xSync(real(f), flags); },
    [](sqlite3_file *f, sqlite3_int64 *size) { return methods(f)->xFileSize(real(f), size); },
    [](sqlite3_file *f, int level) { return methods(f)->xLock(real(f), level); },
    unlockFile,
    [](sqlite3_file *f, int *is) { return methods(f)->xCheckReservedLock(real(f), is); },
    control,
    [](sqlite3_file *f) { return methods(f)->xSectorSize(real(f)); },
    [](sqlite3_file *f) { return methods(f)->xDeviceCharacteristics(real(f)); },
    [](sqlite3_file *f, int page, int size, int extend, void volatile **at) {
        return methods(f)->xShmMap(real(f), page, size, extend, at);
    },
    lockShared,
    [](sqlite3_file *f) { methods(f)->xShmBarrier(real(f)); },
    [](sqlite3_file *f, int deletes) { return methods(f)->xShmUnmap(real(f), deletes); },
    fetch,
    release,
};

sqlite3_vfs *base(sqlite3_vfs *vfs)
{
    return static_cast<sqlite3_vfs *>(vfs->pAppData);
}

/// Files beside the database (its log) are SQLite's own altogether.
int openFile(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    file->pMethods = nullptr;
    if (!(flags & SQLITE_OPEN_MAIN_DB))
        return base(vfs)->xOpen(base(vfs), name, file, flags, outFlags);
    const int result = base(vfs)->xOpen(base(vfs), name, real(file), flags, outFlags);
    if (!methods(file))
        return result;
    self(file)->limit = 0;
    self(file)->ahead = new (std::nothrow) ReadAhead(real(file));
    if (!self(file)->ahead) {
        methods(file)->xClose(real(file));
        return SQLITE_NOMEM;
    }
    file->pMethods = &kMethods;
    return result;
}

sqlite3_vfs *made()
{
    static sqlite3_vfs vfs{};
    sqlite3_vfs *const under = sqlite3_vfs_find(nullptr);
    if (!under || under->iVersion < 2)
        return nullptr;
    vfs.iVersion = 2;
    vfs.szOsFile = static_cast<int>(sizeof(AheadFile)) + under->szOsFile;
    vfs.mxPathname = under->mxPathname;
    vfs.zName = kName;
    vfs.pAppData = under;
    vfs.xOpen = openFile;
    vfs.xDelete = [](sqlite3_vfs *v, const char *name, int sync) {
        return base(v)->xDelete(base(v), name, sync);
    };
    vfs.xAccess = [](sqlite3_vfs *v, const char *name, int flags, int *is) {
        return base(v)->xAccess(base(v), name, flags, is);
    };
    vfs.xFullPathname = [](sqlite3_vfs *v, const char *name, int size, char *to) {
        return base(v)->xFullPathname(base(v), name, size, to);
    };
    vfs.xRandomness = [](sqlite3_vfs *v, int size, char *to) {
        return base(v)->xRandomness(base(v), size, to);
    };
    vfs.xSleep = [](sqlite3_vfs *v, int microseconds) { return base(v)->xSleep(base(v), microseconds); };
    vfs.xCurrentTime = [](sqlite3_vfs *v, double *to) { return base(v)->xCurrentTime(base(v), to); };
    vfs.xGetLastError = [](sqlite3_vfs *v, int size, char *to) {
        return base(v)->xGetLastError(base(v), size, to);
    };
    vfs.xCurrentTimeInt64 = [](sqlite3_vfs *v, sqlite3_int64 *to) {
        return base(v)->xCurrentTimeInt64(base(v), to);
    };
    return sqlite3_vfs_register(&vfs, 0) == SQLITE_OK ? &vfs : nullptr;
}

/// Pages of a file with auto_vacuum that say what other pages are, one for as many as fit into it: asked for again and again,
/// and better off among the pages that SQLite keeps.
bool isPointerMap(std::int64_t offset, std::size_t pageSize)
{
    constexpr std::int64_t kEntry = 5;
    const auto size = static_cast<std::int64_t>(pageSize);
    const std::int64_t page = offset / size + 1;
    return page >= 2 && (page - 2) % (size / kEntry + 1) == 0;
}

} // namespace

const char *readAheadVfs()
{
    static sqlite3_vfs *const vfs = made();
    return vfs ? kName : nullptr; // none: SQLite's own
}

ReadAheadScope::ReadAheadScope(sqlite3 *connection, std::size_t bytes)
    : m_connection(connection)
{
    sqlite3_file_control(m_connection, nullptr, kExpect, &bytes);
}

ReadAheadScope::~ReadAheadScope()
{
    std::size_t none = 0;
    sqlite3_file_control(m_connection, nullptr, kExpect, &none);
}

void ReadAhead::expect(std::size_t bytes)
{
    m_isExpecting = bytes > 0;
    m_expected = bytes;
}

ReadAhead::Window *ReadAhead::windowOf(std::int64_t offset, std::size_t bytes)
{
    for (Window &window : m_windows) {
        if (offset >= window.offset && offset + static_cast<std::int64_t>(bytes) <=
                                           window.offset + static_cast<std::int64_t>(window.size))
            return &window;
    }
    return nullptr;
}

ReadAhead::Window *ReadAhead::read(std::int64_t offset, std::size_t bytes)
{
    if (m_fileSize < 0) {
        sqlite3_int64 size = 0;
        if (m_file->pMethods->xFileSize(m_file, &size) != SQLITE_OK)
            return nullptr;
        m_fileSize = size;
    }
    const std::int64_t left = m_fileSize - offset;
    if (left < static_cast<std::int64_t>(bytes))
        return nullptr;
    Window *window = nullptr;
    for (Window &each : m_windows) {
        if (each.references == 0 && (!window || each.lastUse < window->lastUse))
            window = &each;
    }
    if (!window)
        return nullptr;
    window->size = 0;
    if (!window->bytes)
        window->bytes.reset(new (std::nothrow) char[kMost]);
    if (!window->bytes)
        return nullptr;
    const std::size_t pages = (std::min(m_expected, kMost) + bytes - 1) / bytes;
    const std::size_t wanted = std::min(std::max<std::size_t>(pages, 1) * bytes, kMost);
    const auto size = static_cast<std::size_t>(std::min(left, static_cast<std::int64_t>(wanted)));
    m_expected -= std::min(m_expected, size);
    if (m_file->pMethods->xRead(m_file, window->bytes.get(), static_cast<int>(size), offset) != SQLITE_OK)
        return nullptr;
    window->offset = offset;
    window->size = size;
    return window;
}

const void *ReadAhead::fetch(std::int64_t offset, std::size_t bytes)
{
    if (!m_isExpecting || bytes > kMost || isPointerMap(offset, bytes))
        return nullptr;
    Window *window = windowOf(offset, bytes);
    if (!window)
        window = read(offset, bytes);
    if (!window)
        return nullptr;
    ++window->references;
    window->lastUse = ++m_uses;
    return window->bytes.get() + (offset - window->offset);
}

void ReadAhead::release(const void *bytes)
{
    const auto *const at = static_cast<const char *>(bytes);
    for (Window &window : m_windows) {
        if (window.references > 0 && at >= window.bytes.get() && at < window.bytes.get() + kMost) {
            --window.references;
            return;
        }
    }
}

void ReadAhead::forget()
{
    for (Window &window : m_windows)
        window.size = 0; // what is referred to stays where it is
    m_fileSize = -1;
}

} // namespace telltale
