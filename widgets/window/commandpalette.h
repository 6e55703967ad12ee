// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/window/palettemodel.h"

#include <QWidget>

class QLineEdit;
class QListView;

namespace telltale {

/// One field for everything that has a name: commands with their keys, views, releases, features, errors. Floats over the dimmed window;
/// arrows choose, Enter runs, Esc or a click beside it closes.
class CommandPalette final : public QWidget
{
    Q_OBJECT

public:
    explicit CommandPalette(QWidget *window);

    /// Empties the field and shows itself; entries may come later, too.
    void open(std::vector<PaletteEntry> entries);
    /// More entries, while it is open.
    void setEntries(std::vector<PaletteEntry> entries);
    void close();
    /// Ids of what was run, the newest first.
    const QStringList &recent() const { return m_recent; }
    void setRecent(const QStringList &ids);
    QLineEdit *field() const { return m_field; }
    QListView *list() const { return m_list; }
    PaletteModel &model() { return m_model; }

Q_SIGNALS:
    void recentChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QRect panel() const;
    void layOut();
    void choose(int row);
    void run(int row);

    PaletteModel m_model;
    QStringList m_recent;
    QLineEdit *m_field;
    QListView *m_list;
    QWidget *m_before = nullptr; ///< had the focus
};

} // namespace telltale
