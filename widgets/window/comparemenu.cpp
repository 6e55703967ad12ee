// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/comparemenu.h"

#include "models/items/itemtext.h"
#include "models/items/viewstate.h"
#include "widgets/controls/buttons.h"
#include "widgets/theme/tokens.h"

#include <QActionGroup>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>

#include <algorithm>

namespace telltale {

namespace {

constexpr int kMostPairs = 6; ///< in the menu; all others are in the dialog

} // namespace

CompareMenu::CompareMenu(ViewState &state, QWidget *parent)
    : QMenu(tr("Compare &with"), parent)
    , m_state(state)
{
    connect(this, &QMenu::aboutToShow, this, &CompareMenu::fill);
    fill(); // for whoever asks what can be done before it was opened
}

void CompareMenu::setReleases(const std::vector<ReleaseRow> &releases)
{
    std::vector<ReleaseRow> rows = releases;
    std::stable_sort(rows.begin(), rows.end(), [](const ReleaseRow &a, const ReleaseRow &b) { return a.firstSeen > b.firstSeen; });
    m_releases.clear();
    for (const ReleaseRow &row : rows) {
        const QString name = itemtext::text(row.release);
        if (!name.isEmpty() && !m_releases.contains(name))
            m_releases << name;
    }
}

void CompareMenu::add(const QString &text, const Comparison &comparison)
{
    QAction *action = addAction(text);
    action->setCheckable(true);
    action->setChecked(m_state.isComparing() && m_state.comparison() == comparison);
    connect(action, &QAction::triggered, this, [this, comparison] { m_state.setComparison(comparison); });
}

void CompareMenu::fill()
{
    clear();
    const TimeRange range = m_state.effectiveRange();
    QAction *nothing = addAction(tr("&Nothing"));
    nothing->setCheckable(true);
    nothing->setChecked(!m_state.isComparing());
    connect(nothing, &QAction::triggered, this, [this] { m_state.setComparing(false); });
    addSeparator();
    add(tr("&Previous period (%1)").arg(m_state.rangeText(ViewState::previousOf(range))), {});
    Comparison week;
    week.kind = Comparison::Kind::LastWeek;
    add(tr("&Same time last week"), week);
    addSeparator();
    for (qsizetype i = 0; i + 1 < m_releases.size() && i < kMostPairs; ++i) {
        Comparison pair;
        pair.kind = Comparison::Kind::Releases;
        pair.release = m_releases[i];
        pair.otherRelease = m_releases[i + 1];
        add(tr("Release %1 against %2").arg(pair.release, pair.otherRelease).replace(u'&', QStringLiteral("&&")), pair);
    }
    QAction *others = addAction(tr("&Two releases…"));
    others->setEnabled(m_releases.size() > 1);
    connect(others, &QAction::triggered, this, &CompareMenu::otherReleasesRequested);
    addSeparator();
    if (m_state.comparison().kind == Comparison::Kind::Baseline)
        m_baseline = m_state.comparison();
    if (m_baseline.kind == Comparison::Kind::Baseline)
        add(tr("&Baseline (%1)").arg(m_state.rangeText(m_baseline.baseline)), m_baseline);
    connect(addAction(tr("Pin what is shown as base&line")), &QAction::triggered, this, [this] { m_state.pinBaseline(); });
}

ReleasePairDialog::ReleasePairDialog(const QStringList &releases, const Comparison &now, QWidget *parent)
    : QDialog(parent)
    , m_shown(new QComboBox)
    , m_against(new QComboBox)
{
    setWindowTitle(tr("Compare two releases"));
    auto *layout = new QFormLayout(this);
    layout->setContentsMargins(size::kDialogPadding, size::kDialogPadding, size::kDialogPadding, size::kDialogPadding);
    layout->setSpacing(size::kCardGap);
    m_shown->setAccessibleName(tr("Show release"));
    m_against->setAccessibleName(tr("Against release"));
    m_shown->addItems(releases);
    m_against->addItems(releases);
    m_shown->setCurrentIndex(std::max<int>(0, static_cast<int>(releases.indexOf(now.release))));
    m_against->setCurrentIndex(now.otherRelease.isEmpty() ? std::min(1, m_against->count() - 1)
                                                          : std::max<int>(0, static_cast<int>(releases.indexOf(now.otherRelease))));
    layout->addRow(tr("&Show release"), m_shown);
    layout->addRow(tr("&Against release"), m_against);
    auto *buttons = new QHBoxLayout;
    QPushButton *compare = makeButton(tr("&Compare"), ButtonKind::Primary);
    QPushButton *cancel = makeButton(tr("Cancel"));
    compare->setDefault(true);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(compare);
    layout->addRow(buttons);
    connect(compare, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    const auto check = [this, compare] { compare->setEnabled(m_shown->currentText() != m_against->currentText()); };
    connect(m_shown, &QComboBox::currentIndexChanged, this, check);
    connect(m_against, &QComboBox::currentIndexChanged, this, check);
    check();
}

Comparison ReleasePairDialog::comparison() const
{
    Comparison pair;
    pair.kind = Comparison::Kind::Releases;
    pair.release = m_shown->currentText();
    pair.otherRelease = m_against->currentText();
    return pair;
}

} // namespace telltale
