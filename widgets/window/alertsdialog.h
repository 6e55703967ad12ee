// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alertreading.h"
#include "widgets/theme/formatter.h"

#include <QDialog>
#include <QTimer>

class QLineEdit;
class QPushButton;

namespace telltale {

class AlertWatcher;
class DataTable;
class PlainLabel;
class ProgressLine;
class QueryRunner;
class TrendBars;
class ViewState;

/// The alerts there are, switched on and off, and a new one, tried on the last week while it is typed.
class AlertsDialog final : public QDialog
{
    Q_OBJECT

public:
    AlertsDialog(AlertWatcher &watcher, QueryRunner &queries, ViewState &state, Formatter formatter, QWidget *parent);

    DataTable *table() const { return m_table; }
    QLineEdit *nameField() const { return m_name; }
    QLineEdit *ruleField() const { return m_rule; }
    QLineEdit *filterField() const { return m_filter; }
    QPushButton *addButton() const { return m_add; }
    QPushButton *switchButton() const { return m_switch; }
    QPushButton *removeButton() const { return m_remove; }
    PlainLabel *replayLabel() const { return m_said; }

private:
    QWidget *makeList();
    QWidget *makeNew();
    void showChoice();
    void showRows();
    void tryLater();
    void tryNow();
    void showReplay(const Alert &alert, const Result<AlertReplay> &replay, TimeRange range);
    /// What the fields say; an error says what is wrong with them.
    Result<Alert> typed() const;

    AlertWatcher &m_watcher;
    QueryRunner &m_queries;
    ViewState &m_state;
    const Formatter m_formatter;
    DataTable *m_table = nullptr;
    PlainLabel *m_none = nullptr;
    QPushButton *m_switch = nullptr;
    QPushButton *m_remove = nullptr;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_rule = nullptr;
    QLineEdit *m_filter = nullptr;
    PlainLabel *m_said = nullptr;
    TrendBars *m_bars = nullptr;
    ProgressLine *m_progress = nullptr;
    QPushButton *m_add = nullptr;
    QTimer m_delay;
};

} // namespace telltale
