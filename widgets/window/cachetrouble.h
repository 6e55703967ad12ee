// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/window/cacherescue.h"

#include <QWidget>

#include <functional>

class QHBoxLayout;
class QPushButton;

namespace telltale {

class PlainLabel;
class ProgressLine;

/// Stands in the place of all views when the cache does not open: what is the matter, and what can be done without losing anything.
class CacheTrouble final : public QWidget
{
    Q_OBJECT

public:
    /// `cache` is the file's path. `openOther` opens another cache; empty: can not be done. Neither is owned; `rescue` outlives this.
    CacheTrouble(CacheRescue *rescue, const QString &cache, std::function<void(const QString &file)> openOther, QWidget *parent = nullptr);

    void setCondition(CacheRescue::Condition condition);
    /// Buttons as they stand, the one that is proposed first.
    QList<QPushButton *> buttons() const { return m_buttons; }

Q_SIGNALS:
    /// There is something to show, or not any more.
    void shown(bool isShown);

private:
    enum class Step { Proposal, Recovering, Recovered };
    void clear(Step step);
    void setTexts(const QString &title, const QString &detail);
    QPushButton *addButton(const QString &text, bool isPrimary, std::function<void()> act);
    void addOther();
    void begin();
    void showRecovered(const CacheRescue::Recovered &outcome);
    void showFailure(const QString &why);

    CacheRescue *m_rescue;
    QString m_cache;
    std::function<void(const QString &file)> m_openOther;
    CacheRescue::Condition m_condition = CacheRescue::Condition::Openable;
    class IconBox;
    IconBox *m_icon;
    PlainLabel *m_title, *m_detail, *m_path, *m_said;
    ProgressLine *m_line;
    QHBoxLayout *m_row;
    QList<QPushButton *> m_buttons;
};

} // namespace telltale
