// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/queryrunner.h"
#include "models/items/filtercompletion.h"

#include <QElapsedTimer>
#include <QObject>

#include <map>

class QAbstractItemView;
class QCompleter;
class QStandardItemModel;

namespace telltale {

class SearchField;
class ViewState;

/// Offers below a filter field what can be typed where the cursor stands: fields, and behind a colon the values they have in the shown time,
/// with how often. Values are asked for off this thread and remembered for half a minute. Down opens it, Enter takes what is chosen, Esc
/// closes it; nothing is chosen until somebody does. UI thread; child of the field.
class FilterCompleter final : public QObject
{
    Q_OBJECT

public:
    /// Not owned; both outlive the field.
    FilterCompleter(SearchField *field, ViewState &state, QueryRunner &queries);

    /// What is offered now; for tests and for whoever counts.
    const std::vector<FilterSuggestion> &offered() const { return m_offered; }
    bool isOpen() const;
    QAbstractItemView *popup() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool isTypedIn() const;
    void offer();
    void show(const FilterToken &token, std::vector<FilterSuggestion> suggestions);
    void askValues(const QString &field);
    void take(const QString &text);

    struct Known
    {
        std::vector<FieldValue> values;
        QElapsedTimer since;
    };

    SearchField *m_field;
    ViewState &m_state;
    QueryRunner &m_queries;
    QCompleter *m_completer;
    QStandardItemModel *m_model;
    std::vector<FilterSuggestion> m_offered;
    FilterToken m_token;
    std::map<QString, Known> m_known; ///< by field
};

} // namespace telltale
