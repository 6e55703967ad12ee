// SPDX-License-Identifier: GPL-3.0-or-later
// The window over the example product, told by lines on stdin what to show ("VIEW TAB"); says "ready" when it does. For
// atspi_check.py, which looks at it through the accessibility bus, as a screen reader does.
#include "tests/widgets/window/windowbench.h"
#include "translations/translator.h"
#include "widgets/controls/segmentedcontrol.h"

#include <QSocketNotifier>
#include <QTextStream>

#include <cstdio>
#include <unistd.h>

using namespace telltale;

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("telltale-atspi"));
    installTranslations(application, QLocale::c());
    Theme theme;
    theme.install(Theme::Mode::Light);
    theme.setReducedMotion(true);
    WindowBench bench(theme);
    QTextStream in(stdin);
    QSocketNotifier notifier(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, &application, [&] {
        QString line;
        if (!in.readLineInto(&line) || line == u"quit") {
            QApplication::quit();
            return;
        }
        const QString view = line.section(u' ', 0, 0);
        bench.window->showView(view);
        bool isSettled = bench.settle();
        if (const int tab = line.section(u' ', 1, 1).toInt(); tab > 0) {
            bench.window->page(view)->findChild<SegmentedControl *>()->setCurrentIndex(tab);
            isSettled = bench.settle() && isSettled;
        }
        std::puts(isSettled ? "ready" : "restless");
        std::fflush(stdout);
    });
    std::puts("ready");
    std::fflush(stdout);
    return QApplication::exec();
}
