// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alertbook.h"
#include "models/items/describedtable.h"

namespace telltale {

/// An alert with what it says now; nothing while it is off or was not read yet.
struct AlertRow
{
    Alert alert;
    std::optional<AlertReading> reading;
    friend bool operator==(const AlertRow &, const AlertRow &) = default;
};

/// Alerts, one row each.
class AlertModel final : public DescribedTable<AlertRow>
{
    Q_OBJECT

public:
    enum Column { Name, Rule, Now };

    explicit AlertModel(QObject *parent = nullptr);
    /// "28 now", "off", "2 errors".
    static QString nowText(const AlertRow &row);
    /// A value of this rule's measure: "28", "97.5 %", "812 ms".
    static QString valueText(const AlertRule &rule, double value);

protected:
    std::string keyOf(const AlertRow &row) const override { return row.alert.name; }
};

/// What a person is told: a title and a sentence.
std::pair<QString, QString> alertWords(const Alert &alert, const AlertNews &news);

} // namespace telltale
