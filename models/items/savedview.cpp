// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/savedview.h"

#include "models/items/pastedrange.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>

namespace telltale {

namespace {

const QString kViews = QStringLiteral("telltale_views");
const QString kName = QStringLiteral("name");
const QString kView = QStringLiteral("view");
const QString kRange = QStringLiteral("range");
const QString kFilter = QStringLiteral("filter");
const QString kProduct = QStringLiteral("product");
const QString kEnvironment = QStringLiteral("environment");
const QString kComparing = QStringLiteral("comparing");
const QString kComparison = QStringLiteral("comparison");
const QString kRelease = QStringLiteral("release");
const QString kAgainst = QStringLiteral("against_release");
const QString kBaseline = QStringLiteral("baseline");

constexpr std::array kKinds = {"previous", "last_week", "releases", "baseline"}; ///< in the order of Comparison::Kind

QString rangeText(const RangeSpec &range)
{
    if (range.isLive)
        return QStringLiteral("%1s").arg(std::chrono::duration_cast<std::chrono::seconds>(range.width).count());
    return range.expression.isEmpty() ? copiedRange(range.fixed) : range.expression;
}

Comparison comparisonOf(const QJsonObject &document, const RangeParser &parser)
{
    Comparison with;
    for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
        if (document.value(kComparison).toString() == QLatin1String(kKinds[kind]))
            with.kind = static_cast<Comparison::Kind>(kind);
    }
    with.release = document.value(kRelease).toString();
    with.otherRelease = document.value(kAgainst).toString();
    if (with.kind == Comparison::Kind::Baseline) {
        const auto baseline = parser.parse(document.value(kBaseline).toString());
        if (!baseline)
            return {};
        with.baseline = baseline->fixed;
    }
    return with;
}

} // namespace

SavedView savedView(const QString &name, const ViewState &state)
{
    const Comparison &with = state.comparison();
    QJsonObject document{{kView, state.view()}, {kRange, rangeText(state.range())}, {kComparing, state.isComparing()}, {kComparison, QLatin1String(kKinds[static_cast<std::size_t>(with.kind)])}};
    const auto put = [&document](const QString &field, const QString &value) {
        if (!value.isEmpty())
            document.insert(field, value);
    };
    put(kFilter, state.filterText());
    put(kProduct, state.product());
    put(kEnvironment, state.environment());
    put(kRelease, with.release);
    put(kAgainst, with.otherRelease);
    if (with.kind == Comparison::Kind::Baseline)
        put(kBaseline, copiedRange(with.baseline));
    return {name, document};
}

Result<void> showSavedView(const SavedView &view, ViewState &state, const RangeParser &parser)
{
    const QJsonObject &document = view.document;
    const auto range = parser.parse(document.value(kRange).toString());
    if (!range)
        return tl::unexpected(range.error());
    if (const auto filter = Filter::parse(document.value(kFilter).toString().toStdString()); !filter)
        return tl::unexpected(filter.error());
    state.setProduct(document.value(kProduct).toString(), document.value(kEnvironment).toString());
    return state.show(document.value(kView).toString(), *range, document.value(kFilter).toString(), document.value(kComparing).toBool(true), comparisonOf(document, parser));
}

QByteArray savedViewsText(const std::vector<SavedView> &views, const QJsonObject &others)
{
    QJsonArray list;
    for (const SavedView &view : views) {
        QJsonObject document = view.document;
        document.insert(kName, view.name);
        list.append(document);
    }
    QJsonObject all = others;
    all.insert(kViews, list);
    return QJsonDocument(all).toJson();
}

Result<std::vector<SavedView>> parseSavedViews(const QByteArray &text, QJsonObject &others)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(text, &problem);
    if (!document.isObject() || !document.object().value(kViews).isArray())
        return failure(Error::Code::InvalidArgument, "this is no file of saved views: " + problem.errorString().toStdString());
    others = document.object();
    others.remove(kViews);
    std::vector<SavedView> views;
    const QJsonArray list = document.object().value(kViews).toArray();
    for (const QJsonValue &one : list) {
        QJsonObject view = one.toObject();
        const QString name = view.take(kName).toString();
        if (!name.isEmpty())
            views.push_back({name, view});
    }
    return views;
}

} // namespace telltale
