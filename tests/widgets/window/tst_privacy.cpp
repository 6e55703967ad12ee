// SPDX-License-Identifier: GPL-3.0-or-later
// Who people are, and with which colours heatmaps are painted: two settings that hold at once.
#include "tests/widgets/window/windowbench.h"
#include "models/items/identity.h"
#include "models/items/sessionlistmodel.h"
#include "widgets/charts/heatmapview.h"
#include "widgets/pages/overviewpage.h"
#include "widgets/pages/panelmenu.h"
#include "widgets/pages/settingspage.h"
#include "widgets/theme/heatpalette.h"

#include <QCheckBox>
#include <QComboBox>
#include <QListView>
#include <QTest>
#include <QToolButton>

using namespace telltale;

class TestPrivacy final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { beginWindowTest(m_theme); }
    void cleanup() { identity::setShown(false); }

    void identitiesAreAPermission()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("sessions"));
        QVERIFY(bench.settle());
        StrideEngine engine;
        const auto sessions = engine.sessions(bench.state->scope(), false, {});
        QVERIFY(sessions && !sessions->value.rows.empty());
        const QString whole = QString::fromStdString(sessions->value.rows.front().session);
        QVERIFY(whole.size() > 6);
        PanelMenu *menu = menuOf(bench.window->currentPage(), QStringLiteral("Sessions"));
        QVERIFY(menu);
        QVERIFY(!bench.control.settings().showsIdentities);
        QVERIFY(idsOf(menu->table()).contains(identity::pseudonym(whole.toStdString())));
        QVERIFY(!idsOf(menu->table()).contains(whole));

        auto *settings = static_cast<SettingsPage *>(bench.window->page(QStringLiteral("settings")));
        bench.window->showView(QStringLiteral("settings"));
        QVERIFY(bench.settle());
        QVERIFY(!settings->identities()->isChecked());
        settings->identities()->click();
        QVERIFY(bench.control.settings().showsIdentities);
        QVERIFY(identity::areShown());
        bench.window->showView(QStringLiteral("sessions"));
        QVERIFY(bench.settle());
        const auto list = bench.window->currentPage()->findChild<QListView *>();
        bool isShown = false;
        for (int row = 0; row < list->model()->rowCount(); ++row)
            isShown = isShown || list->model()->index(row, SessionListModel::Session).data().toString() == whole;
        QVERIFY(isShown);
        // What leaves the window names nobody, unless that is ticked.
        QVERIFY(!idsOf(menu->table()).contains(whole));
        Q_EMIT menu->aboutToShow();
        for (QAction *action : menu->actions()) {
            if (action->isCheckable() && action->isVisible())
                action->trigger();
        }
        QVERIFY(idsOf(menu->table()).contains(whole));
        settings->identities()->click();
        QVERIFY(!idsOf(menu->table()).contains(whole)); // the tick alone is not enough
    }

    void heatmapsInOtherColours()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        auto *map = static_cast<OverviewPage *>(bench.window->page(QStringLiteral("overview")))->features();
        auto *settings = static_cast<SettingsPage *>(bench.window->page(QStringLiteral("settings")));
        const QImage ours = map->grab().toImage();
        QList<QImage> seen{ours};
        for (const auto mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
            m_theme.setMode(mode);
            for (int index = 1; index < 4; ++index) {
                settings->heatmap()->setCurrentIndex(index);
                Q_EMIT settings->heatmap()->activated(index);
                QCOMPARE(static_cast<int>(bench.control.settings().heatPalette), index);
                QVERIFY(tokensOf(map).sequential == withHeatPalette(tokensOf(map), static_cast<HeatPalette>(index)).sequential);
                const QImage now = map->grab().toImage();
                QVERIFY(!seen.contains(now)); // painted anew
                seen.append(now);
                QVERIFY(bench.window->grab().save(picture("heatmap-%1-%2", index, mode)));
            }
            bench.window->showView(QStringLiteral("settings"));
            QVERIFY(bench.settle());
            QVERIFY(bench.window->grab().save(picture("settings-heatmap-%1-%2", 3, mode)));
            bench.window->showView(QStringLiteral("overview"));
            QVERIFY(bench.settle());
        }
        m_theme.setMode(Theme::Mode::Light);
        settings->heatmap()->setCurrentIndex(0);
        Q_EMIT settings->heatmap()->activated(0);
        QVERIFY(tokensOf(map).sequential == Tokens::light().sequential);
    }

private:
    static QString picture(const char *name, int index, Theme::Mode mode)
    {
        return QStringLiteral(TELLTALE_SCREENSHOTS "/") + QString::fromLatin1(name).arg(index).arg(mode == Theme::Mode::Dark ? QStringLiteral("dark") : QStringLiteral("light")) + QStringLiteral(".png");
    }
    static QStringList idsOf(const ExportTable &table)
    {
        QStringList ids;
        for (const QStringList &row : table.rows)
            ids += row;
        return ids;
    }
    static PanelMenu *menuOf(const QWidget *page, const QString &name)
    {
        for (const Panel *panel : page->findChildren<Panel *>()) {
            if (panel->accessibleName() == name)
                return qobject_cast<PanelMenu *>(panel->menuButton()->menu());
        }
        return nullptr;
    }

    Theme m_theme;
};

QTEST_MAIN(TestPrivacy)
#include "tst_privacy.moc"
