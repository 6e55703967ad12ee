// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/helpdialogs.h"

#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/theme/icons.h"
#include "widgets/window/windowactions.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QPainter>
#include <QPushButton>
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

} // namespace

void showShortcuts(QWidget *parent, const WindowActions &actions)
{
    QDialog *dialog = makeDialog(parent, WindowActions::tr("Keyboard shortcuts"));
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(size::kDialogPadding, size::kDialogPadding, size::kDialogPadding,
                               size::kDialogPadding);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(32);
    grid->setVerticalSpacing(7);
    int row = 0;
    const auto all = actions.findChildren<QAction *>(QString(), Qt::FindDirectChildrenOnly);
    const int half = (static_cast<int>(all.size()) + 1) / 2;
    for (const QAction *action : all) {
        QString text = action->text().section(u'\t', 0, 0);
        text.remove(u'&').remove(u'…');
        const QString single = action->property("singleKey").toString();
        const QString key = single.isEmpty() ? action->shortcut().toString(QKeySequence::NativeText) : single;
        if (key.isEmpty())
            continue;
        const int column = row / half * 2;
        grid->addWidget(new PlainLabel(text), row % half, column);
        grid->addWidget(new PlainLabel(key, FontRole::Code, Ink::Text2), row % half, column + 1);
        ++row;
    }
    layout->addLayout(grid);
    addClose(dialog, layout);
    dialog->open();
}

void showAbout(QWidget *parent)
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
    addClose(dialog, layout);
    dialog->open();
}

} // namespace telltale
