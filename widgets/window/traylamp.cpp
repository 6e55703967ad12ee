// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/traylamp.h"

#include "widgets/theme/style.h"
#include "widgets/window/windowactions.h"

#include <QPainter>
#include <QPixmap>

#include <utility>

namespace telltale {
namespace {

constexpr int kSizes[] = {16, 22, 24, 32, 48, 64};
constexpr double kShare = 0.46; ///< of the icon that the lamp itself takes; the rest is for its halo
constexpr qsizetype kLongestNotification = 300;
constexpr qsizetype kMostAlerts = 3;
constexpr qsizetype kLongestTitle = 60;

} // namespace

TrayLamp::TrayLamp(WindowActions &actions, QObject *parent)
    : QObject(parent)
{
    connect(m_menu.addAction(tr("&Show Telltale")), &QAction::triggered, this, &TrayLamp::windowRequested);
    m_menu.addAction(actions.pause);
    m_menu.addAction(actions.alerts);
    m_afterAlerts = m_menu.addSeparator();
    m_menu.addAction(actions.quit);
    m_icon.setContextMenu(&m_menu);
    m_icon.setIcon(icon(m_state));
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            Q_EMIT windowRequested();
    });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &TrayLamp::notificationClicked);
    setStatus(m_state, {});
    m_icon.show();
}

QIcon TrayLamp::icon(LampState state)
{
    QIcon icon;
    for (const int size : kSizes) {
        QPixmap picture(size, size);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::Antialiasing);
        paintLamp(&painter, QPointF(size / 2.0, size / 2.0), size * kShare, state, tokensOf(nullptr));
        painter.end();
        icon.addPixmap(picture);
    }
    return icon;
}

void TrayLamp::setStatus(LampState state, const QString &detail)
{
    if (state != m_state) {
        m_state = state;
        m_icon.setIcon(icon(state));
    }
    const QString word = lampWord(state);
    m_icon.setToolTip(detail.isEmpty() ? tr("Telltale: %1").arg(word) : tr("Telltale: %1, %2").arg(word, detail));
}

void TrayLamp::setAlerts(const std::vector<AlertMoment> &moments, const Formatter &words)
{
    qDeleteAll(std::exchange(m_alerts, {}));
    for (auto moment = moments.rbegin(); moment != moments.rend() && m_alerts.size() < kMostAlerts; ++moment) {
        QString title = moment->title.left(kLongestTitle);
        title.replace(u'&', QStringLiteral("&&")); // names of strangers set no mnemonics
        auto *action = new QAction(tr("%1  %2", "when, which alert").arg(words.time(moment->at), title), &m_menu);
        connect(action, &QAction::triggered, this, [this, chosen = *moment] { Q_EMIT alertChosen(chosen); });
        m_menu.insertAction(m_afterAlerts, action);
        m_alerts.append(action);
    }
}

void TrayLamp::notify(const QString &title, const QString &sentence)
{
    // Some desktops read HTML in notifications; telemetry is never that.
    const auto plain = [](QString text) { return text.left(kLongestNotification).replace(u'<', QStringLiteral("‹")).replace(u'>', QStringLiteral("›")).replace(u'&', u'+'); };
    m_icon.showMessage(plain(title), plain(sentence), icon(LampState::Late));
}

} // namespace telltale
