// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/alertwatcher.h"

#include <algorithm>

namespace telltale {
namespace {

constexpr std::chrono::seconds kPause{10};

} // namespace

AlertWatcher::AlertWatcher(QueryRunner &queries, ViewState &state, std::filesystem::path path, QObject *parent)
    : QObject(parent)
    , m_queries(queries)
    , m_state(state)
    , m_path(path.empty() ? AlertFile::defaultPath() : std::move(path))
{
    m_timer.setInterval(kPause);
    connect(&m_timer, &QTimer::timeout, this, &AlertWatcher::check);
}

void AlertWatcher::start()
{
    m_timer.start();
    check();
}

void AlertWatcher::check()
{
    Scope scope;
    scope.zone = m_state.zone();
    scope.now = m_state.wallNow();
    m_queries.ask<Result<Read>>(
        QStringLiteral("alerts"), this,
        [path = m_path, scope](Engine &engine, const std::stop_token &stop) -> Result<Read> {
            auto file = AlertFile::read(path);
            if (!file)
                return tl::unexpected(file.error());
            Read read{std::move(*file), {}, scope.now};
            for (const Alert &alert : read.file.alerts) {
                AlertRow &row = read.rows.emplace_back(AlertRow{alert, {}});
                if (!alert.isOn)
                    continue;
                auto reading = readAlert(engine, alert, scope, scope.now, stop);
                if (!reading)
                    return tl::unexpected(reading.error());
                row.reading = std::move(*reading);
            }
            return read;
        },
        [this](Result<Read> read) { take(std::move(read)); });
}

void AlertWatcher::take(Result<Read> read)
{
    if (!read) {
        if (read.error().code == Error::Code::Cancelled)
            return;
        m_problem = itemtext::text(read.error().message);
        Q_EMIT changed();
        return;
    }
    m_problem = read->file.problems.empty() ? QString() : itemtext::text(read->file.problems.front());
    m_book.keepOnly(read->file.alerts);
    std::vector<std::pair<QString, QString>> news;
    std::vector<AlertMoment> moments;
    for (const AlertRow &row : read->rows) {
        if (!row.reading)
            continue;
        for (const AlertNews &each : m_book.take(row.alert, *row.reading, read->at)) {
            news.push_back(alertWords(row.alert, each));
            if (each.what != AlertNews::What::Ended)
                moments.push_back({each.at, news.back().first, news.back().second, itemtext::text(each.group.group)});
        }
    }
    m_model.setRows(std::move(read->rows));
    for (const AlertMoment &moment : moments)
        Q_EMIT happened(moment);
    for (const auto &[title, sentence] : news)
        Q_EMIT told(title, sentence);
    Q_EMIT changed();
}

QStringList AlertWatcher::firing() const
{
    QStringList names;
    for (const std::string &name : m_book.firing())
        names.append(itemtext::text(name));
    return names;
}

void AlertWatcher::change(Change how)
{
    m_waiting.push_back(std::move(how));
    if (m_waiting.size() == 1)
        makeNext();
}

void AlertWatcher::makeNext()
{
    m_queries.ask<Result<bool>>(
        QStringLiteral("alerts.change"), this,
        [path = m_path, how = m_waiting.front()](Engine &, const std::stop_token &) -> Result<bool> {
            auto file = AlertFile::read(path);
            if (!file)
                return tl::unexpected(file.error());
            if (const auto changed = how(*file); !changed)
                return tl::unexpected(changed.error());
            if (const auto written = file->write(path); !written)
                return tl::unexpected(written.error());
            return true;
        },
        [this](const Result<bool> &done) {
            if (!done)
                Q_EMIT changeFailed(itemtext::text(done.error().message));
            m_waiting.pop_front();
            if (m_waiting.empty())
                check();
            else
                makeNext();
        });
}

void AlertWatcher::add(const Alert &alert)
{
    change([alert](AlertFile &file) -> Result<void> {
        if (file.find(alert.name))
            return failure(Error::Code::InvalidArgument, "there is an alert called " + alert.name + " already");
        file.alerts.push_back(alert);
        return {};
    });
}

void AlertWatcher::remove(const QString &name)
{
    change([name = name.toStdString()](AlertFile &file) -> Result<void> {
        std::erase_if(file.alerts, [&](const Alert &alert) { return alert.name == name; });
        return {};
    });
}

void AlertWatcher::setOn(const QString &name, bool isOn)
{
    change([name = name.toStdString(), isOn](AlertFile &file) -> Result<void> {
        Alert *alert = file.find(name);
        if (!alert)
            return failure(Error::Code::NotFound, "there is no alert called " + name);
        alert->isOn = isOn;
        return {};
    });
}

} // namespace telltale
