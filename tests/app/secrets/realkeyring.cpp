// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/secrets/realkeyring.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusInterface>
#include <QDBusObjectPath>
#include <QDBusReply>
#include <QDBusVariant>
#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>

namespace telltale::test {
namespace {

constexpr int kPatience = 30'000;
const QString kSecrets = QStringLiteral("org.freedesktop.secrets");

// No folders of services: nothing starts on it but what we start.
constexpr char kBusConfiguration[] = R"(<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%1/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
)";

void endWithUs()
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
}

} // namespace

bool RealKeyring::isInstalled()
{
    return !QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty() &&
           !QStandardPaths::findExecutable(QStringLiteral("gnome-keyring-daemon")).isEmpty();
}

RealKeyring::~RealKeyring()
{
    stop();
}

bool RealKeyring::startBus()
{
    QFile configuration(m_folder.filePath(QStringLiteral("bus.conf")));
    if (!configuration.open(QIODevice::WriteOnly))
        return false;
    configuration.write(QString::fromLatin1(kBusConfiguration).arg(m_folder.path()).toUtf8());
    configuration.close();
    for (const char *folder : {"data", "config", "run"})
        QDir(m_folder.path()).mkpath(QString::fromLatin1(folder));
    m_folder.setAutoRemove(true);
    QFile::setPermissions(m_folder.filePath(QStringLiteral("run")), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const QString address = QStringLiteral("unix:path=%1/bus").arg(m_folder.path());
    qputenv("DBUS_SESSION_BUS_ADDRESS", address.toUtf8());
    m_environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), address);
    m_environment.insert(QStringLiteral("HOME"), m_folder.path());
    m_environment.insert(QStringLiteral("XDG_DATA_HOME"), m_folder.filePath(QStringLiteral("data")));
    m_environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_folder.filePath(QStringLiteral("config")));
    m_environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_folder.filePath(QStringLiteral("run")));
    m_environment.remove(QStringLiteral("DISPLAY"));
    m_environment.remove(QStringLiteral("WAYLAND_DISPLAY"));
    m_bus = new QProcess;
    m_bus->setChildProcessModifier(endWithUs);
    m_bus->start(QStringLiteral("dbus-daemon"), {QStringLiteral("--nofork"), QStringLiteral("--nopidfile"),
                                                 QStringLiteral("--config-file=%1").arg(configuration.fileName())});
    if (QTest::qWaitFor([&] { return QFile::exists(m_folder.filePath(QStringLiteral("bus"))); }, kPatience))
        return true;
    qWarning("no bus: %s", m_bus->readAllStandardError().constData());
    return false;
}

bool RealKeyring::start()
{
    m_keyring.setProcessEnvironment(m_environment);
    m_keyring.setChildProcessModifier(endWithUs);
    m_keyring.start(QStringLiteral("gnome-keyring-daemon"),
                    {QStringLiteral("--foreground"), QStringLiteral("--unlock"), QStringLiteral("--components=secrets")});
    m_keyring.write("a password for tests\n");
    m_keyring.closeWriteChannel();
    QDBusConnectionInterface *bus = QDBusConnection::sessionBus().interface();
    if (bus && QTest::qWaitFor([&] { return bus->isServiceRegistered(kSecrets).value(); }, kPatience))
        return true;
    qWarning("no keyring: %s", m_keyring.readAllStandardError().constData());
    return false;
}

void RealKeyring::stop()
{
    if (m_keyring.state() == QProcess::NotRunning)
        return;
    m_keyring.terminate();
    if (!m_keyring.waitForFinished(kPatience)) {
        m_keyring.kill();
        m_keyring.waitForFinished();
    }
}

bool RealKeyring::lock()
{
    QDBusInterface properties(kSecrets, QStringLiteral("/org/freedesktop/secrets"), QStringLiteral("org.freedesktop.DBus.Properties"));
    const QDBusReply<QDBusVariant> collections =
        properties.call(QStringLiteral("Get"), QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("Collections"));
    if (!collections.isValid())
        return false;
    const auto paths = qdbus_cast<QList<QDBusObjectPath>>(collections.value().variant());
    QDBusInterface service(kSecrets, QStringLiteral("/org/freedesktop/secrets"), QStringLiteral("org.freedesktop.Secret.Service"));
    return !paths.isEmpty() && service.call(QStringLiteral("Lock"), QVariant::fromValue(paths)).type() == QDBusMessage::ReplyMessage;
}

} // namespace telltale::test
