// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/compared.h"

namespace telltale {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(telltale::Compared)
};

} // namespace

SaidChange said(const Change &change, const QString &before, const QString &against, const Formatter &words)
{
    SaidChange out;
    out.text = change.text(words);
    if (out.text.isEmpty())
        return out;
    out.mood = change.mood();
    if (change.kind == Change::Kind::Ratio || change.kind == Change::Kind::Points || change.kind == Change::Kind::Value)
        out.amount = change.amount;
    //: a change, the figure before, what it is compared with and when that was
    out.detail = Words::tr("%1 against %2 (%3)").arg(out.text, before, against);
    return out;
}

} // namespace telltale
