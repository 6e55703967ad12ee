// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/askedengine.h"
#include "widgets/theme/formatter.h"

#include <QDialog>
#include <QString>

#include <utility>
#include <vector>

namespace telltale {

/// Where the numbers of a panel come from, in words.
struct Explanation
{
    /// One question behind the panel.
    struct Way
    {
        QString range, plan, sample;
        QString command;         ///< for a shell
        bool isOnlyNear = false; ///< it asks nearly the same
        QString problem{};       ///< why there is no answer; then without plan and sample

        /// How it was answered, or that it was not.
        QString heading() const;
        QString outcome() const;
    };

    QString title;
    std::vector<std::pair<QString, QString>> meanings; ///< a word and what it means
    std::vector<std::pair<QString, QString>> asked;    ///< product, range, zone, filter
    std::vector<Way> ways;

    /// All of it, to be pasted.
    QString text() const;
};

/// `cache`: the file that is shown; empty: the default one.
Explanation explain(const QString &title, std::vector<std::pair<QString, QString>> asked, const std::vector<AskedQuestion> &questions,
                    const Formatter &words, const QString &cache);

/// "Explain this number": reads an explanation to people, who can copy it and the commands.
class ExplanationDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit ExplanationDialog(const Explanation &explanation, QWidget *parent = nullptr);
};

} // namespace telltale
