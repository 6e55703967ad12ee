// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/importrow.h"

#include "widgets/controls/banner.h"
#include "widgets/controls/progressline.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace telltale {
namespace {

Tone toneOf(ImportStatus::State state)
{
    switch (state) {
    case ImportStatus::State::Done:
        return Tone::Ok;
    case ImportStatus::State::Partial:
        return Tone::Warn;
    case ImportStatus::State::Failed:
        return Tone::Bad;
    default:
        return Tone::Neutral;
    }
}

} // namespace

ImportRow::ImportRow(QWidget *parent)
    : QWidget(parent)
    , m_banner(new Banner)
    , m_line(new ProgressLine)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_banner);
    layout->addWidget(m_line);
    connect(m_banner, &Banner::closed, this, &QWidget::hide);
    hide();
}

void ImportRow::setStatus(const ImportStatus &status)
{
    const bool wasRunning = m_status.state == ImportStatus::State::Running && m_cancel;
    const bool isRunning = status.state == ImportStatus::State::Running;
    m_status = status;
    m_banner->setContent(toneOf(status.state), status.title, status.detail);
    if (isRunning != wasRunning) {
        m_banner->clearButtons();
        m_cancel = isRunning ? m_banner->addButton(tr("Cancel")) : nullptr;
        if (m_cancel) {
            m_cancel->setAccessibleName(tr("Cancel the import"));
            connect(m_cancel, &QPushButton::clicked, this, [this] {
                m_cancel->setEnabled(false); // what is on its way is still stored
                Q_EMIT cancelRequested();
            });
        }
    }
    m_banner->setClosable(!isRunning);
    m_line->setRunning(isRunning);
    m_line->setVisible(isRunning);
    m_line->setShare(status.percent < 0 ? -1 : status.percent / 100.0);
    m_banner->show();
    setVisible(status.state != ImportStatus::State::None);
}

} // namespace telltale
