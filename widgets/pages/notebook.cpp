// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/notebook.h"

#include "models/items/itemtext.h"

#include <QPointer>
#include <QUndoCommand>
#include <QUndoStack>
#include <QUuid>

#include <algorithm>

namespace telltale {

namespace {

constexpr int kRefreshMs = 5000;

std::string textOf(const QString &text)
{
    QString cut = text.trimmed();
    while (cut.toUtf8().size() > static_cast<qsizetype>(kLongestNote))
        cut.chop(cut.back().isLowSurrogate() ? 2 : 1);
    return cut.toStdString();
}

} // namespace

/// One change of one note; `before` and `after` are none where it is not there.
class NoteCommand final : public QUndoCommand
{
public:
    NoteCommand(NoteBook *book, const QString &text, std::optional<Note> before, std::optional<Note> after)
        : QUndoCommand(text)
        , m_book(book)
        , m_before(std::move(before))
        , m_after(std::move(after))
    {}
    void redo() override { put(m_after, m_before); }
    void undo() override { put(m_before, m_after); }

private:
    void put(const std::optional<Note> &wanted, const std::optional<Note> &there)
    {
        if (m_book)
            m_book->send(wanted ? NoteChange{*wanted, false} : NoteChange{*there, true});
    }

    QPointer<NoteBook> m_book;
    std::optional<Note> m_before, m_after;
};

NoteBook::NoteBook(QueryRunner &queries, Receiver *receiver, QUndoStack &changes, QObject *parent)
    : QObject(parent)
    , m_queries(queries)
    , m_receiver(receiver)
    , m_changes(changes)
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(kRefreshMs);
    connect(&m_delay, &QTimer::timeout, this, &NoteBook::ask);
}

void NoteBook::start()
{
    ask();
    connect(&m_queries, &QueryRunner::dataChanged, this, [this] {
        if (!m_delay.isActive())
            m_delay.start();
    });
}

std::vector<Note> NoteBook::notes() const
{
    return notesIn({Instant::min(), Instant::max()});
}

std::vector<Note> NoteBook::notesIn(TimeRange range) const
{
    std::vector<Note> found;
    for (const auto &[id, note] : m_notes) {
        if (range.contains(note.at))
            found.push_back(note);
    }
    std::stable_sort(found.begin(), found.end(), [](const Note &a, const Note &b) { return a.at < b.at; });
    return found;
}

const Note *NoteBook::note(const std::string &id) const
{
    const auto found = m_notes.find(id);
    return found == m_notes.end() ? nullptr : &found->second;
}

void NoteBook::add(Instant at, const QString &text)
{
    const std::string written = textOf(text);
    if (written.empty() || !m_receiver)
        return;
    m_changes.push(new NoteCommand(this, tr("add a note"), std::nullopt, Note{QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString(), at, written}));
}

void NoteBook::edit(const std::string &id, const QString &text)
{
    const Note *before = note(id);
    const std::string written = textOf(text);
    if (!before || !m_receiver || written == before->text)
        return;
    if (written.empty())
        remove(id);
    else
        m_changes.push(new NoteCommand(this, tr("change a note"), *before, Note{id, before->at, written}));
}

void NoteBook::remove(const std::string &id)
{
    if (const Note *before = note(id); before && m_receiver)
        m_changes.push(new NoteCommand(this, tr("delete a note"), *before, std::nullopt));
}

void NoteBook::apply(const NoteChange &change)
{
    if (change.isRemoved)
        m_notes.erase(change.note.id);
    else
        m_notes[change.note.id] = change.note;
    Q_EMIT changed();
}

void NoteBook::send(const NoteChange &change)
{
    const Note *known = note(change.note.id);
    const NoteChange back = known ? NoteChange{*known, false} : NoteChange{change.note, true};
    apply(change);
    ++m_onTheirWay;
    m_receiver->putNotes({change}, [self = QPointer<NoteBook>(this), back](const Result<void> &stored) {
        if (!self)
            return;
        --self->m_onTheirWay;
        if (stored)
            return;
        self->apply(back);
        Q_EMIT self->told(tr("The note could not be kept: %1.").arg(itemtext::text(stored.error().message)));
    });
}

void NoteBook::ask()
{
    using Found = std::vector<Note>;
    m_queries.ask<Result<Found>>(
        QStringLiteral("window.notes"), this,
        [](Engine &engine, std::stop_token stop) -> Result<Found> {
            auto answer = engine.notes(std::move(stop));
            if (!answer)
                return tl::unexpected(answer.error());
            return std::move(answer->value);
        },
        [this](const Result<Found> &found) {
            if (!found || m_onTheirWay > 0)
                return; // the next commit asks again
            std::map<std::string, Note> known;
            for (const Note &note : *found)
                known[note.id] = note;
            if (known == m_notes)
                return;
            m_notes = std::move(known);
            Q_EMIT changed();
        });
}

} // namespace telltale
