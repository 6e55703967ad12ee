// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/page.h"
#include "widgets/pages/sourcecontrol.h"

class QMenu;
class QPushButton;
class QSplitter;

namespace telltale {

class DataTable;
class PlainLabel;
class SourceDetail;

/// Where telemetry comes from: who sends, what it comes in through, and everything that can be done about both.
class SourcesPage final : public Page
{
    Q_OBJECT

public:
    /// `control` may be null: then senders can be looked at only.
    SourcesPage(const PageContext &context, SourceControl *control, QWidget *parent = nullptr);

    /// The sender with this key (KeyRole of SourceModel).
    void openSource(const QString &key);
    void openDoor(const QString &id);
    DataTable *senders() const { return m_senders; }
    DataTable *doors() const { return m_doorTable; }
    SourceDetail *detail() const { return m_detail; }
    QMenu *addMenu() const { return m_addMenu; }

protected:
    void refresh() override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Chosen { Nothing, Sender, Door };

    QWidget *makeSenders();
    QWidget *makeDoors();
    void fillAddMenu();
    void showDoors();
    void showDetail();
    void choose(Chosen chosen);

    SourceControl *m_control;
    DoorModel m_doors;
    DataTable *m_senders = nullptr;
    DataTable *m_doorTable = nullptr;
    Panel *m_senderPanel = nullptr;
    Panel *m_doorPanel = nullptr;
    SourceDetail *m_detail = nullptr;
    QMenu *m_addMenu = nullptr;
    PlainLabel *m_file = nullptr;
    QSplitter *m_splitter = nullptr;
    Chosen m_chosen = Chosen::Nothing;
    bool m_isChosenByPerson = false;
    bool m_isChoosing = false; ///< we, not the person
};

} // namespace telltale
