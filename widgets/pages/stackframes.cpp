// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/stackview.h"

#include "models/grouping/stacktrace.h"

#include <QStringList>

namespace telltale {

namespace {

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// "app.stride.route.RouteRecorder.onLocation" is said as "RouteRecorder.onLocation"; C++ scopes and single
/// words stay.
QString shortFunction(const QString &function)
{
    if (function.contains(u"::") || function.contains(u' ') || function.contains(u'<'))
        return function;
    const QStringList parts = function.split(u'.', Qt::SkipEmptyParts);
    return parts.size() > 2 ? parts.mid(parts.size() - 2).join(u'.') : function;
}

/// Where a system frame comes from: the package of its function, else its file.
QString moduleOf(const StackFrame &frame)
{
    const QStringList parts = text(frame.function).split(u'.', Qt::SkipEmptyParts);
    if (parts.size() > 2)
        return parts.mid(0, 2).join(u'.');
    const QString file = text(frame.file);
    const qsizetype modules = file.lastIndexOf(QStringLiteral("node_modules/"));
    if (modules >= 0) {
        const QStringList path = file.mid(modules + 13).split(u'/');
        return path.front().startsWith(u'@') && path.size() > 1 ? path.at(0) + u'/' + path.at(1)
                                                                : path.front();
    }
    return text(baseName(frame.file));
}

} // namespace

std::vector<ShownFrame> shownFrames(const std::string &stack)
{
    std::vector<ShownFrame> frames;
    for (const StackFrame &frame : parseStack(stack)) {
        ShownFrame out;
        out.function = frame.function.empty() ? text(frame.text) : shortFunction(text(frame.function));
        const QString file = text(baseName(frame.file));
        out.place = file.isEmpty()   ? QString()
                    : frame.line > 0 ? QStringLiteral("%1:%2").arg(file).arg(frame.line)
                                     : file;
        out.module = moduleOf(frame);
        out.isInApp = frame.isInApp;
        frames.push_back(std::move(out));
    }
    return frames;
}

} // namespace telltale
