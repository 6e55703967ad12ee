// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/cachetrouble.h"

#include "models/items/itemtext.h"
#include "widgets/controls/buttons.h"
#include "widgets/controls/card.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/progressline.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace telltale {
namespace {

using Condition = CacheRescue::Condition;

constexpr int kIconSize = 34;
constexpr int kCardWidth = 640;
constexpr int kCardPadding = 32;
constexpr double kPercent = 100;

} // namespace

/// An icon on its own.
class CacheTrouble::IconBox final : public QWidget
{
public:
    explicit IconBox(int size) { setFixedSize(size, size); }
    void setIcon(IconId icon, Ink ink)
    {
        m_icon = icon;
        m_ink = ink;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintIcon(&painter, m_icon, QRectF(rect()), tokensOf(this).ink(m_ink));
    }

private:
    IconId m_icon = IconId::Database;
    Ink m_ink = Ink::Bad;
};

CacheTrouble::CacheTrouble(CacheRescue *rescue, const QString &cache, std::function<void(const QString &file)> openOther, QWidget *parent)
    : QWidget(parent)
    , m_rescue(rescue)
    , m_cache(cache)
    , m_openOther(std::move(openOther))
    , m_icon(new IconBox(kIconSize))
    , m_title(new PlainLabel({}, FontRole::TrackValueSmall, Ink::Text))
    , m_detail(new PlainLabel({}, FontRole::Body, Ink::Text2))
    , m_path(new PlainLabel(cache, FontRole::CodeSmall, Ink::Text3))
    , m_said(new PlainLabel({}, FontRole::Secondary, Ink::Bad))
    , m_line(new ProgressLine)
    , m_row(new QHBoxLayout)
{
    auto *card = new Card;
    card->setHeaderVisible(false);
    card->setFixedWidth(kCardWidth);
    card->setPadding({kCardPadding, kCardPadding, kCardPadding, kCardPadding});
    QVBoxLayout *content = card->content();
    content->setSpacing(8);
    content->addWidget(m_icon, 0, Qt::AlignHCenter);
    content->addSpacing(6);
    for (PlainLabel *label : {m_title, m_detail, m_path, m_said}) {
        label->setAlignment(Qt::AlignHCenter);
        label->setWordWrap(label != m_path);
        content->addWidget(label);
    }
    m_path->setElideMode(Qt::ElideMiddle);
    content->addWidget(m_line);
    content->addSpacing(10);
    m_row->setSpacing(8);
    content->addLayout(m_row);
    content->setAlignment(m_row, Qt::AlignHCenter);
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    auto *middle = new QHBoxLayout; // an alignment would forget that height follows width
    middle->addStretch(1);
    middle->addWidget(card);
    middle->addStretch(1);
    layout->addLayout(middle);
    layout->addStretch(3);
    hide();
    if (!rescue)
        return;
    connect(rescue, &CacheRescue::examined, this, &CacheTrouble::setCondition);
    connect(rescue, &CacheRescue::progressed, this, [this](int percent) {
        m_line->setShare(percent / kPercent);
        m_detail->setText(tr("Reading what can be read: %1 %").arg(QLocale().toString(percent)));
    });
    connect(rescue, &CacheRescue::recovered, this, &CacheTrouble::showRecovered);
    connect(rescue, &CacheRescue::failed, this, &CacheTrouble::showFailure);
}

void CacheTrouble::setCondition(Condition condition)
{
    m_condition = condition;
    const bool isShown = condition != Condition::Openable;
    setVisible(isShown);
    clear(Step::Proposal);
    const QString name = QFileInfo(m_cache).fileName();
    switch (condition) {
    case Condition::Openable:
        break;
    case Condition::Damaged:
        setTexts(tr("%1 is damaged").arg(name), tr("Parts of the file that everything else hangs on can not be read. What is left can be copied into a "
                                                   "new cache; the damaged file is kept, whatever you choose."));
        addButton(tr("Recover what is readable"), true, [this] { begin(); });
        addButton(tr("Start new, keep the old file"), false, [this] { m_rescue->startNew(); });
        break;
    case Condition::Newer:
        setTexts(tr("%1 was written by a newer Telltale").arg(name), tr("This one does not know its form and does not touch it. Open it with the newer one, or "
                                                                        "start a new cache here: the file is kept under another name."));
        addButton(tr("Start new, keep the old file"), false, [this] { m_rescue->startNew(); });
        break;
    case Condition::Foreign:
        setTexts(tr("%1 is no cache of Telltale").arg(name), tr("It is a database of another program. Nothing in it was changed."));
        break;
    case Condition::NoDatabase:
        setTexts(tr("%1 is no cache of Telltale").arg(name), tr("It is no database, or its beginning is damaged. Nothing in it was changed. A new cache can take its "
                                                                "place; the file is kept under another name."));
        addButton(tr("Start new, keep the old file"), false, [this] { m_rescue->startNew(); });
        break;
    case Condition::Unreadable:
        setTexts(tr("%1 can not be read").arg(name), tr("The system does not allow it, or the disk failed. Is it there, and does it belong to you?"));
        addButton(tr("Try again"), true, [this] { m_rescue->examine(); });
        break;
    }
    if (isShown)
        addOther();
    Q_EMIT shown(isShown);
}

void CacheTrouble::begin()
{
    clear(Step::Recovering);
    setTexts(tr("Recovering %1").arg(QFileInfo(m_cache).fileName()), tr("Reading what can be read"));
    m_line->setShare(-1);
    m_line->setRunning(true);
    m_line->show();
    addButton(tr("Cancel"), false, [this] { m_rescue->cancel(); });
    m_rescue->recover();
}

void CacheTrouble::showRecovered(const CacheRescue::Recovered &outcome)
{
    clear(Step::Recovered);
    QStringList sentences;
    if (outcome.lost > 0)
        sentences.append(tr("%1 could not be read and are lost.").arg(itemtext::count(outcome.lost)));
    if (outcome.remadeSessions > 0)
        sentences.append(tr("%Ln session(s) lost their name and were made again of their records.", nullptr, static_cast<int>(outcome.remadeSessions)));
    sentences.append(tr("The damaged file is kept as %1.").arg(outcome.keptAs));
    setTexts(tr("%Ln record(s) came over", nullptr, static_cast<int>(outcome.records)), sentences.join(u' '));
    addButton(tr("Open what came over"), true, [this] { m_rescue->openRecovered(); });
}

void CacheTrouble::showFailure(const QString &why)
{
    setCondition(m_condition);
    if (why.isEmpty())
        return;
    m_said->setText(why);
    m_said->show();
    setAccessibleDescription(accessibleDescription() + u' ' + why);
}

void CacheTrouble::clear(Step step)
{
    m_icon->setIcon(step == Step::Recovered ? IconId::Resolve : IconId::Database,
                    step == Step::Recovered ? Ink::Ok : step == Step::Recovering ? Ink::Text3 : Ink::Bad);
    qDeleteAll(std::exchange(m_buttons, {}));
    m_said->hide();
    m_line->setRunning(false);
    m_line->hide();
}

void CacheTrouble::setTexts(const QString &title, const QString &detail)
{
    m_title->setText(title);
    m_detail->setText(detail);
    setAccessibleName(title);
    setAccessibleDescription(detail);
}

QPushButton *CacheTrouble::addButton(const QString &text, bool isPrimary, std::function<void()> act)
{
    QPushButton *button = makeButton(text, isPrimary ? ButtonKind::Primary : ButtonKind::Normal, this);
    // The button may go while it acts.
    connect(button, &QPushButton::clicked, this, [act = std::move(act)] { act(); }, Qt::QueuedConnection);
    m_row->addWidget(button);
    m_buttons.append(button);
    button->show();
    if (m_buttons.size() == 1 && isVisible())
        button->setFocus();
    return button;
}

void CacheTrouble::addOther()
{
    if (!m_openOther)
        return;
    addButton(tr("Open another cache…"), false, [this] {
        const QString file = QFileDialog::getOpenFileName(this, tr("Open another cache"), QFileInfo(m_cache).path());
        if (!file.isEmpty())
            m_openOther(file);
    });
}

} // namespace telltale
