// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/sidebar.h"

#include "widgets/controls/lamp.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/pages/rowpainting.h"
#include "widgets/pages/sourcedetail.h"
#include "widgets/theme/mirroring.h"
#include "widgets/theme/style.h"

#include <QListView>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <cmath>

namespace telltale {

namespace {

constexpr int kSourceRow = 38;

/// A source in two lines: lamp, name, rate or lateness; protocol and releases below. In the rail the lamp
/// alone.
class SourceDelegate final : public QStyledItemDelegate
{
public:
    SourceDelegate(const bool *isRail, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_isRail(isRail)
    {}

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {scaled(40), scaled(*m_isRail ? 24 : kSourceRow)};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &tokens = tokensOf(option.widget);
        const auto state = static_cast<SourceState>(index.data(SourceModel::StateRole).toInt());
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        mirror(painter, option.rect, option.direction);
        const QRectF rect = option.rect;
        if (*m_isRail) {
            paintLamp(painter, rect.center(), Lamp::kSidebar, lampStateOf(state), tokens);
            painter->restore();
            return;
        }
        const double line = scaled(16);
        const double top = rect.top() + scaled(2);
        paintLamp(painter, {rect.left() + scaled(26), top + line / 2}, Lamp::kSidebar, lampStateOf(state), tokens);
        const double rate = index.data(SourceModel::RateRole).toDouble();
        const QString right =
            state != SourceState::Live ? index.siblingAtColumn(SourceModel::State).data().toString()
            : rate >= 0.95             ? SourceModel::tr("%1/s").arg(QLocale().toString(std::llround(rate)))
            : rate > 0                 ? SourceModel::tr("%1/s").arg(QLocale().toString(rate, 'f', 1))
                                       : SourceModel::tr("live");
        painter->setFont(fontFor(FontRole::AxisStrong));
        const double rightWidth = painter->fontMetrics().horizontalAdvance(right) + 3;
        const double left = rect.left() + scaled(42);
        const double end = rect.right() - scaled(16);
        paintText(painter, {left, top, end - left - rightWidth - 4, line}, FontRole::SecondaryStrong,
                  tokens.text, index.data().toString());
        paintText(painter, {end - rightWidth, top, rightWidth, line}, FontRole::AxisStrong, tokens.text2,
                  right, Qt::AlignRight | Qt::AlignVCenter);
        paintText(painter, {left, top + line - 1, end - left, line}, FontRole::Axis, tokens.text2,
                  index.data(SourceModel::DetailRole).toString());
        painter->restore();
    }
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override
    {
        Q_UNUSED(option);
        if (!index.isValid())
            return false;
        view->setToolTip(index.data().toString() + QStringLiteral(", ") +
                         index.siblingAtColumn(SourceModel::State).data().toString());
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    }

private:
    const bool *m_isRail;
};

} // namespace

/// Product and environment with the brand's lamp; opens the menu to switch.
class ProductButton final : public QAbstractButton
{
public:
    explicit ProductButton(QWidget *parent)
        : QAbstractButton(parent)
    {
        setFocusPolicy(Qt::TabFocus);
        setFixedHeight(scaled(48));
    }
    void set(const QString &product, const QString &environment)
    {
        setText(product);
        m_environment = environment;
        setAccessibleName(Sidebar::tr("Product: %1, environment: %2").arg(product, environment));
        setToolTip(product + u'\n' + environment);
        update();
    }
    bool isRail = false;

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = tokensOf(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        mirror(&painter, this);
        const double icon = scaled(32);
        const double left = isRail ? (width() - icon) / 2 : scaled(16);
        if (underMouse()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(tokens.hover);
            painter.drawRoundedRect(QRectF(rect()).adjusted(8, 2, -8, -2), size::kCardRadius,
                                    size::kCardRadius);
        }
        paintBrand(&painter, {left, (height() - icon) / 2, icon, icon});
        if (!isRail) {
            const double text = left + icon + scaled(10);
            const double end = width() - scaled(38);
            const double line = scaled(17);
            paintText(&painter, {text, height() / 2.0 - line, end - text, line}, FontRole::BodyStrong,
                      tokens.text, this->text());
            paintText(&painter, {text, height() / 2.0, end - text, line}, FontRole::Secondary, tokens.text2,
                      m_environment);
            const double arrow = scaled(14);
            paintIcon(&painter, IconId::ChevronDown,
                      QRectF(width() - scaled(30), (height() - arrow) / 2, arrow, arrow), tokens.text2);
        }
        if (showsFocus(this))
            drawFocusRing(&painter, QRectF(rect()).adjusted(8, 2, -8, -2), size::kCardRadius, tokens);
    }

private:
    QString m_environment;
};

Sidebar::Sidebar(SourceModel *sources, QWidget *parent)
    : QWidget(parent)
    , m_product(new ProductButton(this))
    , m_productMenu(new QMenu(this))
    , m_views(new QVBoxLayout)
    , m_sources(new QListView(this))
    , m_sourcesTitle(new PlainLabel(tr("SOURCES"), FontRole::GroupLabel, Ink::Text2))
    , m_waiting(new NavButton(IconId::Connect, tr("Connect an app"), this))
    , m_settings(new NavButton(IconId::Settings, tr("Settings"), this))
{
    setAccessibleName(tr("Sidebar"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 6);
    layout->setSpacing(0);
    layout->addWidget(m_product);
    layout->addSpacing(6);
    m_views->setContentsMargins(0, 0, 0, 0);
    m_views->setSpacing(4);
    layout->addLayout(m_views);
    layout->addStretch(1);
    auto *title = new QHBoxLayout;
    title->setContentsMargins(scaled(18), 0, scaled(18), scaled(4));
    title->addWidget(m_sourcesTitle);
    layout->addLayout(title);
    m_sources->setModel(sources);
    m_sources->setAccessibleName(tr("Sources"));
    m_sources->setItemDelegate(new SourceDelegate(&m_isRail, m_sources));
    m_sources->setFrameShape(QFrame::NoFrame);
    m_sources->setSelectionMode(QAbstractItemView::NoSelection);
    m_sources->setFocusPolicy(Qt::TabFocus);
    m_sources->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_sources->viewport()->setAutoFillBackground(false);
    layout->addWidget(m_sources);
    const auto choose = [this](const QModelIndex &index) { Q_EMIT sourceChosen(index.data(KeyRole).toString()); };
    connect(m_sources, &QListView::clicked, this, choose);
    connect(m_sources, &QListView::activated, this, choose);
    m_waiting->setCheckable(false);
    layout->addWidget(m_waiting);
    layout->addSpacing(13); // the hairline stands here
    m_settings->setCheckable(false);
    layout->addWidget(m_settings);
    connect(m_settings, &QAbstractButton::clicked, this, &Sidebar::settingsRequested);

    connect(m_product, &QAbstractButton::clicked, this, [this] {
        fillProductMenu();
        m_productMenu->popup(m_product->mapToGlobal(QPoint(8, m_product->height())));
    });
    connect(m_waiting, &QAbstractButton::clicked, this, &Sidebar::connectRequested);
    connect(sources, &QAbstractItemModel::rowsInserted, this, &Sidebar::fitSources);
    connect(sources, &QAbstractItemModel::rowsRemoved, this, &Sidebar::fitSources);
    connect(sources, &QAbstractItemModel::modelReset, this, &Sidebar::fitSources);
    setRail(false);
    setCurrentProduct({}, {});
}

NavButton *Sidebar::addView(const QString &id, IconId icon, const QString &name)
{
    auto *button = new NavButton(icon, name, this);
    m_views->addWidget(button);
    m_buttons[id] = button;
    connect(button, &QAbstractButton::clicked, this, [this, id] { Q_EMIT viewChosen(id); });
    return button;
}

void Sidebar::setCurrentView(const QString &id)
{
    for (const auto &[name, button] : m_buttons)
        button->setChecked(name == id);
}

NavButton *Sidebar::viewButton(const QString &id) const
{
    const auto found = m_buttons.find(id);
    return found == m_buttons.end() ? nullptr : found->second;
}

void Sidebar::setProducts(const QStringList &products, const QStringList &environments)
{
    m_products = products;
    m_environments = environments;
    setCurrentProduct(m_currentProduct, m_currentEnvironment);
}

void Sidebar::setCurrentProduct(const QString &product, const QString &environment)
{
    m_currentProduct = product;
    m_currentEnvironment = environment;
    const QString shownProduct = !product.isEmpty()       ? product
                                 : m_products.size() == 1 ? m_products.front()
                                 : m_products.isEmpty()   ? QStringLiteral("Telltale")
                                                          : tr("All products");
    const QString shownEnvironment = !environment.isEmpty()       ? environment
                                     : m_environments.size() == 1 ? m_environments.front()
                                     : m_environments.isEmpty()
                                         ? (m_products.isEmpty() ? tr("no data yet") : tr("no environment"))
                                         : tr("all environments");
    m_product->set(shownProduct, shownEnvironment);
}

void Sidebar::fillProductMenu()
{
    m_productMenu->clear();
    const auto add = [this](const QString &text, bool isCurrent, const QString &product,
                            const QString &environment) {
        QAction *action = m_productMenu->addAction(text);
        action->setCheckable(true);
        action->setChecked(isCurrent);
        connect(action, &QAction::triggered, this,
                [this, product, environment] { Q_EMIT productChosen(product, environment); });
    };
    m_productMenu->addSection(tr("Product"));
    add(tr("All products"), m_currentProduct.isEmpty(), {}, m_currentEnvironment);
    for (const QString &product : m_products)
        add(product, product == m_currentProduct, product, m_currentEnvironment);
    m_productMenu->addSection(tr("Environment"));
    add(tr("All environments"), m_currentEnvironment.isEmpty(), m_currentProduct, {});
    for (const QString &environment : m_environments)
        add(environment, environment == m_currentEnvironment, m_currentProduct, environment);
    m_productMenu->addSeparator();
    connect(m_productMenu->addAction(tr("Connect an app…")), &QAction::triggered, this,
            &Sidebar::connectRequested);
}

void Sidebar::setReceiver(const ReceiverStatus &status)
{
    m_waiting->setToolTip(status.state == ReceiverStatus::State::Listening
                              ? tr("Listening on port %1").arg(status.port)
                              : status.problem);
    fitSources();
}

void Sidebar::setRail(bool isRail)
{
    m_isRail = isRail;
    setFixedWidth(isRail ? scaled(size::kRailWidth) : scaled(size::kSidebarWidth));
    for (const auto &[name, button] : m_buttons)
        button->setRail(isRail);
    m_settings->setRail(isRail);
    m_waiting->setRail(isRail);
    m_product->isRail = isRail;
    m_product->update();
    m_sourcesTitle->setVisible(!isRail);
    m_sources->doItemsLayout();
    fitSources();
}

void Sidebar::fitSources()
{
    const int rows = m_sources->model()->rowCount();
    const int row = scaled(m_isRail ? 24 : kSourceRow);
    const int most = std::max(1, (height() - scaled(420)) / row);
    m_sources->setFixedHeight(std::min(rows, most) * row + (rows > 0 ? 2 : 0));
    m_sources->setVisible(rows > 0);
    m_sourcesTitle->setVisible(rows > 0 && !m_isRail);
    m_waiting->setVisible(rows == 0);
}

void Sidebar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitSources();
}

void Sidebar::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensOf(this);
    QPainter painter(this);
    painter.fillRect(rect(), tokens.sidebar);
    painter.fillRect(QRect(12, m_settings->y() - 7, width() - 24, 1), tokens.border);
}

} // namespace telltale
