// SPDX-License-Identifier: GPL-3.0-or-later
#include "translations/pseudotext.h"
#include "translations/translator.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

#include <algorithm>

using namespace telltale;

class TestTranslations final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // A language that has no translation reads like English.
        installTranslations(*QCoreApplication::instance(), QLocale(QStringLiteral("eo")));
    }

    void pluralsReadRight_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << 0 << QStringLiteral("Last 0 minutes");
        QTest::newRow("one") << 1 << QStringLiteral("Last 1 minute");
        QTest::newRow("two") << 2 << QStringLiteral("Last 2 minutes");
        QTest::newRow("many") << 60 << QStringLiteral("Last 60 minutes");
    }
    void pluralsReadRight()
    {
        QFETCH(int, number);
        QFETCH(QString, text);
        QCOMPARE(QCoreApplication::translate("telltale::ViewState", "Last %n minute(s)", nullptr, number),
                 text);
    }

    // Fails when somebody wrote a text with %n and nobody said how its plural reads.
    void everyPluralIsThere()
    {
        const auto catalogue = updated(QStringLiteral("telltale_en.ts"), {QStringLiteral("-pluralonly")});
        QVERIFY(catalogue.size() > 5);
        QStringList missing;
        for (const Message &message : catalogue) {
            if (!message.isFinished)
                missing << message.source;
        }
        QVERIFY2(
            missing.isEmpty(),
            qPrintable(QStringLiteral("translations/telltale_en.ts lacks (target update_translations adds "
                                      "them): ") +
                       missing.join(QStringLiteral("; "))));
    }

    void germanIsComplete()
    {
        const auto catalogue = updated(QStringLiteral("telltale_de.ts"), {});
        QVERIFY(catalogue.size() > 900);
        QStringList missing;
        for (const Message &message : catalogue) {
            const bool isEmpty = std::any_of(message.forms.begin(), message.forms.end(),
                                             [](const QString &form) { return form.isEmpty(); });
            if (!message.isFinished || isEmpty || message.forms.size() != (message.isPlural ? 2 : 1))
                missing << message.context + QStringLiteral(": ") + message.source;
        }
        QVERIFY2(
            missing.isEmpty(),
            qPrintable(QStringLiteral("translations/telltale_de.ts lacks (target update_translations adds "
                                      "them): ") +
                       missing.join(QStringLiteral("; "))));
    }

    // A text that lupdate puts into the context of a namespace is looked for elsewhere at run time: never translated.
    void everyTextHasTheContextOfItsClass()
    {
        QString complaints;
        const auto catalogue = updated(QStringLiteral("telltale_de.ts"), {}, &complaints);
        QVERIFY2(complaints.isEmpty(), qPrintable(complaints));
        for (const Message &message : catalogue)
            QVERIFY2(message.context.startsWith(QStringLiteral("telltale::")),
                     qPrintable(message.context + u' ' + message.source));
    }

    void germanKeepsWhatIsNotWords()
    {
        static const QRegularExpression placeholder(QStringLiteral("%L?(?:\\d{1,2}|n)"));
        static const QRegularExpression tag(QStringLiteral("<[^<>]+>"));
        static const QRegularExpression mnemonic(QStringLiteral("&(?=[^\\s&])"));
        static const QRegularExpression edge(QStringLiteral("^\\s|\\s$"));
        const auto all = [](const QRegularExpression &expression, const QString &text) {
            QStringList found;
            for (auto match = expression.globalMatch(text); match.hasNext();)
                found << match.next().captured();
            found.sort();
            return found;
        };
        const auto unique = [&](const QRegularExpression &expression, const QString &text) {
            QStringList found = all(expression, text);
            found.removeDuplicates();
            return found;
        };
        for (const Message &message : read(QStringLiteral(TELLTALE_SOURCES "/translations/telltale_de.ts"))) {
            for (qsizetype i = 0; i < message.forms.size(); ++i) {
                const QString &text = message.forms.at(i);
                const QByteArray where =
                    (message.context + QStringLiteral(": ") + message.source + QStringLiteral(" -> ") + text)
                        .toUtf8();
                QStringList wanted = unique(placeholder, message.source), found = unique(placeholder, text);
                if (message.isPlural && i == 0) { // "Last hour": the one may go without saying
                    wanted.removeAll(QStringLiteral("%n"));
                    found.removeAll(QStringLiteral("%n"));
                }
                QVERIFY2(found == wanted, where.constData());
                QVERIFY2(all(tag, text) == all(tag, message.source), where.constData());
                QVERIFY2(all(mnemonic, text).size() == all(mnemonic, message.source).size(),
                         where.constData());
                QVERIFY2(all(edge, text) == all(edge, message.source), where.constData());
                QVERIFY2(text.count(u'\n') == message.source.count(u'\n'), where.constData());
                QVERIFY2(text.endsWith(u'…') == message.source.endsWith(u'…'), where.constData());
                QVERIFY2(!text.contains(QStringLiteral("...")), where.constData());
                QVERIFY2(!text.contains(u'"') && text.count(u'„') == text.count(u'“') && !text.contains(u'”'),
                         where.constData());
            }
        }
    }

    void germanSpeaks_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << 0 << QStringLiteral("Letzte %n Minuten");
        QTest::newRow("one") << 1 << QStringLiteral("Letzte Minute");
        QTest::newRow("many") << 60 << QStringLiteral("Letzte %n Minuten");
    }
    void germanSpeaks()
    {
        QFETCH(int, number);
        QFETCH(QString, text);
        QTranslator german;
        QVERIFY(german.load(QStringLiteral(":/translations/telltale_de.qm")));
        QCOMPARE(german.translate("telltale::ViewState", "Last %n minute(s)", nullptr, number), text);
    }

    // Made from the German catalogue while building: every text of the program, in no language at all.
    void languagesOfTheTestsNameEveryText()
    {
        QTranslator wide, fromTheRight;
        QVERIFY(wide.load(QStringLiteral(":/translations/telltale_en_XA.qm")));
        QVERIFY(fromTheRight.load(QStringLiteral(":/translations/telltale_ar_XB.qm")));
        QCOMPARE(fromTheRight.translate("QGuiApplication", "QT_LAYOUT_DIRECTION"), QStringLiteral("RTL"));
        for (const Message &message : read(QStringLiteral(TELLTALE_SOURCES "/translations/telltale_de.ts"))) {
            const QByteArray context = message.context.toUtf8(), source = message.source.toUtf8(),
                             comment = message.comment.toUtf8();
            const int number = message.isPlural ? 2 : -1;
            QCOMPARE(wide.translate(context, source, comment, number),
                     pseudoText(message.source, PseudoLanguage::Long));
            QCOMPARE(fromTheRight.translate(context, source, comment, number),
                     pseudoText(message.source, PseudoLanguage::RightToLeft));
        }
    }

    void pseudoTextKeepsWhatIsNotWords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("wide");
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("word") << QStringLiteral("Errors") << QStringLiteral("[Éŕŕöŕš]");
        QTest::newRow("placeholder") << QStringLiteral("%1 of %L2") << QStringLiteral("[%1 öƒ %L2 one]");
        QTest::newRow("plural") << QStringLiteral("%n day(s)") << QStringLiteral("[%n đåý(š) one]");
        QTest::newRow("mnemonic") << QStringLiteral("&Quit") << QStringLiteral("[&Qûîţ]");
        QTest::newRow("tag") << QStringLiteral("<b>on</b>") << QStringLiteral("[<b>öñ</b> one]");
        QTest::newRow("reference") << QStringLiteral("a &amp; b") << QStringLiteral("[å &amp; ƀ one]");
        QTest::newRow("line") << QStringLiteral("a\nb") << QStringLiteral("[å\nƀ]");
    }
    void pseudoTextKeepsWhatIsNotWords()
    {
        QFETCH(QString, text);
        QFETCH(QString, wide);
        QCOMPARE(pseudoText(text, PseudoLanguage::Long), wide);
        QString turned = pseudoText(text, PseudoLanguage::RightToLeft);
        turned.remove(QChar(0x200F)).remove(QChar(0x202E)).remove(QChar(0x202C));
        QCOMPARE(turned, text);
    }

    void pseudoTextIsLonger()
    {
        const QString text = QStringLiteral("Sessions without an error that nothing caught.");
        const double growth = double(pseudoText(text, PseudoLanguage::Long).size()) / double(text.size());
        QVERIFY2(growth > 1.35 && growth < 1.55, qPrintable(QString::number(growth)));
    }

private:
    struct Message
    {
        QString context, source, comment;
        QStringList forms;
        bool isPlural = false, isFinished = true;
    };

    static QList<Message> read(const QString &path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QXmlStreamReader xml(&file);
        QList<Message> messages;
        QString context;
        while (!xml.atEnd()) {
            xml.readNext();
            if (!xml.isStartElement())
                continue;
            if (xml.name() == u"name")
                context = xml.readElementText();
            else if (xml.name() == u"message")
                messages.append(
                    {context, {}, {}, {}, xml.attributes().value(QLatin1String("numerus")) == u"yes", true});
            else if (xml.name() == u"source")
                messages.back().source = xml.readElementText();
            else if (xml.name() == u"comment")
                messages.back().comment = xml.readElementText();
            else if (xml.name() == u"numerusform")
                messages.back().forms << xml.readElementText();
            else if (xml.name() == u"translation") {
                messages.back().isFinished = !xml.attributes().hasAttribute(QLatin1String("type"));
                if (!messages.back().isPlural)
                    messages.back().forms << xml.readElementText();
            }
        }
        return xml.hasError() ? QList<Message>() : messages;
    }

    /// A copy of a catalogue after lupdate has read the sources again, as the target update_translations does it.
    static QList<Message> updated(const QString &name, const QStringList &options,
                                  QString *complaints = nullptr)
    {
        QTemporaryDir folder;
        const QString sources = QStringLiteral(TELLTALE_SOURCES), copy = folder.filePath(name);
        if (!folder.isValid() || !QFile::copy(sources + QStringLiteral("/translations/") + name, copy))
            return {};
        QProcess lupdate;
        lupdate.setProcessChannelMode(QProcess::MergedChannels);
        lupdate.start(QStringLiteral(TELLTALE_LUPDATE),
                      QStringList{QStringLiteral("-silent"), QStringLiteral("-no-obsolete")} + options +
                          QStringList{QStringLiteral("-I"), sources, sources + QStringLiteral("/app"),
                                      sources + QStringLiteral("/models"),
                                      sources + QStringLiteral("/widgets"),
                                      QStringLiteral(TELLTALE_COUNTER_TEXTS), QStringLiteral("-ts"), copy});
        if (!lupdate.waitForFinished(60'000) || lupdate.exitCode() != 0)
            return {};
        if (complaints)
            *complaints = QString::fromLocal8Bit(lupdate.readAll());
        return read(copy);
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
