// SPDX-License-Identifier: GPL-3.0-or-later
// The least a Qt Widgets and Charts program can do: the yardstick of bench_start.
#include <QApplication>
#include <QChartView>
#include <QLineSeries>
#include <QMainWindow>
#include <QTimer>

#include <cstdio>

namespace {

class View final : public QChartView
{
public:
    using QChartView::QChartView;

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QChartView::paintEvent(event);
        if (m_isFirst) {
            m_isFirst = false;
            std::fputs("first-paint\n", stderr);
            QTimer::singleShot(0, qApp, &QApplication::quit);
        }
    }

private:
    bool m_isFirst = true;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QMainWindow window;
    auto *series = new QLineSeries;
    QList<QPointF> points;
    for (int i = 0; i < 1000; ++i)
        points.append(QPointF(i, (i * 37) % 101));
    series->replace(points);
    auto *view = new View;
    view->chart()->addSeries(series);
    view->chart()->createDefaultAxes();
    window.setCentralWidget(view);
    window.resize(1440, 900);
    window.show();
    return application.exec();
}
