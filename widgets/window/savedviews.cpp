// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/savedviews.h"

#include "models/items/itemtext.h"
#include "widgets/controls/buttons.h"
#include "widgets/theme/tokens.h"

#include <QDialog>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPointer>
#include <QSaveFile>
#include <QUndoCommand>
#include <QUndoStack>

#include <algorithm>
#include <utility>

namespace telltale {

namespace {

constexpr int kLongestName = 80;
constexpr qint64 kLargestFile = 1'000'000;

class ViewsCommand final : public QUndoCommand
{
public:
    using Set = std::function<void(const std::vector<SavedView> &)>;
    ViewsCommand(const QString &text, Set set, std::vector<SavedView> before, std::vector<SavedView> after)
        : QUndoCommand(text)
        , m_set(std::move(set))
        , m_before(std::move(before))
        , m_after(std::move(after))
    {}
    void redo() override { m_set(m_after); }
    void undo() override { m_set(m_before); }

private:
    Set m_set;
    std::vector<SavedView> m_before, m_after;
};

void sortByName(std::vector<SavedView> &views)
{
    std::stable_sort(views.begin(), views.end(), [](const SavedView &a, const SavedView &b) { return a.name.localeAwareCompare(b.name) < 0; });
}

QString shown(QString name)
{
    return name.replace(u'&', QStringLiteral("&&")); // names set no mnemonics
}

} // namespace

SavedViews::SavedViews(ViewState &state, QUndoStack &changes, QAction *save, QWidget *parent)
    : QMenu(tr("Saved &views"), parent)
    , m_state(state)
    , m_changes(changes)
    , m_save(save)
{
    connect(save, &QAction::triggered, this, &SavedViews::askName);
    connect(this, &QMenu::aboutToShow, this, &SavedViews::fill);
    fill(); // for whoever asks what can be done before it was opened
}

QString SavedViews::defaultPath()
{
    QString base = qEnvironmentVariable("XDG_CONFIG_HOME");
    if (!base.startsWith(u'/'))
        base = QDir::homePath() + QStringLiteral("/.config");
    return base + QStringLiteral("/telltale/views.json");
}

void SavedViews::open(const QString &path)
{
    m_path = path;
    QFile file(m_path);
    if (m_path.isEmpty() || !file.exists())
        return;
    const bool isRead = file.size() <= kLargestFile && file.open(QIODevice::ReadOnly);
    auto views = isRead ? parseSavedViews(file.readAll(), m_others) : Result<std::vector<SavedView>>(failure(Error::Code::Io, file.errorString().toStdString()));
    if (views)
        m_views = std::move(*views);
    else
        m_path.clear(); // what is not understood is not written over
    fill();
}

void SavedViews::setViews(const std::vector<SavedView> &views)
{
    m_views = views;
    fill();
    if (m_path.isEmpty())
        return;
    QDir().mkpath(QFileInfo(m_path).path());
    QSaveFile file(m_path);
    const QByteArray text = savedViewsText(views, m_others);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) || file.write(text) != text.size() || !file.commit())
        Q_EMIT told(tr("%1 could not be written: %2").arg(m_path, file.errorString()));
}

void SavedViews::change(const QString &what, std::vector<SavedView> views)
{
    m_changes.push(new ViewsCommand(
        what,
        [self = QPointer<SavedViews>(this)](const std::vector<SavedView> &set) {
            if (self)
                self->setViews(set);
        },
        m_views, std::move(views)));
}

void SavedViews::keep(const QString &name)
{
    const QString called = name.simplified().left(kLongestName);
    if (called.isEmpty())
        return;
    std::vector<SavedView> views = m_views;
    std::erase_if(views, [&](const SavedView &view) { return view.name == called; });
    views.push_back(savedView(called, m_state));
    sortByName(views);
    change(tr("save a view"), std::move(views));
    Q_EMIT told(tr("“%1” is saved.").arg(called));
}

void SavedViews::remove(const QString &name)
{
    std::vector<SavedView> views = m_views;
    if (std::erase_if(views, [&](const SavedView &view) { return view.name == name; }) > 0)
        change(tr("remove a saved view"), std::move(views));
}

void SavedViews::take(const std::vector<SavedView> &taken)
{
    std::vector<SavedView> views = m_views;
    for (const SavedView &view : taken) {
        std::erase_if(views, [&](const SavedView &one) { return one.name == view.name; });
        views.push_back(view);
    }
    sortByName(views);
    if (views != m_views)
        change(tr("views of a workspace"), std::move(views));
}

void SavedViews::show(const QString &name)
{
    const auto found = std::find_if(m_views.begin(), m_views.end(), [&](const SavedView &view) { return view.name == name; });
    if (found == m_views.end())
        return;
    const SavedView view = *found;
    const RangeParser parser = m_parser ? m_parser() : RangeParser(m_state.wallNow(), m_state.timeZone());
    if (const auto done = showSavedView(view, m_state, parser); !done)
        Q_EMIT told(itemtext::text(done.error().message));
}

void SavedViews::fill()
{
    clear();
    addAction(m_save);
    if (m_views.empty())
        return;
    addSeparator();
    for (const SavedView &view : m_views)
        connect(addAction(shown(view.name)), &QAction::triggered, this, [this, name = view.name] { show(name); });
    addSeparator();
    QMenu *removing = addMenu(tr("&Remove"));
    for (const SavedView &view : m_views)
        connect(removing->addAction(shown(view.name)), &QAction::triggered, this, [this, name = view.name] { remove(name); });
}

void SavedViews::askName()
{
    auto *dialog = new QDialog(parentWidget());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save this view"));
    auto *layout = new QFormLayout(dialog);
    layout->setContentsMargins(size::kDialogPadding, size::kDialogPadding, size::kDialogPadding, size::kDialogPadding);
    layout->setSpacing(size::kCardGap);
    auto *name = new QLineEdit;
    name->setAccessibleName(tr("Name"));
    name->setMaxLength(kLongestName);
    name->setMinimumWidth(scaled(320));
    name->setPlaceholderText(m_state.filterText().isEmpty() ? m_state.rangeText() : m_state.filterTerms().join(u' '));
    layout->addRow(tr("&Name"), name);
    auto *buttons = new QHBoxLayout;
    QPushButton *save = makeButton(tr("&Save"), ButtonKind::Primary);
    QPushButton *cancel = makeButton(tr("Cancel"));
    save->setDefault(true);
    save->setEnabled(false);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(save);
    layout->addRow(buttons);
    connect(name, &QLineEdit::textChanged, save, [save](const QString &text) { save->setEnabled(!text.trimmed().isEmpty()); });
    connect(save, &QPushButton::clicked, dialog, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, dialog, &QDialog::reject);
    connect(dialog, &QDialog::accepted, this, [this, name] { keep(name->text()); });
    dialog->open();
}

} // namespace telltale
