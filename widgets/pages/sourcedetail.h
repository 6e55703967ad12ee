// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/sourcemodel.h"
#include "widgets/controls/lamp.h"
#include "widgets/pages/page.h"
#include "widgets/pages/sourcecontrol.h"
#include "widgets/pages/sourceforms.h"

class QGridLayout;
class QHBoxLayout;
class QPushButton;
class QVBoxLayout;

namespace telltale {

class CodeView;
class PlainLabel;

LampState lampStateOf(SourceState state);

/// Everything about one source or door, and what can be done with it; or the fields to add and edit one.
class SourceDetail final : public QWidget
{
    Q_OBJECT

public:
    SourceDetail(const PageContext &context, SourceControl *control, QWidget *parent = nullptr);

    void showNothing();
    void showSender(const SourceRow &row, Instant now);
    void showDoor(const DoorRow &row, Instant now);
    /// Fields for a new door of this kind, or for that one.
    void edit(const SourceKind &kind, const QString &door);
    bool isEditing() const { return m_form != nullptr; }
    const QString &door() const { return m_door; }
    SourceForm *form() const { return m_form; }

    QPushButton *pauseButton() const { return m_pause; }
    QPushButton *editButton() const { return m_edit; }
    QPushButton *testButton() const { return m_test; }
    QPushButton *removeButton() const { return m_remove; }
    QPushButton *saveButton() const { return m_save; }
    QPushButton *onlyButton() const { return m_only; }
    QPushButton *mappingButton() const { return m_mapping; }
    QPushButton *fileButton() const { return m_keepInFile; }
    QString answer() const;

Q_SIGNALS:
    /// The fields were left, taken over or not.
    void editingEnded();
    void told(const QString &sentence);

private:
    void setFacts(const std::vector<std::pair<QString, QString>> &facts);
    void showButtons(std::initializer_list<QPushButton *> buttons);
    void clearForm();
    void pauseOrResume();
    void removeDoor();
    void save();
    void takeOver();
    void openMapping();
    void keepToken(TokenPlace place);
    void keepPassword(TokenPlace place);
    void showKeepInFile(const Result<void> &kept, TokenPlace place, const QString &offer, const QString &button);
    void showRefusal(const std::optional<Refusal> &refusal, Instant now);
    Settings changed(const std::function<void(Settings &)> &change) const;

    PageContext m_context;
    SourceControl *m_control;
    QString m_door;             ///< empty: a sender, or nothing
    QString m_name;
    std::optional<SourceRow> m_sender;
    bool m_isPaused = false;
    SourceForm *m_form = nullptr;

    Lamp *m_lamp;
    PlainLabel *m_title, *m_word, *m_advice, *m_answer, *m_refusalTitle, *m_refusalReason;
    QWidget *m_facts;
    QGridLayout *m_factGrid;
    std::vector<std::pair<PlainLabel *, PlainLabel *>> m_factLabels;
    CodeView *m_example;
    QVBoxLayout *m_formPlace;
    QGridLayout *m_buttons;
    std::vector<QPushButton *> m_shownButtons;
    QPushButton *m_pause, *m_edit, *m_test, *m_remove, *m_only, *m_save, *m_cancel, *m_keepInFile, *m_mapping;
};

} // namespace telltale
