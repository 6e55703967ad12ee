// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QDBusPendingCallWatcher;
class QDBusVariant;
class QString;
class QVariant;

namespace telltale {

/// What the desktop says about appearance: org.freedesktop.portal.Settings, namespace org.freedesktop.appearance. Never blocks; where there
/// is no session bus or no portal, nothing is ever said.
class Portal final : public QObject
{
    Q_OBJECT

public:
    enum class ColourScheme { NoPreference, Dark, Light };

    explicit Portal(QObject *parent = nullptr);

    /// Asks, and listens for changes.
    void start();
    ColourScheme colourScheme() const { return m_colourScheme; }
    bool isContrastHigh() const { return m_isContrastHigh; }
    bool isMotionReduced() const { return m_isMotionReduced; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void take(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void readAll();
    bool set(const QString &key, const QVariant &value);

    ColourScheme m_colourScheme = ColourScheme::NoPreference;
    bool m_isContrastHigh = false;
    bool m_isMotionReduced = false;
};

} // namespace telltale
