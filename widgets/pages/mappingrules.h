// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/mappingmodels.h"
#include "models/preview/rulepreview.h"
#include "widgets/pages/page.h"
#include "widgets/pages/sourcecontrol.h"

#include <QTimer>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace telltale {

class DataTable;
class PlainLabel;
class ProgressLine;

/// Rules of one's own on top of the built-in table of a protocol: added, changed, moved, switched, removed, each of which can be
/// undone; and what a rule would have done to what was received last, while it is typed.
class MappingRules final : public QWidget
{
    Q_OBJECT

public:
    /// `control` may be null: then the tables can be looked at only.
    MappingRules(const PageContext &context, SourceControl *control, QWidget *parent = nullptr);
    ~MappingRules() override; ///< nobody asks for its preview any more

    /// Reads the rules again: another process may have changed them.
    void readAgain();
    /// Nothing is being read, written or tried.
    bool isSettled() const { return m_open == 0 && !m_isTrying && !m_delay.isActive(); }

    QComboBox *protocolBox() const { return m_protocol; }
    DataTable *table() const { return m_table; }
    DataTable *changesTable() const { return m_changes; }
    QLineEdit *ruleField() const { return m_rule; }
    QPushButton *addButton() const { return m_add; }
    QPushButton *editButton() const { return m_edit; }
    QPushButton *removeButton() const { return m_remove; }
    QPushButton *upButton() const { return m_up; }
    QPushButton *downButton() const { return m_down; }
    QPushButton *switchButton() const { return m_switch; }
    QPushButton *stopButton() const { return m_stop; }
    QString said() const;

private:
    void makeTable();
    void makeEditor();
    void showRows();
    void showChoice();
    /// Which of the entries is chosen; -1: none.
    int chosen() const;
    void move(int by);
    /// Makes the entries these, and undoable; `what` for the menu.
    void push(const QString &what, const RuleEntries &after, const std::string &chosen = {});
    void write(const RuleEntries &before, const RuleEntries &after);
    void addOrChange();
    void stopEditing();
    void tryLater();
    void tryNow();
    void showPreview(const Result<RulePreview> &preview);
    void say(const QString &sentence, bool isBad = false);

    PageContext m_context;
    SourceControl *m_control;
    RuleEntries m_entries;
    QString m_problem; ///< of the file
    RuleModel m_rows;
    RuleChangeModel m_changeRows;
    std::string m_wanted;  ///< the rule to be chosen when the rows are there
    std::string m_editing; ///< the rule that is changed; empty: a new one
    QTimer m_delay;
    int m_open = 0;
    bool m_isTrying = false;

    QComboBox *m_protocol = nullptr;
    DataTable *m_table = nullptr, *m_changes = nullptr;
    QLineEdit *m_rule = nullptr;
    QPushButton *m_up = nullptr, *m_down = nullptr, *m_switch = nullptr, *m_edit = nullptr, *m_remove = nullptr, *m_add = nullptr, *m_leave = nullptr,
                *m_stop = nullptr;
    PlainLabel *m_said = nullptr, *m_file = nullptr;
    ProgressLine *m_progress = nullptr;
};

} // namespace telltale
