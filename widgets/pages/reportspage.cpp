// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/reportspage.h"

#include "models/telemetry/timeformat.h"
#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/printing.h"
#include "widgets/pages/rowpainting.h"
#include "widgets/report/composer.h"
#include "widgets/report/panelpart.h"
#include "widgets/theme/mirroring.h"
#include "widgets/theme/style.h"

#include <QCheckBox>
#include <QDesktopServices>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QUndoCommand>
#include <QUndoStack>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace telltale {

/// What a worker hands over: the document and its pages.
struct ReportsPage::Made
{
    ReportDocument document;
    std::shared_ptr<const ReportPages> pages;
    Formatter formatter;
};

namespace {

constexpr int kChoiceWidth = 336;
constexpr int kSectionRow = 40;
constexpr int kSectionGap = 5;
constexpr int kTypingPauseMs = 250;
constexpr int kLiveRefreshMs = 15'000; ///< a preview that jumps every second is none

/// A section as a small card: handle, tick, name, what it holds.
class SectionDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {scaled(200), scaled(kSectionRow) + kSectionGap};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &tokens = tokensOf(option.widget);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        mirror(painter, option.rect, option.direction);
        const QRectF card = cardOf(option.rect);
        const bool isCurrent = option.state.testFlag(QStyle::State_HasFocus);
        painter->setPen(QPen(tokens.border, 1));
        painter->setBrush(option.state.testFlag(QStyle::State_MouseOver) ? tokens.row : tokens.inset);
        painter->drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), size::kControlRadius, size::kControlRadius);
        const double handle = scaled(14);
        paintIcon(painter, IconId::Drag, QRectF(card.left() + scaled(8), card.center().y() - handle / 2, handle, handle),
                  tokens.text3);
        const bool isChosen = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
        const QRectF box = boxOf(option.rect);
        painter->setPen(QPen(isChosen ? tokens.accentFill : tokens.borderStrong, 1.4));
        painter->setBrush(isChosen ? tokens.accentFill : tokens.card);
        painter->drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), size::kBarRadius, size::kBarRadius);
        if (isChosen)
            paintIcon(painter, IconId::Check, box.adjusted(2, 2, -2, -2), tokens.onAccent);
        const double left = box.right() + scaled(10);
        const double line = scaled(17);
        const double width = card.right() - left - scaled(8);
        paintText(painter, {left, card.center().y() - line, width, line}, FontRole::BodyStrong,
                  isChosen ? tokens.text : tokens.text3, index.data().toString());
        paintText(painter, {left, card.center().y(), width, line}, FontRole::Secondary,
                  isChosen ? tokens.text2 : tokens.text3, index.data(SectionModel::ContentsRole).toString());
        if (isCurrent && option.widget && showsFocus(option.widget))
            drawFocusRing(painter, card, size::kControlRadius, tokens);
        painter->restore();
    }
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override
    {
        const auto toggle = [&] {
            const bool isChosen = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
            return model->setData(index, isChosen ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
        };
        if (event->type() == QEvent::MouseButtonRelease) {
            const auto *mouse = static_cast<QMouseEvent *>(event);
            const double target = std::max<double>(size::kHitArea, boxOf(option.rect).width());
            QPointF centre = boxOf(option.rect).center();
            if (option.direction == Qt::RightToLeft) // as it was painted
                centre.setX(2 * QRectF(option.rect).center().x() - centre.x());
            if (mouse->button() == Qt::LeftButton &&
                QRectF(centre.x() - target / 2, centre.y() - target / 2, target, target).contains(mouse->position()))
                return toggle();
        }
        if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space)
            return toggle();
        return false;
    }

private:
    static QRectF cardOf(const QRect &rect) { return QRectF(rect).adjusted(0, 0, 0, -kSectionGap); }
    static QRectF boxOf(const QRect &rect)
    {
        const QRectF card = cardOf(rect);
        const double side = scaled(17);
        return {card.left() + scaled(30), card.center().y() - side / 2, side, side};
    }
};

/// A panel comes into the report, or goes.
class PanelCommand final : public QUndoCommand
{
public:
    PanelCommand(SectionModel &sections, int number, std::shared_ptr<const ReportPart> panel, bool isAdding)
        : m_sections(sections)
        , m_number(number)
        , m_panel(std::move(panel))
        , m_isAdding(isAdding)
    {
        setText(isAdding ? ReportsPage::tr("add “%1” to the report").arg(m_panel->title)
                         : ReportsPage::tr("remove “%1” from the report").arg(m_panel->title));
    }
    void redo() override { m_isAdding ? add() : remove(); }
    void undo() override { m_isAdding ? remove() : add(); }

private:
    void add() { m_sections.addPanel(m_number, m_panel, m_row); }
    void remove() { m_row = m_sections.removePanel(m_number); }

    SectionModel &m_sections;
    int m_number;
    std::shared_ptr<const ReportPart> m_panel;
    bool m_isAdding;
    int m_row = -1;
};

QString fromStd(const std::string &text)
{
    return QString::fromStdString(text);
}

} // namespace

ReportsPage::ReportsPage(const PageContext &context, QWidget *parent)
    : Page(context, parent)
{
    for (int text = 0; text <= static_cast<int>(PrintText::Code); ++text)
        static_cast<void>(printFont(static_cast<PrintText>(text))); // made here, used on workers
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(size::kCardGap);
    layout->addWidget(makeChoice());
    layout->addWidget(makePreview(), 1);

    m_delay.setSingleShot(true);
    connect(&m_delay, &QTimer::timeout, this, &ReportsPage::refreshWhenShown);
    connect(&m_sections, &SectionModel::changed, this, [this] {
        m_notes->setVisible(m_sections.isChosen(ReportSection::Notes));
        askLater();
    });
    connect(m_title, &QLineEdit::textChanged, this, &ReportsPage::askLater);
    connect(m_notes, &QPlainTextEdit::textChanged, this, &ReportsPage::askLater);
    connect(m_paper, &SegmentedControl::currentChanged, this, &ReportsPage::askLater);
    connect(m_identities, &QCheckBox::toggled, this, &ReportsPage::askLater);
    connect(m_format, &SegmentedControl::currentChanged, this, &ReportsPage::showFormat);
    connect(m_export, &QPushButton::clicked, this, &ReportsPage::chooseFile);
    connect(m_open, &QToolButton::clicked, this, [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_writtenPath)); });
    connect(m_back, &QToolButton::clicked, this, [this] { m_preview->setPage(m_preview->page() - 1); });
    connect(m_forward, &QToolButton::clicked, this, [this] { m_preview->setPage(m_preview->page() + 1); });
    connect(m_preview, &PagePreview::pageChanged, this, [this](int page, int count) {
        m_pageText->setText(count == 0 ? QString() : tr("Page %1 of %2").arg(page + 1).arg(count));
        m_back->setEnabled(page > 0);
        m_forward->setEnabled(page + 1 < count);
    });
    connect(m_previewPanel, &Panel::retryRequested, this, &ReportsPage::refreshWhenShown);
    showFormat();
}

QWidget *ReportsPage::makeChoice()
{
    auto *card = new Card(this);
    card->setHeaderVisible(false);
    card->setFixedWidth(scaled(kChoiceWidth));
    QVBoxLayout *content = card->content();
    content->setSpacing(scaled(6));
    auto *head = new QHBoxLayout;
    head->addWidget(new PlainLabel(tr("Title"), FontRole::BodyMedium, Ink::Text2), 1);
    auto *more = makeIconButton(IconId::More, tr("Templates and printing"), card, true);
    more->setPopupMode(QToolButton::InstantPopup);
    more->setMenu(makeMenu());
    head->addWidget(more);
    content->addLayout(head);
    m_title = new QLineEdit(card);
    m_title->setAccessibleName(tr("Title of the report"));
    m_title->setPlaceholderText(tr("Product report"));
    m_title->setMaxLength(200);
    m_title->setTextMargins(6, 0, 6, 0);
    content->addWidget(m_title);
    content->addSpacing(scaled(4));

    auto *listHead = new QHBoxLayout;
    listHead->addWidget(new PlainLabel(tr("Sections, drag to reorder"), FontRole::BodyMedium, Ink::Text2), 1);
    auto *up = makeIconButton(IconId::ArrowUp, tr("Move the section up (Alt+Up)"), card, true);
    auto *down = makeIconButton(IconId::ArrowDown, tr("Move the section down (Alt+Down)"), card, true);
    listHead->addWidget(up);
    listHead->addWidget(down);
    content->addLayout(listHead);
    m_list = new QListView(card);
    m_list->setModel(&m_sections);
    m_list->setItemDelegate(new SectionDelegate(m_list));
    m_list->setAccessibleName(tr("Sections of the report"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setDefaultDropAction(Qt::MoveAction);
    m_list->setDropIndicatorShown(true);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setCurrentIndex(m_sections.index(0));
    m_list->installEventFilter(this);
    content->addWidget(m_list, 1);
    const auto move = [this](int step) {
        const int row = m_list->currentIndex().row();
        if (m_sections.moveBy(row, step))
            m_list->setCurrentIndex(m_sections.index(row + step));
    };
    connect(up, &QToolButton::clicked, this, [move] { move(-1); });
    connect(down, &QToolButton::clicked, this, [move] { move(1); });

    m_notes = new QPlainTextEdit(card);
    m_notes->setAccessibleName(tr("Notes"));
    m_notes->setPlaceholderText(tr("Notes; an empty line begins a paragraph"));
    m_notes->setFixedHeight(scaled(84));
    m_notes->setTabChangesFocus(true);
    m_notes->hide();
    content->addWidget(m_notes);

    auto *choices = new QHBoxLayout;
    m_format = new SegmentedControl(card);
    m_format->setAccessibleName(tr("Format"));
    for (const ReportFormat format : {ReportFormat::Pdf, ReportFormat::Html, ReportFormat::Xlsx, ReportFormat::Csv})
        m_format->addSegment(suffixOf(format).toUpper(), static_cast<int>(format));
    m_format->setCurrentIndex(0);
    choices->addWidget(m_format);
    choices->addStretch(1);
    content->addLayout(choices);
    auto *paperRow = new QHBoxLayout;
    paperRow->addWidget(new PlainLabel(tr("Paper"), FontRole::BodyMedium, Ink::Text2));
    paperRow->addStretch(1);
    m_paper = new SegmentedControl(card);
    m_paper->setAccessibleName(tr("Paper"));
    m_paper->addSegment(QStringLiteral("A4"));
    m_paper->addSegment(QStringLiteral("Letter"));
    const bool isLetter = QLocale().measurementSystem() == QLocale::ImperialUSSystem;
    m_paper->setCurrentIndex(isLetter ? 1 : 0);
    paperRow->addWidget(m_paper);
    content->addLayout(paperRow);
    m_identities = new QCheckBox(tr("Name users and whole session ids"), card);
    m_identities->setToolTip(m_identities->text());
    m_identities->setMinimumWidth(scaled(120)); // elided when it must be
    content->addWidget(m_identities);
    m_hint = new PlainLabel({}, FontRole::Secondary, Ink::Text2, card);
    m_hint->setWordWrap(true);
    content->addWidget(m_hint);
    auto *doneRow = new QHBoxLayout;
    m_done = new PlainLabel({}, FontRole::Secondary, Ink::Text2, card);
    m_open = makeLink(tr("Open"), card);
    doneRow->addWidget(m_done, 1);
    doneRow->addWidget(m_open);
    m_open->hide();
    content->addLayout(doneRow);
    m_export = makeButton(IconId::Export, {}, ButtonKind::Primary, card);
    content->addWidget(m_export);
    return card;
}

QWidget *ReportsPage::makePreview()
{
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    m_preview = new PagePreview(body);
    layout->addWidget(m_preview, 1);
    auto *turning = new QHBoxLayout;
    m_back = makeIconButton(backIcon(), tr("Previous page"), body);
    m_forward = makeIconButton(forthIcon(), tr("Next page"), body);
    m_pageText = new PlainLabel({}, FontRole::Body, Ink::Text2, body);
    m_pageText->setAlignment(Qt::AlignCenter);
    turning->addStretch(1);
    turning->addWidget(m_back);
    turning->addWidget(m_pageText);
    turning->addWidget(m_forward);
    turning->addStretch(1);
    layout->addLayout(turning);
    m_previewPanel = new Panel(tr("Preview"), {}, body, this);
    return m_previewPanel;
}

QMenu *ReportsPage::makeMenu()
{
    auto *menu = m_menu = new QMenu(this);
    connect(menu->addAction(tr("&Print…")), &QAction::triggered, this, &ReportsPage::print);
    menu->addSeparator();
    connect(menu->addAction(tr("&Save as template…")), &QAction::triggered, this, &ReportsPage::saveTemplate);
    connect(menu->addAction(tr("&Open template…")), &QAction::triggered, this, &ReportsPage::loadTemplate);
    return menu;
}

ReportFormat ReportsPage::format() const
{
    return static_cast<ReportFormat>(m_format->currentData().toInt());
}

ReportRequest ReportsPage::request() const
{
    ReportRequest request;
    request.title = m_title->text().trimmed().toStdString();
    request.sections = m_sections.chosen();
    request.notes = m_notes->toPlainText().toStdString();
    request.filter = state().scope().filter.text();
    request.paper = m_paper->currentIndex() == 1 ? ReportPaper::Letter : ReportPaper::A4;
    request.hasIdentities = m_identities->isChecked();
    const TimeRange range = state().effectiveRange();
    if (state().range().isLive && !state().selection()) {
        const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(state().range().width).count();
        request.from = "-" + std::to_string(minutes) + "m";
        request.to = "now";
    } else {
        request.from = formatRfc3339(range.from);
        request.to = formatRfc3339(range.to);
    }
    return request;
}

Result<void> ReportsPage::apply(const ReportRequest &request)
{
    const Instant now = state().wallNow();
    if (!request.from.empty() || !request.to.empty()) {
        const auto to = request.to.empty() ? Result<Instant>(now) : parseTime(request.to, now);
        if (!to)
            return tl::unexpected(to.error());
        const auto from = request.from.empty() ? Result<Instant>(*to - std::chrono::hours(24 * 7)) : parseTime(request.from, now);
        if (!from)
            return tl::unexpected(from.error());
        if (*to <= *from)
            return failure(Error::Code::InvalidArgument, "the range of the template ends before it begins");
        if (const auto filtered = state().setFilterText(fromStd(request.filter)); !filtered)
            return filtered;
        const bool isLive = *to == now && !request.from.empty() && request.from.front() == '-';
        state().setRange(isLive ? RangeSpec::live(now - *from) : RangeSpec::history({*from, *to}));
    }
    m_title->setText(fromStd(request.title));
    m_notes->setPlainText(fromStd(request.notes));
    m_paper->setCurrentIndex(request.paper == ReportPaper::Letter ? 1 : 0);
    m_identities->setChecked(request.hasIdentities);
    m_sections.choose(request.sections);
    return {};
}

void ReportsPage::addPanel(const ExportTable &panel)
{
    if (panel.rows.empty())
        return;
    auto part = std::make_shared<const ReportPart>(panelPart(panel, formatter()));
    context().changes->push(new PanelCommand(m_sections, ++m_lastPanel, std::move(part), true));
}

void ReportsPage::removePanel(int number)
{
    if (auto part = m_sections.panel(number))
        context().changes->push(new PanelCommand(m_sections, number, std::move(part), false));
}

void ReportsPage::askLater()
{
    m_sinceAsked.invalidate();
    m_delay.start(kTypingPauseMs);
}

void ReportsPage::refresh()
{
    // While it follows now, what was asked a moment ago will do.
    const bool isFollowing = state().mode() == ViewState::Mode::Live && !state().selection();
    if (isFollowing && m_sinceAsked.isValid() && m_sinceAsked.elapsed() < kLiveRefreshMs && m_made)
        return;
    m_sinceAsked.start();
    const Scope scope = state().scope();
    const ReportRequest asked = request();
    const Formatter words = formatter();
    m_previewPanel->setSubtitle(state().rangeText(state().effectiveRange()));
    using MadePointer = std::shared_ptr<const Made>;
    ask<MadePointer>(
        QStringLiteral("reports.report"), m_previewPanel,
        [scope, asked, words, items = m_sections.items()](Engine &engine, std::stop_token stop) -> Result<MadePointer> {
            const auto facts = gatherFacts(engine, asked, scope, {}, stop);
            if (!facts)
                return tl::unexpected(facts.error());
            ReportDocument document = composeReport(*facts, words);
            placePanels(document, items);
            auto pages = std::make_shared<const ReportPages>(layOut(document));
            return std::make_shared<const Made>(Made{std::move(document), std::move(pages), words});
        },
        [this](const MadePointer &made) {
            m_made = made;
            m_preview->setPages(made->pages);
            m_previewPanel->showBody();
            m_export->setEnabled(true);
            showHint();
        });
}

void ReportsPage::showFormat()
{
    m_export->setText(tr("Export %1…").arg(suffixOf(format()).toUpper()));
    m_export->setAccessibleName(m_export->text());
    showHint();
}

void ReportsPage::showHint()
{
    QStringList words;
    if (format() == ReportFormat::Pdf && m_made)
        words << tr("%Ln page(s), %1.", nullptr, m_preview->pageCount()).arg(m_paper->text(m_paper->currentIndex()));
    else if (format() == ReportFormat::Html)
        words << tr("One file that asks the network for nothing; the form for screen readers.");
    else if (format() == ReportFormat::Xlsx)
        words << tr("A sheet for every chart and table.");
    else if (format() == ReportFormat::Csv)
        words << tr("One table after the other, with raw numbers.");
    words << (m_identities->isChecked() ? tr("Users and sessions are named.") : tr("User identifiers are left out."));
    m_hint->setText(words.join(QLatin1Char(' ')));
}

void ReportsPage::chooseFile()
{
    const QString suffix = suffixOf(format());
    QString name = m_title->text().trimmed().isEmpty() ? tr("Product report") : m_title->text().trimmed();
    name.replace(QLatin1Char('/'), QLatin1Char('-'));
    const QString path = QFileDialog::getSaveFileName(this, tr("Export report"), name + QLatin1Char('.') + suffix,
                                                      QStringLiteral("%1 (*.%2)").arg(suffix.toUpper(), suffix));
    if (!path.isEmpty())
        exportTo(path, format());
}

void ReportsPage::exportTo(const QString &path, ReportFormat format)
{
    if (!m_made)
        return;
    m_export->setEnabled(false);
    m_open->hide();
    m_done->setText(tr("Writing…"));
    // The pages that are seen, not those that would be asked now.
    ask<bool>(
        QStringLiteral("reports.export"), nullptr,
        [made = m_made, format, path](Engine &, std::stop_token) -> Result<bool> {
            const auto done = writeReport(made->document, format, made->formatter, path);
            if (!done)
                return tl::unexpected(done.error());
            return true;
        },
        [this, path](bool) {
            m_writtenPath = path;
            m_done->setText(tr("Saved as %1").arg(QFileInfo(path).fileName()));
            m_open->show();
            m_export->setEnabled(true);
            Q_EMIT written(path, {});
        },
        [this, path] {
            const QString problem = tr("%1 could not be written.").arg(path);
            m_done->setText(problem);
            m_export->setEnabled(true);
            Q_EMIT written(path, problem);
        });
}

void ReportsPage::print()
{
    if (!m_made)
        return;
    printPages(this, m_made->document, *m_made->pages);
}

void ReportsPage::saveTemplate()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save as template"), tr("weekly report") + QStringLiteral(".json"),
                                                      QStringLiteral("JSON (*.json)"));
    if (path.isEmpty())
        return;
    QSaveFile file(path);
    const std::string text = reportTemplate(request());
    const bool isDone = file.open(QIODevice::WriteOnly) && file.write(text.data(), static_cast<qint64>(text.size())) >= 0 && file.commit();
    m_done->setText(isDone ? tr("Saved as %1").arg(QFileInfo(path).fileName()) : tr("%1 could not be written.").arg(path));
    m_open->hide();
}

void ReportsPage::loadTemplate()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Open template"), {}, QStringLiteral("JSON (*.json)"));
    if (path.isEmpty())
        return;
    QFile file(path);
    const auto read = file.open(QIODevice::ReadOnly) ? parseReportTemplate(file.readAll().toStdString())
                                                     : Result<ReportRequest>(failure(Error::Code::Io, "the file can not be read"));
    const Result<void> applied = read ? apply(*read) : Result<void>(tl::unexpected(read.error()));
    m_done->setText(applied ? QString() : tr("That template can not be used: %1").arg(fromStd(applied.error().message)));
    m_open->hide();
}

bool ReportsPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Delete && m_sections.panelAt(m_list->currentIndex().row()) > 0) {
            removePanel(m_sections.panelAt(m_list->currentIndex().row()));
            return true;
        }
        const int step = key->key() == Qt::Key_Up ? -1 : key->key() == Qt::Key_Down ? 1 : 0;
        if (key->modifiers() == Qt::AltModifier && step != 0) {
            const int row = m_list->currentIndex().row();
            if (m_sections.moveBy(row, step))
                m_list->setCurrentIndex(m_sections.index(row + step));
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

} // namespace telltale
