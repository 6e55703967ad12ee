// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/filtercompleter.h"

#include "models/items/itemtext.h"
#include "models/items/viewstate.h"
#include "widgets/controls/searchfield.h"
#include "widgets/pages/filterwords.h"
#include "widgets/pages/rowpainting.h"
#include "widgets/theme/mirroring.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

#include <algorithm>
#include <functional>

namespace telltale {

namespace {

constexpr int kRow = 30;
constexpr int kLeastWidth = 280;
constexpr qint64 kKnownForMs = 30'000;
constexpr std::size_t kMostSessions = 1'000; ///< looked at for devices and systems, the newest
constexpr int kDetailRole = Qt::UserRole + 1;

/// What is typed at the left, what it means or how often it is at the right.
class SuggestionDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {scaled(kLeastWidth), scaled(kRow)}; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &tokens = tokensOf(option.widget);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        mirror(painter, option.rect, option.direction);
        const QRectF rect = QRectF(option.rect).adjusted(scaled(4), 1, -scaled(4), -1);
        painter->setPen(Qt::NoPen);
        painter->setBrush(option.state.testFlag(QStyle::State_Selected) ? tokens.accentSoft : tokens.card);
        painter->drawRoundedRect(rect, size::kControlRadius, size::kControlRadius);
        const QString detail = index.data(kDetailRole).toString();
        const double width = detail.isEmpty() ? 0 : QFontMetricsF(fontFor(FontRole::Secondary)).horizontalAdvance(detail) + 2;
        paintText(painter, {rect.right() - width - scaled(8), rect.top(), width, rect.height()}, FontRole::Secondary, tokens.text2, detail,
                  Qt::AlignRight | Qt::AlignVCenter);
        paintText(painter, {rect.left() + scaled(8), rect.top(), rect.width() - width - scaled(24), rect.height()}, FontRole::Code, tokens.text, index.data().toString());
        painter->restore();
    }
};

void count(std::map<std::string, std::uint64_t> &counts, const std::string &value)
{
    if (!value.empty())
        ++counts[value];
}

template<typename Row>
Result<std::vector<FieldValue>> valuesOf(const Engine::Reply<std::vector<Row>> &rows, std::string Row::*value, std::uint64_t Row::*often)
{
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<FieldValue> values;
    for (const Row &row : rows->value)
        values.push_back({itemtext::text(row.*value), row.*often});
    return values;
}

Result<std::vector<FieldValue>> valuesOfSessions(Engine &engine, Scope scope, std::string SessionRow::*value, std::stop_token stop)
{
    scope.limit = kMostSessions;
    const auto list = engine.sessions(scope, false, std::move(stop));
    if (!list)
        return tl::unexpected(list.error());
    std::map<std::string, std::uint64_t> counts;
    for (const SessionRow &row : list->value.rows)
        count(counts, row.*value);
    std::vector<FieldValue> values;
    for (const auto &[text, often] : counts)
        values.push_back({itemtext::text(text), often});
    return values;
}

Result<std::vector<FieldValue>> valuesOfSummary(Engine &engine, std::vector<std::string> Engine::Summary::*names, std::stop_token stop)
{
    const auto summary = engine.summary(std::move(stop));
    if (!summary)
        return tl::unexpected(summary.error());
    std::vector<FieldValue> values;
    for (const std::string &name : summary->value.*names)
        values.push_back({itemtext::text(name)});
    return values;
}

using Question = std::function<Result<std::vector<FieldValue>>(Engine &, const Scope &, std::stop_token)>;

/// How the values of a field are found; none: they are not known, or whatever somebody likes.
Question questionFor(const QString &field)
{
    if (field == u"feature")
        return [](Engine &engine, const Scope &scope, std::stop_token stop) { return valuesOf(engine.features(scope, stop), &FeatureRow::feature, &FeatureRow::events); };
    if (field == u"screen")
        return [](Engine &engine, const Scope &scope, std::stop_token stop) { return valuesOf(engine.screens(scope, stop), &ScreenRow::screen, &ScreenRow::views); };
    if (field == u"error")
        return [](Engine &engine, const Scope &scope, std::stop_token stop) { return valuesOf(engine.errors(scope, stop), &ErrorGroupRow::type, &ErrorGroupRow::events); };
    if (field == u"operation")
        return [](Engine &engine, const Scope &scope, std::stop_token stop) { return valuesOf(engine.operations(scope, stop), &OperationRow::operation, &OperationRow::spans); };
    if (field == u"metric")
        return [](Engine &engine, const Scope &scope, std::stop_token stop) { return valuesOf(engine.metrics(scope, stop), &MetricRow::metric, &MetricRow::points); };
    if (field == u"release")
        return [](Engine &engine, const Scope &scope, std::stop_token stop) { return valuesOf(engine.releases(scope, stop), &ReleaseRow::release, &ReleaseRow::sessions); };
    for (const auto &[name, member] : {std::pair{u"os", &SessionRow::os}, std::pair{u"device", &SessionRow::device}}) {
        if (field == QStringView(name))
            return [member = member](Engine &engine, const Scope &scope, std::stop_token stop) { return valuesOfSessions(engine, scope, member, stop); };
    }
    if (field == u"product")
        return [](Engine &engine, const Scope &, std::stop_token stop) { return valuesOfSummary(engine, &Engine::Summary::products, stop); };
    if (field == u"environment")
        return [](Engine &engine, const Scope &, std::stop_token stop) { return valuesOfSummary(engine, &Engine::Summary::environments, stop); };
    return {};
}

/// Of rows that have the same value, as error groups of one type have.
std::vector<FieldValue> summedUp(const std::vector<FieldValue> &values)
{
    std::map<QString, std::uint64_t> sums;
    for (const FieldValue &one : values)
        sums[one.value] += one.count;
    std::vector<FieldValue> summed;
    for (const auto &[value, sum] : sums)
        summed.push_back({value, sum});
    return summed;
}

} // namespace

FilterCompleter::FilterCompleter(SearchField *field, ViewState &state, QueryRunner &queries)
    : QObject(field)
    , m_field(field)
    , m_state(state)
    , m_queries(queries)
    , m_completer(new QCompleter(this))
    , m_model(new QStandardItemModel(this))
{
    m_completer->setModel(m_model);
    m_completer->setWidget(field);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(static_cast<int>(kMostSuggestions));
    m_completer->popup()->setItemDelegate(new SuggestionDelegate(m_completer->popup()));
    m_completer->popup()->setAccessibleName(tr("What can be filtered by"));
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &FilterCompleter::take);
    connect(field, &QLineEdit::textEdited, this, &FilterCompleter::offer);
    connect(field, &SearchField::downPressed, this, &FilterCompleter::offer);
    connect(&state, &ViewState::changed, this, [this] { m_known.clear(); });
    field->installEventFilter(this);
    m_completer->popup()->installEventFilter(this); // before the completer's own
}

bool FilterCompleter::isOpen() const
{
    return m_completer->popup()->isVisible();
}

/// Also while the list below it, a window of its own, is the active one.
bool FilterCompleter::isTypedIn() const
{
    return m_field->isVisible() && m_field->window()->focusWidget() == m_field;
}

QAbstractItemView *FilterCompleter::popup() const
{
    return m_completer->popup();
}

void FilterCompleter::offer()
{
    const FilterToken token = filterTokenAt(m_field->text(), m_field->cursorPosition());
    if (token.field.isEmpty()) {
        show(token, suggestedFields(token));
        return;
    }
    if (const auto fixed = fixedValues(token.field); !fixed.empty()) {
        show(token, suggestedValues(token, fixed));
        return;
    }
    const auto known = m_known.find(token.field);
    if (known == m_known.end() || known->second.since.elapsed() > kKnownForMs)
        askValues(token.field);
    show(token, known == m_known.end() ? std::vector<FilterSuggestion>() : suggestedValues(token, known->second.values));
}

void FilterCompleter::askValues(const QString &field)
{
    Question question = questionFor(field);
    if (!question)
        return;
    Scope scope = m_state.scope(m_state.resolvedRange());
    scope.filter = {};
    m_queries.ask<Result<std::vector<FieldValue>>>(
        QStringLiteral("window.complete"), this,
        [scope, question = std::move(question)](Engine &engine, std::stop_token stop) { return question(engine, scope, std::move(stop)); },
        [this, field](const Result<std::vector<FieldValue>> &values) {
            if (!values)
                return;
            Known &known = m_known[field];
            known.values = summedUp(*values);
            known.since.start();
            // Somebody may be further by now.
            if (isTypedIn() && filterTokenAt(m_field->text(), m_field->cursorPosition()).field == field)
                offer();
        });
}

void FilterCompleter::show(const FilterToken &token, std::vector<FilterSuggestion> suggestions)
{
    m_token = token;
    // What is typed already helps nobody.
    std::erase_if(suggestions, [&](const FilterSuggestion &one) { return one.text == m_field->text().mid(token.from, token.length); });
    const bool isSame = suggestions == m_offered && isOpen();
    m_offered = std::move(suggestions);
    if (isSame)
        return;
    m_model->clear();
    for (const FilterSuggestion &one : m_offered) {
        auto *item = new QStandardItem(one.text);
        const QString detail = one.count > 0 ? itemtext::count(one.count) : token.field.isEmpty() && one.text.endsWith(u':') ? fieldInWords(one.text.chopped(1)) : QString();
        item->setData(detail, kDetailRole);
        item->setData(detail.isEmpty() ? one.text : QString(one.text + QStringLiteral(", ") + detail), Qt::AccessibleTextRole);
        m_model->appendRow(item);
    }
    if (m_offered.empty() || !isTypedIn()) {
        m_completer->popup()->hide();
        return;
    }
    const int x = m_field->inputMethodQuery(Qt::ImCursorRectangle).toRect().left();
    m_completer->complete(QRect(std::min(x, std::max(0, m_field->width() - scaled(kLeastWidth))), 0, std::min(m_field->width(), scaled(kLeastWidth + 60)), m_field->height()));
}

void FilterCompleter::take(const QString &text)
{
    const bool isField = text.endsWith(u':') || text.endsWith(u'.');
    const QString whole = m_field->text();
    const QString put = isField ? text : text + u' ';
    m_field->setText(whole.left(m_token.from) + put + whole.mid(m_token.from + m_token.length));
    m_field->setCursorPosition(m_token.from + static_cast<int>(put.size()));
    if (isField)
        offer(); // its values
}

bool FilterCompleter::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::FocusIn && static_cast<QFocusEvent *>(event)->reason() == Qt::ShortcutFocusReason)
        QMetaObject::invokeMethod(this, &FilterCompleter::offer, Qt::QueuedConnection); // what can be asked at all
    if (watched == m_completer->popup() && event->type() == QEvent::KeyPress) {
        // Else the field would have Enter first, and filter by what is only half typed.
        const int key = static_cast<QKeyEvent *>(event)->key();
        const QModelIndex chosen = m_completer->popup()->currentIndex();
        const bool takes = key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Tab;
        if ((takes && chosen.isValid()) || key == Qt::Key_Escape) {
            m_completer->popup()->hide();
            if (takes)
                take(chosen.data().toString());
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace telltale
