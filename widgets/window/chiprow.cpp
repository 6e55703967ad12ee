// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/chiprow.h"

#include "widgets/controls/buttons.h"
#include "widgets/controls/filterchip.h"
#include "widgets/pages/filterwords.h"

namespace telltale {

namespace {

constexpr int kGap = 6;
constexpr int kLeastChip = 40;

} // namespace

ChipRow::ChipRow(QWidget *parent)
    : QWidget(parent)
    , m_more(makeLink({}, this))
{
    setAccessibleName(tr("Filters"));
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_more->hide();
    connect(m_more, &QToolButton::clicked, this, &ChipRow::editRequested);
}

void ChipRow::setTerms(const QStringList &terms)
{
    if (terms == m_terms)
        return;
    m_terms = terms;
    for (FilterChip *chip : std::as_const(m_chips)) {
        chip->hide();
        chip->deleteLater();
    }
    m_chips.clear();
    for (int i = 0; i < terms.size(); ++i) {
        auto *chip = new FilterChip(termInWords(terms.at(i)), this);
        connect(chip, &FilterChip::removeRequested, this, [this, i] { Q_EMIT removeRequested(i); });
        connect(chip, &FilterChip::clicked, this, &ChipRow::editRequested);
        chip->show();
        m_chips.append(chip);
    }
    showReasons();
    updateGeometry();
    place();
}

void ChipRow::setReasons(const QStringList &reasons)
{
    m_reasons = reasons;
    showReasons();
}

void ChipRow::showReasons()
{
    for (int i = 0; i < m_chips.size(); ++i)
        m_chips.at(i)->setUnavailable(m_reasons.value(i));
}

QSize ChipRow::sizeHint() const
{
    int width = 0;
    int height = 0;
    for (const FilterChip *chip : m_chips) {
        width += chip->sizeHint().width() + kGap;
        height = std::max(height, chip->sizeHint().height());
    }
    return {std::max(0, width - kGap), height};
}

QSize ChipRow::minimumSizeHint() const
{
    // The first one, shortened, and how many there are beside it.
    const int least = kLeastChip + (m_chips.size() > 1 ? kGap + m_more->sizeHint().width() : 0);
    return {m_chips.isEmpty() ? 0 : std::min(std::max(70, least), sizeHint().width()), sizeHint().height()};
}

void ChipRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

void ChipRow::place()
{
    m_more->setText(tr("+ %1").arg(m_chips.size()));
    const int moreWidth = m_chips.size() > 1 && sizeHint().width() > width() ? kGap + m_more->sizeHint().width() : 0;
    int x = 0;
    int hidden = 0;
    for (FilterChip *chip : std::as_const(m_chips)) {
        const QSize hint = chip->sizeHint();
        const int room = width() - x - moreWidth;
        const bool isFirst = x == 0;
        if (hidden > 0 || (!isFirst && hint.width() > room) || room < kLeastChip) {
            chip->hide();
            ++hidden;
            continue;
        }
        chip->setGeometry(x, (height() - hint.height()) / 2,
                          std::min(hint.width(), room), hint.height());
        chip->show();
        x += chip->width() + kGap;
    }
    m_more->setVisible(hidden > 0);
    if (hidden > 0) {
        m_more->setText(tr("+ %1").arg(hidden));
        const QSize hint = m_more->sizeHint();
        m_more->setGeometry(x, (height() - hint.height()) / 2, hint.width(), hint.height());
    }
}

} // namespace telltale
