// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/viewstate.h"
#include "widgets/window/livebutton.h"

#include <QWidget>

class QMenu;
class QToolButton;

namespace telltale {

class ChipRow;
class PlainLabel;
class SearchField;

/// Above each view: its title, the filter, the range with earlier and later, compare, and whether the view
/// follows now.
class Toolbar final : public QWidget
{
    Q_OBJECT

public:
    explicit Toolbar(ViewState &state, QWidget *parent = nullptr);

    /// Opened beside the compare button. Not owned.
    void setCompareMenu(QMenu *menu);
    /// Why the view that is shown does not follow the comparison, empty: it does; and in a word what it compares with all the same.
    void setComparisonNote(const QString &note, const QString &own = {});
    void setTitle(const QString &title);
    /// Connect has no range and no filter.
    void setControlsVisible(bool visible);
    void editFilter();
    LiveButton *liveButton() const { return m_live; }
    QToolButton *rangeButton() const { return m_range; }
    QToolButton *compareButton() const { return m_compare; }
    SearchField *filterField() const { return m_filterField; }
    ChipRow *chips() const { return m_chips; }
    /// Compare and filter become icons, the live button loses its detail; so they do where their words find no room.
    void setCompact(bool isCompact);

Q_SIGNALS:
    void rangePickerRequested();
    void searchRequested();
    void liveToggled();

protected:
    bool event(QEvent *event) override;

private:
    void fitWords();
    void showState();
    void showComparison();
    void applyFilter();
    void endFilter();

    ViewState &m_state;
    PlainLabel *m_title;
    ChipRow *m_chips;
    QToolButton *m_addFilter;
    SearchField *m_filterField;
    QWidget *m_right;
    QToolButton *m_search;
    QToolButton *m_earlier;
    QToolButton *m_range;
    QToolButton *m_later;
    QToolButton *m_zoomOut;
    QToolButton *m_compare;
    LiveButton *m_live;
    QToolButton *m_compareMore;
    QString m_comparisonNote;
    QString m_ownComparison;
    bool m_isAskedCompact = false;
    bool m_isCompact = false;
    int m_wordsWidth = 0; ///< that the words need
    bool m_hasControls = true;
};

} // namespace telltale
