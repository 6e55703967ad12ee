// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/followform.h"

#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/formfields.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace telltale {

const QString kFollowDoor = QStringLiteral("follow ");

namespace {

std::vector<FollowSetting>::iterator followIn(Settings &settings, const QString &door)
{
    const std::string name = door.mid(kFollowDoor.size()).toStdString();
    return std::find_if(settings.followed.begin(), settings.followed.end(), [&](const FollowSetting &follow) { return follow.name == name; });
}

QString textOf(const std::vector<std::pair<std::string, std::string>> &columns)
{
    QStringList lines;
    for (const auto &[field, column] : columns)
        lines.append(QString::fromStdString(field + " = " + column));
    return lines.join(u'\n');
}

} // namespace

const FollowSetting *followOf(const Settings &settings, const QString &door)
{
    const std::string name = door.mid(kFollowDoor.size()).toStdString();
    for (const FollowSetting &follow : settings.followed) {
        if (door.startsWith(kFollowDoor) && follow.name == name)
            return &follow;
    }
    return nullptr;
}

FollowForm::FollowForm(const Settings &settings, const QString &door)
    : m_door(door)
{
    if (const FollowSetting *known = followOf(settings, door))
        m_follow = *known;
    for (const FollowSetting &other : settings.followed) {
        if (other.name != m_follow.name)
            m_taken.append(QString::fromStdString(other.name));
    }
    QVBoxLayout *layout = formfields::makeLayout(this);
    m_name = formfields::addText(layout, tr("Name"), QString::fromStdString(m_follow.name), this);
    m_path = formfields::addText(layout, tr("File or folder; * stands for anything in a name"), QString::fromStdString(m_follow.path), this);
    m_path->setPlaceholderText(QStringLiteral("/var/log/app/*.jsonl"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    auto *file = makeButton(tr("Choose a file…"));
    auto *folder = makeButton(tr("Choose a folder…"));
    buttons->addWidget(file);
    buttons->addWidget(folder);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    layout->addSpacing(6);
    layout->addWidget(new PlainLabel(tr("What is in it"), FontRole::Secondary, Ink::Text2));
    m_format = new SegmentedControl;
    m_format->setAccessibleName(tr("What is in it"));
    m_format->addSegment(tr("By its name"));
    m_format->addSegment(tr("JSON"));
    m_format->addSegment(tr("Table (CSV)"));
    m_format->setCurrentIndex(static_cast<int>(m_follow.format));
    layout->addWidget(m_format);
    layout->addSpacing(6);
    m_columnBox = new QWidget;
    auto *columns = new QVBoxLayout(m_columnBox);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(4);
    m_columns = formfields::addLines(columns, tr("What its columns are, one a line"), textOf(m_follow.columns), 3, this);
    m_columns->setPlaceholderText(tr("event = What happened"));
    m_columns->setToolTip(tr("A field, then the column that holds it. Columns that have the name of a field need no line."));
    layout->addWidget(m_columnBox);
    m_product = formfields::addText(layout, tr("Product of lines that do not say theirs"), QString::fromStdString(m_follow.product), this);
    formfields::addNote(layout, tr("Lines are read as they come, across rotation, each once, also over restarts and crashes."));

    connect(file, &QPushButton::clicked, this, [this] { choosePath(false); });
    connect(folder, &QPushButton::clicked, this, [this] { choosePath(true); });
    connect(m_format, &SegmentedControl::currentChanged, this, [this] {
        showColumns();
        Q_EMIT edited();
    });
    connect(m_path, &QLineEdit::textChanged, this, &FollowForm::showColumns);
    showColumns();
}

void FollowForm::choosePath(bool isFolder)
{
    auto *dialog = new QFileDialog(this, isFolder ? tr("Folder to follow") : tr("File to follow"), m_path->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(isFolder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    if (isFolder)
        dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_path->setText(path);
        if (m_name->text().trimmed().isEmpty())
            m_name->setText(QFileInfo(path).fileName());
    });
    dialog->open();
}

/// Columns are a table's.
void FollowForm::showColumns()
{
    const QString path = m_path->text().trimmed();
    const bool isTableName = path.endsWith(QStringLiteral(".csv"), Qt::CaseInsensitive) || path.endsWith(QStringLiteral(".tsv"), Qt::CaseInsensitive);
    m_columnBox->setVisible(m_format->currentIndex() == 2 || (m_format->currentIndex() == 0 && isTableName));
}

QString FollowForm::badColumn() const
{
    for (const QString &line : m_columns->toPlainText().split(u'\n')) {
        const qsizetype equals = line.indexOf(u'=');
        if (!line.trimmed().isEmpty() && (line.left(equals).trimmed().isEmpty() || equals < 0 || line.mid(equals + 1).trimmed().isEmpty()))
            return line.trimmed();
    }
    return {};
}

FollowSetting FollowForm::typed() const
{
    FollowSetting follow = m_follow;
    follow.name = m_name->text().trimmed().toStdString();
    follow.path = m_path->text().trimmed().toStdString();
    while (follow.path.size() > 1 && follow.path.back() == '/')
        follow.path.pop_back();
    follow.format = static_cast<FollowSetting::Format>(m_format->currentIndex());
    follow.product = m_product->text().trimmed().toStdString();
    follow.columns.clear();
    for (const QString &line : m_columns->toPlainText().split(u'\n')) {
        const qsizetype equals = line.indexOf(u'=');
        if (equals > 0)
            follow.columns.emplace_back(line.left(equals).trimmed().toStdString(), line.mid(equals + 1).trimmed().toStdString());
    }
    return follow;
}

QString FollowForm::problem() const
{
    const FollowSetting follow = typed();
    if (follow.name.empty() || follow.name.find(']') != std::string::npos)
        return tr("It needs a name, without a square bracket.");
    if (m_taken.contains(QString::fromStdString(follow.name)))
        return tr("Something else that is followed has this name.");
    if (!follow.path.starts_with('/') || follow.path == "/")
        return tr("Which file or folder is a path from the root, like /var/log/app/*.jsonl.");
    if (const QString bad = badColumn(); !bad.isEmpty() && m_columnBox->isVisibleTo(this))
        return tr("“%1” does not say which column a field is in: event = What happened.").arg(bad);
    return {};
}

void FollowForm::apply(Settings &settings) const
{
    const auto known = followIn(settings, m_door);
    if (!m_door.isEmpty() && known != settings.followed.end())
        *known = typed();
    else
        settings.followed.push_back(typed());
}

SourceKind followKind()
{
    SourceKind kind;
    kind.name = FollowForm::tr("Followed file or folder");
    kind.sentence = FollowForm::tr("Lines that are appended to files: OTLP in JSON, lines of JSON, tables.");
    kind.makeForm = [](const Settings &settings, const QString &door) { return new FollowForm(settings, door); };
    kind.owns = [](const QString &door) { return door.startsWith(kFollowDoor); };
    kind.canAdd = [](const Settings &) { return true; };
    kind.setPaused = [](Settings &settings, const QString &door, bool isPaused) {
        if (const auto known = followIn(settings, door); known != settings.followed.end())
            known->isPaused = isPaused;
    };
    kind.remove = [](Settings &settings, const QString &door) {
        if (const auto known = followIn(settings, door); known != settings.followed.end())
            settings.followed.erase(known);
    };
    kind.pauseSentence = FollowForm::tr("While it is paused nothing is read. What is appended meanwhile comes afterwards.");
    kind.isReceiver = false;
    return kind;
}

} // namespace telltale
