// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/items/comparison.h"

#include <QDialog>
#include <QMenu>

class QComboBox;

namespace telltale {

class ViewState;

/// What everything can be held against: the period before, the week before, another release, a pinned range; each with its dates
/// or names, the chosen one ticked. In the menu bar and at the toolbar's button.
class CompareMenu final : public QMenu
{
    Q_OBJECT

public:
    /// `state` is not owned and outlives the menu.
    explicit CompareMenu(ViewState &state, QWidget *parent = nullptr);
    /// In any order.
    void setReleases(const std::vector<ReleaseRow> &releases);
    /// Names, the newest first, each once.
    const QStringList &releases() const { return m_releases; }
    /// As it opens.
    void fill();

Q_SIGNALS:
    void otherReleasesRequested();

private:
    void add(const QString &text, const Comparison &comparison);

    ViewState &m_state;
    QStringList m_releases;
    Comparison m_baseline; ///< the last that was pinned
};

/// Two releases out of all: the one that is shown and the one it is held against.
class ReleasePairDialog final : public QDialog
{
    Q_OBJECT

public:
    ReleasePairDialog(const QStringList &releases, const Comparison &now, QWidget *parent = nullptr);
    Comparison comparison() const;
    QComboBox *shown() const { return m_shown; }
    QComboBox *against() const { return m_against; }

private:
    QComboBox *m_shown;
    QComboBox *m_against;
};

} // namespace telltale
