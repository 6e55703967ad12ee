// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/mappingmodels.h"
#include "widgets/pages/sourcecontrol.h"

#include <QDialog>
#include <QThreadPool>
#include <QTimer>

#include <memory>

class QPlainTextEdit;
class QPushButton;

namespace telltale {

class DataTable;
class PlainLabel;

/// What the messages of a broker become: rules by topic, edited as JSON, and below them the last messages with what they would
/// become by the rules as they are typed. Nothing is kept before Save. Decoding happens on another thread.
class MessageMapping final : public QDialog
{
    Q_OBJECT

public:
    MessageMapping(SourceControl *control, const QString &door, const QString &name, QWidget *parent = nullptr);
    ~MessageMapping() override; ///< waits for what is being decoded

    /// What is shown is what the rules say now.
    bool isSettled() const { return m_isRead && !m_isDecoding && !m_delay.isActive(); }

    DataTable *rules() const { return m_ruleTable; }
    DataTable *messages() const { return m_messageTable; }
    QPlainTextEdit *ruleField() const { return m_rule; }
    QPushButton *addButton() const { return m_add; }
    QPushButton *fromMessageButton() const { return m_fromMessage; }
    QPushButton *removeButton() const { return m_remove; }
    QPushButton *upButton() const { return m_up; }
    QPushButton *saveButton() const { return m_save; }
    QString problem() const; ///< what is said below the rule
    QString said() const;    ///< about messages and saving

Q_SIGNALS:
    void saved();

private:
    QWidget *makeRules();
    QWidget *makeMessages();
    void show(const Result<std::string> &text);
    void addRule(const std::string &text);
    void move(int by);
    void setRules(std::vector<MessageRuleRow> rows);
    void showChoice();
    void typed();
    void decodeLater();
    void decode();
    void decoded(std::uint64_t generation, std::vector<MessageRow> rows);
    void showState();
    void save();
    bool hasProblem() const;
    std::string mappingText(bool isWithProblems) const;

    SourceControl *m_control;
    const QString m_door;
    std::unique_ptr<MessageFeed> m_feed;
    MessageRuleModel m_ruleRows;
    MessageModel m_messageRows;
    std::size_t m_lastNumber = 0;
    std::uint64_t m_generation = 0; ///< of what is decoded; older answers are too late
    bool m_isRead = false, m_isDecoding = false, m_isShowing = false, m_isChanged = false;
    QString m_fileProblem;
    QTimer m_delay;

    DataTable *m_ruleTable = nullptr, *m_messageTable = nullptr;
    QPlainTextEdit *m_rule = nullptr;
    PlainLabel *m_problem = nullptr, *m_said = nullptr;
    QPushButton *m_add = nullptr, *m_fromMessage = nullptr, *m_up = nullptr, *m_down = nullptr, *m_remove = nullptr, *m_save = nullptr;
    QThreadPool m_workers;
};

} // namespace telltale
