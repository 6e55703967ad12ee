// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/helpdialogs.h"

#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/theme/icons.h"
#include "widgets/window/windowactions.h"

#include <QClipboard>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QGuiApplication>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace telltale {

namespace {

class Brand final : public QWidget
{
public:
    Brand() { setFixedSize(scaled(56), scaled(56)); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        paintBrand(&painter, rect());
    }
};

QDialog *makeDialog(QWidget *parent, const QString &title)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    return dialog;
}

void addClose(QDialog *dialog, QVBoxLayout *layout)
{
    QPushButton *close = makeButton(WindowActions::tr("Close"));
    layout->addSpacing(size::kDialogPadding);
    layout->addWidget(close, 0, Qt::AlignRight);
    QObject::connect(close, &QPushButton::clicked, dialog, &QDialog::accept);
}

using KeyLine = std::pair<QString, QString>; ///< what, key

struct KeySection
{
    QString title;
    std::vector<KeyLine> lines;
};

constexpr int kKeyColumns = 3;

std::vector<KeyLine> linesOf(const QList<QAction *> &actions)
{
    std::vector<KeyLine> lines;
    for (const QAction *action : actions) {
        const QString single = action->property("singleKey").toString();
        QStringList keys = single.isEmpty() ? QStringList() : QStringList{single};
        if (single.isEmpty()) {
            for (const QKeySequence &key : action->shortcuts())
                keys.append(key.toString(QKeySequence::NativeText));
        }
        if (!keys.isEmpty())
            lines.emplace_back(action->text().section(u'\t', 0, 0).remove(u'&').remove(u'…').trimmed(), keys.join(QStringLiteral(", ")));
    }
    return lines;
}

/// What charts do by themselves; no actions stand behind it.
std::vector<KeyLine> chartKeys()
{
    return {{WindowActions::tr("Move the cursor by one (ten)"), QStringLiteral("←, → (Ctrl)")},
            {WindowActions::tr("Begin, end"), QKeySequence(Qt::Key_Home).toString(QKeySequence::NativeText) + QStringLiteral(", ") +
                                                  QKeySequence(Qt::Key_End).toString(QKeySequence::NativeText)},
            {WindowActions::tr("Select"), QKeySequence(Qt::SHIFT | Qt::Key_Left).toString(QKeySequence::NativeText) + QStringLiteral(", →")},
            {WindowActions::tr("Bands of a path"), QKeySequence(Qt::SHIFT | Qt::Key_Up).toString(QKeySequence::NativeText) + QStringLiteral(", ↓")},
            {WindowActions::tr("Flags above a chart"), QKeySequence(Qt::Key_Up).toString(QKeySequence::NativeText)},
            {WindowActions::tr("Zoom to the selection"), QKeySequence(Qt::Key_Return).toString(QKeySequence::NativeText)},
            {WindowActions::tr("Clear the selection"), QKeySequence(Qt::Key_Escape).toString(QKeySequence::NativeText)},
            {WindowActions::tr("Menu of the panel"), QKeySequence(Qt::SHIFT | Qt::Key_F10).toString(QKeySequence::NativeText)}};
}

/// What it is made of that others wrote, and under which licence.
QGridLayout *licences()
{
    static constexpr std::pair<const char *, const char *> made[] = {
        {"Qt", "LGPL-3.0-only"},
        {"Qt Charts", "GPL-3.0-only"},
        {"Boost", "BSL-1.0"},
        {"protozero", "BSD-2-Clause"},
        {"libcurl", "curl"},
        {"nghttp2", "MIT"},
        {"simdjson", "Apache-2.0"},
        {"libmosquitto", "EPL-2.0 OR BSD-3-Clause"},
        {"zlib, libdeflate", "Zlib, MIT"},
        {"zstd", "BSD-3-Clause"},
        {"SQLite", "blessing"},
        {"CRoaring", "Apache-2.0"},
        {"xxHash", "BSD-2-Clause"},
        {"libxlsxwriter", "BSD-2-Clause"},
        {"qpdf", "Apache-2.0"},
        {"RE2", "BSD-3-Clause"},
        {"tl::expected", "CC0-1.0"},
        {"CLI11", "BSD-3-Clause"},
        {"SimpleIni", "MIT"},
        {"QtKeychain", "BSD-3-Clause"},
        {"Inter, JetBrains Mono", "OFL-1.1"},
    };
    constexpr int kRows = 11; ///< in each of two columns
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(28);
    grid->setVerticalSpacing(3);
    int row = 0;
    for (const auto &[name, licence] : made) {
        const int column = row / kRows * 2;
        grid->addWidget(new PlainLabel(QLatin1String(name), FontRole::Secondary), row % kRows, column);
        grid->addWidget(new PlainLabel(QLatin1String(licence), FontRole::Secondary, Ink::Text2), row++ % kRows, column + 1);
    }
    return grid;
}

/// Sections one below the other, in columns that are about equally high.
void fillColumns(QWidget *body, const std::vector<KeySection> &sections)
{
    std::size_t all = 0;
    for (const KeySection &section : sections)
        all += section.lines.size() + 2;
    const int most = static_cast<int>(all) / kKeyColumns + 2;
    auto *grid = new QGridLayout(body);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(28);
    grid->setVerticalSpacing(6);
    int row = 0, column = 0;
    const auto next = [&] {
        if (++row >= most && column < kKeyColumns - 1) {
            row = 0;
            ++column;
        }
    };
    for (const KeySection &section : sections) {
        if (row > 0)
            next();
        grid->addWidget(new PlainLabel(section.title, FontRole::BodyStrong), row, 2 * column, 1, 2);
        next();
        for (const auto &[text, key] : section.lines) {
            grid->addWidget(new PlainLabel(text), row, 2 * column);
            grid->addWidget(new PlainLabel(key, FontRole::Code, Ink::Text2), row, 2 * column + 1);
            next();
        }
    }
    grid->setRowStretch(most + 1, 1);
}

} // namespace

void showShortcuts(QWidget *parent, const WindowActions &actions, const KeysOfViews &views)
{
    QDialog *dialog = makeDialog(parent, WindowActions::tr("Keyboard shortcuts"));
    std::vector<KeySection> sections;
    sections.push_back({WindowActions::tr("Everywhere"), linesOf(actions.findChildren<QAction *>(QString(), Qt::FindDirectChildrenOnly))});
    for (const auto &[title, keys] : views) {
        if (!keys.isEmpty())
            sections.push_back({title, linesOf(keys)});
    }
    sections.push_back({WindowActions::tr("In charts"), chartKeys()});
    auto *outer = new QVBoxLayout(dialog);
    outer->setContentsMargins(size::kDialogPadding, size::kDialogPadding, size::kDialogPadding, size::kDialogPadding);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setAccessibleName(dialog->windowTitle());
    auto *body = new QWidget;
    fillColumns(body, sections);
    scroll->setWidget(body);
    outer->addWidget(scroll, 1);
    addClose(dialog, outer);
    const QSize wanted = body->sizeHint() + QSize(2 * size::kDialogPadding + 20, 90);
    dialog->resize(wanted.boundedTo(parent->window()->size() - QSize(60, 60)));
    dialog->open();
}

void showAbout(QWidget *parent, const QString &diagnosis)
{
    QDialog *dialog = makeDialog(parent, WindowActions::tr("About Telltale"));
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(size::kDialogPadding, size::kDialogPadding, size::kDialogPadding,
                               size::kDialogPadding);
    auto *head = new QHBoxLayout;
    head->setSpacing(14);
    head->addWidget(new Brand);
    auto *words = new QVBoxLayout;
    words->addWidget(new PlainLabel(QStringLiteral("Telltale " TELLTALE_VERSION), FontRole::TrackValueSmall));
    words->addWidget(
        new PlainLabel(WindowActions::tr("Watches product telemetry: live usage, sessions, errors."),
                       FontRole::Body, Ink::Text2));
    words->addWidget(
        new PlainLabel(WindowActions::tr("Qt %1 · GPL-3.0-or-later").arg(QLatin1String(qVersion())),
                       FontRole::Secondary, Ink::Text2));
    head->addLayout(words);
    layout->addLayout(head);
    layout->addSpacing(14);
    layout->addWidget(new PlainLabel(WindowActions::tr("Made with"), FontRole::BodyStrong));
    layout->addSpacing(4);
    layout->addLayout(licences());
    auto *copy = makeButton(IconId::Copy, WindowActions::tr("Copy what helps to find a fault"));
    QObject::connect(copy, &QPushButton::clicked, dialog, [copy, diagnosis] {
        QGuiApplication::clipboard()->setText(diagnosis);
        copy->setText(WindowActions::tr("Copied."));
    });
    layout->addSpacing(size::kDialogPadding);
    layout->addWidget(copy, 0, Qt::AlignLeading);
    addClose(dialog, layout);
    dialog->open();
}

} // namespace telltale
