// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/portal.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QStringList>
#include <QVariantMap>

namespace telltale {

namespace {

using Settings = QMap<QString, QVariantMap>;

QString service()
{
    return QStringLiteral("org.freedesktop.portal.Desktop");
}
QString path()
{
    return QStringLiteral("/org/freedesktop/portal/desktop");
}
QString interface()
{
    return QStringLiteral("org.freedesktop.portal.Settings");
}
QString appearance()
{
    return QStringLiteral("org.freedesktop.appearance");
}

} // namespace

Portal::Portal(QObject *parent)
    : QObject(parent)
{}

void Portal::start()
{
    // Without an address Qt would try to launch a bus of its own, which costs time and a line on stderr.
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(service(), path(), interface(), QStringLiteral("SettingChanged"), this,
                SLOT(take(QString, QString, QDBusVariant)));
    readAll();
}

void Portal::readAll()
{
    QDBusMessage call =
        QDBusMessage::createMethodCall(service(), path(), interface(), QStringLiteral("ReadAll"));
    call << QStringList{appearance()};
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, 3000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *finished) {
        finished->deleteLater();
        const QDBusMessage reply = finished->reply();
        if (reply.type() != QDBusMessage::ReplyMessage || reply.arguments().isEmpty())
            return;
        const auto settings = qdbus_cast<Settings>(reply.arguments().constFirst());
        bool isChanged = false;
        const QVariantMap values = settings.value(appearance());
        for (auto it = values.begin(); it != values.end(); ++it)
            isChanged = set(it.key(), it.value()) || isChanged;
        if (isChanged)
            Q_EMIT changed();
    });
}

void Portal::take(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group == appearance() && set(key, value.variant()))
        Q_EMIT changed();
}

bool Portal::set(const QString &key, const QVariant &value)
{
    const uint number = value.toUInt();
    if (key == QLatin1String("color-scheme")) {
        const auto scheme = number == 1   ? ColourScheme::Dark
                            : number == 2 ? ColourScheme::Light
                                          : ColourScheme::NoPreference;
        return std::exchange(m_colourScheme, scheme) != scheme;
    }
    if (key == QLatin1String("contrast"))
        return std::exchange(m_isContrastHigh, number == 1) != (number == 1);
    if (key == QLatin1String("reduced-motion"))
        return std::exchange(m_isMotionReduced, number == 1) != (number == 1);
    return false;
}

} // namespace telltale
