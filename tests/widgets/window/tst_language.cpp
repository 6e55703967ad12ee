// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window in another language (TELLTALE_LANGUAGE): its direction, nothing cut, nothing on top of another, nothing left
// untranslated, and keys that lead to one entry of a menu. Pictures of every view go to the build folder.
#include "tests/widgets/window/paintedtext.h"
#include "tests/widgets/window/pictures.h"
#include "tests/widgets/window/windowbench.h"
#include "translations/translator.h"
#include "models/alerts/alertfile.h"
#include "models/ingest/mappingtables.h"
#include "widgets/controls/codeview.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/datatable.h"
#include "widgets/pages/mappingrules.h"
#include "widgets/pages/messagemapping.h"
#include "widgets/pages/settingspage.h"
#include "widgets/pages/sourcedetail.h"
#include "widgets/pages/sourcespage.h"
#include "widgets/window/alertsdialog.h"
#include "widgets/window/alertwatcher.h"
#include "widgets/window/archivedialog.h"
#include "widgets/window/commandpalette.h"
#include "widgets/window/sidebar.h"
#include "widgets/window/timepicker.h"
#include "widgets/window/toolbar.h"

#include <QAbstractButton>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

const QByteArray kLanguage = TELLTALE_LANGUAGE;
/// Anti-aliased letters may reach over their advance by this much; where words are turned round, the blank that a line ends with
/// hangs over, too.
const double kTolerance = kLanguage == "ar_XB" ? 4 : 2;

/// The built-in tables of the mapping and the language of its rules, which are the same everywhere.
void addWordsOfMappings(QSet<QString> &words)
{
    for (const char *word : {"when", "event", "feature", "attribute", "button", "pressed", "stride", "jsonl", "topic", "metric", "value", "unit", "plant", "climate",
                             "product", "device", "temperature", "localhost", "mqtt", "json", "http", "csv", "Cel", "checkout", "errors", "release", "Android"})
        words.insert(QLatin1String(word));
    static const QRegularExpression word(QStringLiteral("[A-Za-z]{3,}"));
    const auto addAll = [&](const std::string &text) {
        for (auto part = word.globalMatch(QString::fromStdString(text)); part.hasNext();)
            words.insert(part.next().captured());
    };
    for (const MappingTable &table : builtInMappings()) {
        addAll(table.protocol);
        for (const MappingRow &row : table.rows) {
            for (const std::string &text : {std::string(mappedFieldName(row.field)), mappingSource(row), row.when, row.meaning})
                addAll(text);
        }
    }
}

/// Words of the example product, which are data, and those that are the same in every language.
QSet<QString> wordsOfData()
{
    QSet<QString> words{QStringLiteral("Telltale"),   QStringLiteral("Letter"), QStringLiteral("PDF"),
                        QStringLiteral("HTML"),       QStringLiteral("XLSX"),   QStringLiteral("CSV"),
                        QStringLiteral("TypeScript"), QStringLiteral("Python"), QStringLiteral("Kotlin"),
                        QStringLiteral("Swift"),      QStringLiteral("UTC"),    QStringLiteral("OTLP"),
                        QStringLiteral("Europe"),     QStringLiteral("Berlin")};
    addWordsOfMappings(words);
    // What the pseudo language pads with.
    for (const char *word : {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
        words.insert(QLatin1String(word));
    const QLocale locale;
    for (int i = 1; i <= 12; ++i)
        words.insert(locale.monthName(i, QLocale::ShortFormat));
    for (int i = 1; i <= 7; ++i)
        words.insert(locale.dayName(i, QLocale::ShortFormat));
    static const QRegularExpression literal(QStringLiteral("\"((?:[^\"\\\\]|\\\\.)*)\""));
    static const QRegularExpression word(QStringLiteral("[A-Za-z]{3,}"));
    for (const char *name : {"stridestory.h", "strideengine.cpp", "strideoperations.cpp", "stridesources.cpp"}) {
        QFile file(QStringLiteral(TELLTALE_TEST_DATA "/support/") + QLatin1String(name));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const QString source = QString::fromUtf8(file.readAll());
        for (auto found = literal.globalMatch(source); found.hasNext();) {
            for (auto part = word.globalMatch(found.next().captured(1)); part.hasNext();)
                words.insert(part.next().captured());
        }
    }
    return words;
}

/// The first word of `text` that is neither translated nor data; empty: none.
QString untranslatedIn(QString text, const QSet<QString> &data)
{
    static const QRegularExpression path(QStringLiteral(R"(~?/[\w./-]+)"));
    text.remove(path);
    static const QRegularExpression word(QStringLiteral(R"((?<![\w%])[A-Za-z]{3,}(?![\w]))"),
                                         QRegularExpression::UseUnicodePropertiesOption);
    for (auto found = word.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        const bool isCut = match.capturedEnd() < text.size() && text.at(match.capturedEnd()) == u'…';
        if (!isCut && !data.contains(match.captured()))
            return match.captured();
    }
    return {};
}

/// Code is not translated, and it scrolls.
std::vector<PaintedText> textsOutsideOfCode(QWidget &window)
{
    std::vector<QRectF> code;
    for (const CodeView *view : window.findChildren<CodeView *>()) {
        if (view->isVisible())
            code.emplace_back(view->mapTo(&window, QPoint()), view->size());
    }
    std::vector<PaintedText> texts = paintedTexts(window);
    std::erase_if(texts, [&](const PaintedText &text) {
        const QPointF middle = text.seen().center();
        return text.seen().isEmpty() || text.text.trimmed().isEmpty() ||
               std::any_of(code.begin(), code.end(),
                           [&](const QRectF &rect) { return rect.contains(middle); });
    });
    return texts;
}

bool isFloating(const QWidget *widget)
{
    return widget->isWindow() || qobject_cast<const QScrollBar *>(widget) ||
           widget->testAttribute(Qt::WA_TransparentForMouseEvents) || widget->inherits("QSplitterHandle") ||
           widget->inherits("telltale::CommandPalette") || widget->inherits("telltale::Popover") ||
           qobject_cast<const CodeView *>(widget->parentWidget()) ||
           qobject_cast<const QLineEdit *>(widget->parentWidget());
}

QString nameOf(const QWidget *widget)
{
    return QStringLiteral("%1 '%2'").arg(QLatin1String(widget->metaObject()->className()),
                                         widget->accessibleName());
}

QStringList overlaps(const QWidget &parent)
{
    QStringList found;
    const auto children = parent.findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly);
    for (qsizetype i = 0; i < children.size(); ++i) {
        if (!children[i]->isVisible() || isFloating(children[i]))
            continue;
        for (qsizetype j = 0; j < i; ++j) {
            const QRect both = children[i]->geometry() & children[j]->geometry();
            if (children[j]->isVisible() && !isFloating(children[j]) && both.width() > 1 && both.height() > 1)
                found << nameOf(children[i]) + QStringLiteral(" lies on ") + nameOf(children[j]);
        }
        found += overlaps(*children[i]);
    }
    return found;
}

QStringList cutTexts(QWidget &window)
{
    QStringList found;
    for (const PaintedText &text : textsOutsideOfCode(window)) {
        if (text.cut() > kTolerance)
            found << QStringLiteral("'%1' lacks %2 px").arg(text.text).arg(text.cut());
    }
    return found;
}

QStringList textsOnTexts(QWidget &window)
{
    QStringList found;
    const std::vector<PaintedText> texts = textsOutsideOfCode(window);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const QRectF both = texts[i].seen() & texts[j].seen();
            if (both.width() > kTolerance && both.height() > 5)
                found << QStringLiteral("'%1' lies on '%2'").arg(texts[i].text, texts[j].text);
        }
    }
    return found;
}

/// What assistive technology and tooltips say of every control, and every entry of every menu.
QStringList spokenTexts(const QWidget &window)
{
    QStringList texts;
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        const bool isCode = qobject_cast<const CodeView *>(widget) != nullptr;
        texts << widget->accessibleName() << widget->toolTip()
              << (isCode ? QString() : widget->accessibleDescription());
        if (const auto *field = qobject_cast<const QLineEdit *>(widget))
            texts << field->placeholderText();
    }
    for (const QAction *action : window.findChildren<QAction *>())
        texts << action->text().section(u'\t', 0, 0).remove(u'&');
    return texts;
}

} // namespace

class TestLanguage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        useLanguage(*QCoreApplication::instance(), TELLTALE_LANGUAGE);
        QCoreApplication::processEvents();
        m_theme.install(Theme::Mode::Light);
        m_theme.setReducedMotion(true);
        m_data = wordsOfData();
        QVERIFY(m_data.size() > 60);
        QVERIFY(QDir().mkpath(QStringLiteral(TELLTALE_SCREENSHOTS)));
    }

    void directionIsThatOfTheLanguage()
    {
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        const bool isRtl = kLanguage == "ar_XB";
        QCOMPARE(bench.window->layoutDirection(), isRtl ? Qt::RightToLeft : Qt::LeftToRight);
        // The sidebar begins where reading begins.
        const int left = bench.window->sidebar()->mapTo(bench.window.get(), QPoint()).x();
        QCOMPARE(left > bench.window->width() / 2, isRtl);
    }

    void views_data()
    {
        QTest::addColumn<QString>("view");
        QTest::addColumn<int>("tab");
        QTest::addColumn<bool>("isDark");
        QTest::addColumn<QSize>("size");
        for (const auto &[view, tabs] : {std::pair{"overview", 1},
                                         {"usage", 3},
                                         {"sessions", 1},
                                         {"errors", 1},
                                         {"performance", 2},
                                         {"journeys", 3},
                                         {"reports", 1},
                                         {"connect", 1},
                                         {"sources", 1},
                                         {"settings", 1}}) {
            for (int tab = 0; tab < tabs; ++tab) {
                for (const bool isDark : {false, true}) {
                    for (const QSize size : {QSize(1440, 900), QSize(1185, 760)})
                        QTest::addRow("%s-%d-%s-%d", view, tab, isDark ? "dark" : "light", size.width())
                            << QString::fromLatin1(view) << tab << isDark << size;
                }
            }
        }
    }
    void views()
    {
        QFETCH(QString, view);
        QFETCH(int, tab);
        QFETCH(bool, isDark);
        QFETCH(QSize, size);
        m_theme.setMode(isDark ? Theme::Mode::Dark : Theme::Mode::Light);
        WindowBench bench(m_theme, size, view == u"connect");
        if (view == u"usage" || view == u"journeys")
            bench.state->setRange(RangeSpec::live(28 * 24h));
        bench.window->showView(view);
        if (tab > 0)
            bench.window->page(view)->findChild<SegmentedControl *>()->setCurrentIndex(tab);
        QVERIFY(bench.settle());
        grab(bench, QString::fromLatin1(QTest::currentDataTag()));
        check(*bench.window);
    }

    void forms_data()
    {
        QTest::addColumn<QString>("which");
        QTest::addColumn<bool>("isDark");
        QTest::addColumn<QSize>("size");
        for (const char *which : {"otlp_http", "scrape checkout", "mqtt plant", "follow log", "mqtt plant-row", "follow log-row", "mapping"}) {
            for (const bool isDark : {false, true}) {
                for (const QSize size : {QSize(1440, 900), QSize(1185, 760)})
                    QTest::addRow("%s-%s-%d", which, isDark ? "dark" : "light", size.width()) << QString::fromLatin1(which) << isDark << size;
            }
        }
    }
    void forms()
    {
        QFETCH(QString, which);
        QFETCH(bool, isDark);
        QFETCH(QSize, size);
        m_theme.setMode(isDark ? Theme::Mode::Dark : Theme::Mode::Light);
        WindowBench bench(m_theme, size);
        showForm(bench, which);
        QVERIFY(bench.settle());
        grab(bench.window.get(), QStringLiteral("form-") + QString::fromLatin1(QTest::currentDataTag()));
        check(*bench.window);
    }

    void dialogs_data()
    {
        QTest::addColumn<QString>("which");
        QTest::addColumn<bool>("isDark");
        for (const char *which : {"archive", "alerts", "messages", "importing", "imported"}) {
            for (const bool isDark : {false, true})
                QTest::addRow("%s-%s", which, isDark ? "dark" : "light") << QString::fromLatin1(which) << isDark;
        }
    }
    void dialogs()
    {
        QFETCH(QString, which);
        QFETCH(bool, isDark);
        m_theme.setMode(isDark ? Theme::Mode::Dark : Theme::Mode::Light);
        WindowBench bench(m_theme);
        QVERIFY(bench.settle());
        Opened opened(bench, which);
        QVERIFY(opened.settle());
        grab(opened.widget, QStringLiteral("dialog-") + QString::fromLatin1(QTest::currentDataTag()));
        check(*opened.widget);
        if (kLanguage == "en_XA") {
            const QStringList plain = untranslated(*opened.widget);
            QVERIFY2(plain.isEmpty(), qPrintable(plain.join(QStringLiteral(" | "))));
        }
    }

    void everyTextOfAFormIsTranslated_data()
    {
        QTest::addColumn<QString>("which");
        for (const char *which : {"otlp_http", "scrape checkout", "mqtt plant", "follow log", "mqtt plant-row", "follow log-row", "mapping"})
            QTest::newRow(which) << QString::fromLatin1(which);
    }
    void everyTextOfAFormIsTranslated()
    {
        if (kLanguage != "en_XA")
            QSKIP("The long language shows what was never translated: it alone is plain.");
        QFETCH(QString, which);
        WindowBench bench(m_theme);
        showForm(bench, which);
        QVERIFY(bench.settle());
        const QStringList plain = untranslated(*bench.window);
        QVERIFY2(plain.isEmpty(), qPrintable(plain.join(QStringLiteral(" | "))));
    }

    void popovers_data()
    {
        QTest::addColumn<QString>("which");
        for (const char *which : {"timepicker", "palette", "filtered", "failing", "nothing", "paused"})
            QTest::newRow(which) << QString::fromLatin1(which);
    }
    void popovers()
    {
        QFETCH(QString, which);
        m_theme.setMode(Theme::Mode::Light);
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("overview"));
        QVERIFY(bench.settle());
        if (which == u"timepicker")
            bench.window->timePicker()->open(bench.window->toolbar()->rangeButton());
        if (which == u"palette")
            bench.window->actions().palette->trigger();
        if (which == u"filtered")
            QVERIFY(bench.state->setFilterText(QStringLiteral("release:4.2.0 -screen:Home")).has_value());
        if (which == u"nothing")
            QVERIFY(bench.state->setFilterText(QStringLiteral("release:9.9.9")).has_value());
        if (which == u"failing") {
            bench.switches->isFailing = true;
            bench.state->setRange(RangeSpec::live(15min));
        }
        if (which == u"paused")
            bench.state->setPaused(true);
        QVERIFY(bench.settle());
        grab(bench, which);
        const QStringList cut = cutTexts(*bench.window);
        QVERIFY2(cut.isEmpty(), qPrintable(cut.join(u'\n')));
    }

    void theTimePickerReadsWhatItWrites()
    {
        WindowBench bench(m_theme);
        bench.state->setRange(
            RangeSpec::history({StrideEngine::rollout(), StrideEngine::rollout() + 11min + 30s}));
        bench.window->timePicker()->open(bench.window->toolbar()->rangeButton());
        QCOMPARE(bench.window->timePicker()->problem(), QString());
        bench.state->setRange(RangeSpec::live(60min));
        bench.window->timePicker()->open(bench.window->toolbar()->rangeButton());
        QCOMPARE(bench.window->timePicker()->problem(), QString());
    }

    void everyTextIsTranslated_data()
    {
        QTest::addColumn<QString>("view");
        for (const char *view :
             {"overview", "usage", "sessions", "errors", "performance", "journeys", "reports", "connect", "sources", "settings"})
            QTest::newRow(view) << QString::fromLatin1(view);
    }
    void everyTextIsTranslated()
    {
        if (kLanguage != "en_XA")
            QSKIP("The long language shows what was never translated: it alone is plain.");
        QFETCH(QString, view);
        WindowBench bench(m_theme, {1440, 900}, view == u"connect");
        bench.window->showView(view);
        QVERIFY(bench.settle());
        const QStringList plain = untranslated(*bench.window);
        QVERIFY2(plain.isEmpty(),
                 qPrintable(QStringLiteral("without tr(): ") + plain.join(QStringLiteral(" | "))));
    }

    void everyKeyOfAMenuLeadsToOneEntry()
    {
        WindowBench bench(m_theme);
        bench.window->showView(QStringLiteral("errors"));
        QVERIFY(bench.settle());
        QList<QMenu *> menus = bench.window->findChildren<QMenu *>();
        QVERIFY(menus.size() > 8);
        for (QMenu *menu : std::as_const(menus))
            Q_EMIT menu->aboutToShow();
        const auto check = [](const QString &name, const QList<QAction *> &actions) {
            QHash<QString, QString> taken;
            for (const QAction *action : actions) {
                const QKeySequence key = QKeySequence::mnemonic(action->text());
                if (key.isEmpty() || !action->isVisible())
                    continue;
                const QString letter = key.toString(QKeySequence::PortableText);
                if (taken.contains(letter))
                    return QStringLiteral("%1: %2 of '%3' and of '%4'")
                        .arg(name, letter, taken.value(letter), action->text());
                taken.insert(letter, action->text());
            }
            return QString();
        };
        for (const QMenu *menu : std::as_const(menus)) {
            const QString problem = check(menu->title(), menu->actions());
            QVERIFY2(problem.isEmpty(), qPrintable(problem));
        }
        const QString problem = check(QStringLiteral("menu bar"), bench.window->menuBar()->actions());
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        for (const QAction *action : bench.window->menuBar()->actions())
            QVERIFY2(!QKeySequence::mnemonic(action->text()).isEmpty(), qPrintable(action->text()));
    }

private:
    static void check(QWidget &window)
    {
        const QStringList cut = cutTexts(window);
        QVERIFY2(cut.isEmpty(), qPrintable(QStringLiteral("cut:\n") + cut.join(u'\n')));
        const QStringList onTexts = textsOnTexts(window);
        QVERIFY2(onTexts.isEmpty(), qPrintable(onTexts.join(u'\n')));
        const QStringList onWidgets = overlaps(window);
        QVERIFY2(onWidgets.isEmpty(), qPrintable(onWidgets.join(u'\n')));
    }

    QStringList untranslated(QWidget &window) const
    {
        QStringList plain;
        for (const PaintedText &text : textsOutsideOfCode(window)) {
            if (!untranslatedIn(text.text, m_data).isEmpty())
                plain << text.text;
        }
        for (const QString &text : spokenTexts(window)) {
            if (!untranslatedIn(text, m_data).isEmpty())
                plain << text;
        }
        plain.removeDuplicates();
        return plain;
    }

    /// A door of each kind, one of them with its form open, looked at, or the rules of the settings.
    static void showForm(WindowBench &bench, const QString &which)
    {
        BrokerSetting broker;
        broker.name = "plant";
        broker.isEncrypted = true;
        broker.topics = {{"plant/+/climate", 1}, {"plant/#", 0}};
        bench.control.held.brokers = {broker};
        bench.control.held.targets = {{"checkout", "http://127.0.0.1:9090/metrics"}};
        bench.control.held.followed = {{"log", "/var/log/app/*.csv", FollowSetting::Format::Csv, {}, "Stride", false}};
        bench.control.rules.entries = {{"feature = attribute stride.feature", true, {}, {}}, {"screen = attribute page", false, {}, {}}};
        bench.window->showView(which == u"mapping" ? QStringLiteral("settings") : QStringLiteral("sources"));
        if (!bench.settle())
            return;
        if (which == u"mapping") {
            auto *page = static_cast<SettingsPage *>(bench.window->page(QStringLiteral("settings")));
            page->openSection(page->sections().last());
            page->mapping()->ruleField()->setText(QStringLiteral("feature = attribute stride.feature"));
            for (int i = 0; i < 1'000 && !page->mapping()->isSettled(); ++i)
                QTest::qWait(5);
            page->openSection(page->sections().last()); // it is higher now
            return;
        }
        Q_EMIT bench.control.changed();
        auto *page = static_cast<SourcesPage *>(bench.window->page(QStringLiteral("sources")));
        page->openDoor(which.section(u'-', 0, 0));
        if (!which.endsWith(QStringLiteral("-row")))
            page->detail()->editButton()->click();
    }

    /// Something that is opened on top of the window, or a row of it.
    struct Opened
    {
        Opened(WindowBench &bench, const QString &which)
            : m_bench(bench)
        {
            widget = bench.window.get();
            if (which == u"archive") {
                Scope scope;
                scope.range = {StrideEngine::now() - 1h, StrideEngine::now()};
                m_dialog = std::make_unique<ArchiveDialog>([](const auto &, const auto &, const auto &, const auto &) { return Result<ArchiveAbout>(ArchiveAbout()); }, scope,
                                                           bench.state->rangeText(), QStringLiteral("release:4.2.0"), QStringLiteral("errors"), nullptr);
            } else if (which == u"alerts") {
                AlertFile alerts;
                alerts.alerts.push_back({"Stride", *AlertRule::parse("errors > 20 in 10m"), {}, true});
                const std::filesystem::path file = m_folder.path().toStdString() + "/alerts.json";
                if (!alerts.write(file))
                    qFatal("no file");
                m_watcher = std::make_unique<AlertWatcher>(*bench.queries, *bench.state, file);
                m_watcher->start();
                m_dialog = std::make_unique<AlertsDialog>(*m_watcher, *bench.queries, *bench.state, Formatter(), nullptr);
            } else if (which == u"messages") {
                bench.control.mapping = mqttMappingText({R"({"topic":"plant/{device}/climate","metric":"temperature","value":"/t","unit":"Cel"})"});
                bench.control.seen = {{1, {"plant/a/climate", R"({"t":21.5})"}}, {2, {"plant/a/climate", R"({"t":22})"}}};
                m_dialog = std::make_unique<MessageMapping>(&bench.control, QStringLiteral("mqtt plant"), QStringLiteral("plant"));
            } else {
                bench.receiver.setImport({which == u"importing" ? ImportStatus::State::Running : ImportStatus::State::Partial, QStringLiteral("Stride"), QStringLiteral("Stride"),
                                          which == u"importing" ? 40 : -1});
            }
            if (m_dialog) {
                m_dialog->show();
                widget = m_dialog.get();
            }
        }
        bool settle() const
        {
            auto *messages = qobject_cast<MessageMapping *>(m_dialog.get());
            for (int i = 0; i < 2'000 && messages && (!messages->isSettled() || messages->messages()->model()->rowCount() < 2); ++i)
                QTest::qWait(5);
            QTest::qWait(50);
            return m_bench.settle();
        }
        QWidget *widget;

    private:
        WindowBench &m_bench;
        QTemporaryDir m_folder;
        std::unique_ptr<AlertWatcher> m_watcher;
        std::unique_ptr<QDialog> m_dialog;
    };

    static void grab(const WindowBench &bench, const QString &name) { grab(bench.window.get(), name); }
    static void grab(QWidget *widget, const QString &name)
    {
        // The other theme and width differ in what tst_screenshots compares; English is compared there.
        const bool isCompared = (kLanguage == "de" || kLanguage == "ar_XB") && !name.contains(u"dark") && !name.contains(u"1185") &&
                                !name.contains(u"mapping"); // scrolls to where it is, in its own time
        if (isCompared)
            QCOMPARE(differenceOf(*widget, name), QString());
        else
            drawnPicture(*widget, name);
    }

    Theme m_theme;
    QSet<QString> m_data;
};

QTEST_MAIN(TestLanguage)
#include "tst_language.moc"
