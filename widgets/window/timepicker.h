// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/viewstate.h"
#include "widgets/window/popover.h"

#include <QList>
#include <QStringList>

class QAbstractButton;
class QLineEdit;
class QMenu;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace telltale {

class MonthCalendar;
class PlainLabel;
class PresetButton;

/// Chooses the range: presets that follow now, presets of the past, the last five ranges of one's own, and two fields that take what
/// RangeParser takes. What is wrong stands under the fields, and Apply waits until it is right. Letters typed at the presets leave those
/// that have them. The zone can be chosen at the foot.
class TimePicker final : public Popover
{
    Q_OBJECT

public:
    TimePicker(ViewState &state, QWidget *window);

    /// For "since RELEASE". Newest first.
    void setReleases(const std::vector<ReleaseRow> &releases);
    void open(const QWidget *anchor);
    QLineEdit *fromField() const { return m_from; }
    QLineEdit *toField() const { return m_to; }
    QPushButton *applyButton() const { return m_apply; }
    QToolButton *zoneButton() const { return m_zone; }
    /// The presets that are shown now, those of one's own last.
    QList<QAbstractButton *> shownPresets() const;
    QString problem() const;
    RangeParser parser() const;
    /// Remembers a range that somebody made, the newest first; `text` is what the parser reads.
    void remember(const QString &text);
    const QStringList &recent() const { return m_recent; }
    /// What remember() was given before; more than five are left out.
    void setRecent(const QStringList &recent);

Q_SIGNALS:
    void recentChanged();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addPreset(const QString &text, const QString &expression);
    QWidget *addGroup(const QString &title);
    void check();
    void apply();
    void choose(const QString &expression);
    void pickDay(const QDate &day);
    void fill();
    void fillZones(QMenu *menu);
    void showRecent();
    void showMatching(const QString &typed);

    ViewState &m_state;
    std::vector<ReleaseRow> m_releases;
    QVBoxLayout *m_presets;
    QList<PresetButton *> m_buttons;
    PresetButton *m_since = nullptr;
    QList<PresetButton *> m_recentButtons;
    QWidget *m_recentTitle = nullptr;
    QStringList m_recent;
    QString m_typed; ///< at the presets
    QLineEdit *m_from;
    QLineEdit *m_to;
    PlainLabel *m_hint;
    QWidget *m_right; ///< as wide as the zone's name needs
    QToolButton *m_zone;
    MonthCalendar *m_calendar;
    QPushButton *m_apply;
    bool m_picksEnd = false;
};

} // namespace telltale
