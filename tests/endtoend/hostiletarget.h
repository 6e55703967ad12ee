// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fixture.h"
#include "tests/support/mutation.h"

#include <QByteArray>
#include <QStringList>
#include <QTcpServer>

#include <functional>
#include <vector>

namespace telltale::test {

/// A program whose metrics are scraped and that answers with broken forms of recorded answers: their bodies, now and then packed,
/// and their heads. Below /good it answers as it should, with one metric that is named by the last hundred.
class HostileTarget
{
public:
    /// `mutation(n)` is the n-th, from `first` on; after `count` of them only good answers come.
    HostileTarget(std::function<Mutation(int)> mutation, int first, int count);

    /// For `telltale collect`: a good target and several others.
    QStringList arguments(int others) const;
    /// How many broken answers were given.
    int given() const { return m_next - m_first; }
    /// The metric of the good answers from now on.
    void setMetric(const QByteArray &name) { m_metric = name; }

private:
    QByteArray answerTo(const QByteArray &request);
    QByteArray brokenAnswer();

    struct Recorded
    {
        QByteArray type, body;
    };
    const std::function<Mutation(int)> m_mutation;
    const int m_first, m_end;
    int m_next;
    QByteArray m_metric = "good_before";
    std::vector<Recorded> m_recorded;
    QTcpServer m_server;
};

} // namespace telltale::test
