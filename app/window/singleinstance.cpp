// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/singleinstance.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace telltale {

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kBetweenTries = std::chrono::milliseconds(50);

bool isOwnFolder(const std::filesystem::path &folder)
{
    struct stat about = {};
    return ::stat(folder.c_str(), &about) == 0 && S_ISDIR(about.st_mode) && about.st_uid == ::getuid();
}

/// -1 when nobody listens there.
int connectTo(const std::filesystem::path &path)
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket >= 0 && ::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
        return socket;
    if (socket >= 0)
        ::close(socket);
    return -1;
}

bool waitFor(int socket, short events, Clock::time_point deadline)
{
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd waiting{socket, events, 0};
    return left > 0 && ::poll(&waiting, 1, static_cast<int>(left)) == 1;
}

bool sendAll(int socket, const QByteArray &line, Clock::time_point deadline)
{
    qsizetype sent = 0;
    while (sent < line.size()) {
        if (!waitFor(socket, POLLOUT, deadline))
            return false;
        const ssize_t n = ::send(socket, line.constData() + sent, static_cast<std::size_t>(line.size() - sent), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            return false;
        sent += n > 0 ? n : 0;
    }
    return true;
}

bool isTaken(int socket, Clock::time_point deadline)
{
    QByteArray answer;
    while (answer.size() < static_cast<qsizetype>(sizeof kHandoverTaken - 1) && waitFor(socket, POLLIN, deadline)) {
        char bytes[16];
        const ssize_t n = ::recv(socket, bytes, sizeof bytes, 0);
        if (n <= 0)
            break;
        answer.append(bytes, n);
    }
    return answer == kHandoverTaken;
}

} // namespace

QByteArray handoverLine(const Handover &handover)
{
    QJsonArray files;
    for (const std::string &file : handover.files)
        files.append(QString::fromStdString(file));
    const QJsonObject line{{QStringLiteral("telltale_handover"), 1},
                           {QStringLiteral("files"), files},
                           {QStringLiteral("view"), QString::fromStdString(handover.view)},
                           {QStringLiteral("activation"), QString::fromStdString(handover.activation)}};
    return QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
}

std::optional<Handover> parseHandover(const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    if (object.value(QStringLiteral("telltale_handover")).toInt() != 1)
        return std::nullopt;
    Handover handover;
    const QJsonArray files = object.value(QStringLiteral("files")).toArray();
    for (const QJsonValue &file : files) {
        if (!file.toString().startsWith(u'/'))
            return std::nullopt; // of whatever folder
        handover.files.push_back(file.toString().toStdString());
    }
    handover.view = object.value(QStringLiteral("view")).toString().toStdString();
    handover.activation = object.value(QStringLiteral("activation")).toString().toStdString();
    return handover;
}

std::filesystem::path SingleInstance::defaultFolder()
{
    const char *runtime = std::getenv("XDG_RUNTIME_DIR");
    if (runtime && *runtime == '/' && isOwnFolder(runtime))
        return runtime;
    const char *state = std::getenv("XDG_STATE_HOME");
    const char *home = std::getenv("HOME");
    const std::filesystem::path folder =
        (state && *state == '/' ? std::filesystem::path(state) : std::filesystem::path(home ? home : ".") / ".local" / "state") / "telltale";
    std::error_code problem;
    if (std::filesystem::create_directories(folder, problem))
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, problem);
    return folder;
}

SingleInstance::SingleInstance(const std::filesystem::path &cache, const std::filesystem::path &folder)
{
    std::error_code problem;
    std::filesystem::path file = std::filesystem::weakly_canonical(std::filesystem::absolute(cache, problem), problem);
    if (problem || file.empty())
        file = cache;
    const QByteArray name = QByteArray::fromStdString(file.string());
    const QByteArray key = QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex().first(16);
    const std::filesystem::path socket = folder / ("telltale-" + key.toStdString());
    if (socket.native().size() < sizeof(sockaddr_un::sun_path))
        m_socket = socket;
}

SingleInstance::~SingleInstance()
{
    if (m_lock >= 0)
        ::close(m_lock);
}

bool SingleInstance::claim()
{
    if (m_socket.empty() || m_lock >= 0)
        return m_lock >= 0;
    const std::string path = m_socket.string() + ".lock"; // stays: to remove it would let two hold it
    const int lock = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock < 0)
        return false;
    if (::flock(lock, LOCK_EX | LOCK_NB) == 0)
        m_lock = lock;
    else
        ::close(lock);
    return m_lock >= 0;
}

bool SingleInstance::handOver(const Handover &handover, std::chrono::milliseconds patience) const
{
    const auto deadline = Clock::now() + patience;
    int socket = -1;
    while (!m_socket.empty() && (socket = connectTo(m_socket)) < 0 && Clock::now() < deadline)
        std::this_thread::sleep_for(kBetweenTries);
    if (socket < 0)
        return false;
    const bool isDone = sendAll(socket, handoverLine(handover), deadline) && isTaken(socket, deadline);
    ::close(socket);
    return isDone;
}

} // namespace telltale
