// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/viewstate.h"
#include "widgets/window/popover.h"

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace telltale {

class MonthCalendar;
class PlainLabel;
class PresetButton;

/// Chooses the range: presets that follow now, presets of the past, and two fields that take what RangeParser
/// takes. What is wrong stands under the fields, and Apply waits until it is right.
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
    QString problem() const;

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addPreset(const QString &text, const QString &expression);
    void addGroup(const QString &title);
    void check();
    void apply();
    void choose(const QString &expression);
    void pickDay(const QDate &day);
    RangeParser parser() const;

    ViewState &m_state;
    std::vector<ReleaseRow> m_releases;
    QVBoxLayout *m_presets;
    QList<PresetButton *> m_buttons;
    PresetButton *m_since = nullptr;
    QLineEdit *m_from;
    QLineEdit *m_to;
    PlainLabel *m_hint;
    PlainLabel *m_zone;
    MonthCalendar *m_calendar;
    QPushButton *m_apply;
    bool m_picksEnd = false;
};

} // namespace telltale
