// SPDX-License-Identifier: GPL-3.0-or-later
// Colours are written down in widgets/theme and nowhere else; and no widget uses a label that could take rich text.
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

class TestNoLiterals final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sourcesWithoutColours()
    {
        static const QRegularExpression literal(
            QStringLiteral("(#[0-9A-Fa-f]{6}\\b|#[0-9A-Fa-f]{3}\"|QColor\\(\\s*(0x|[0-9\"])|qRgba?\\(|QColor:"
                           ":fromRgb\\(|Qt::(red|green|blue|black|white|gray|darkGray|"
                           "lightGray|yellow|cyan|magenta|dark[A-Z][a-z]+)\\b|setStyleSheet\\()"));
        int files = 0;
        for (const QString &folder :
             {QStringLiteral("/widgets"), QStringLiteral("/app"), QStringLiteral("/models")}) {
            QDirIterator it(QStringLiteral(TELLTALE_SOURCES) + folder,
                            {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                            QDirIterator::Subdirectories);
            while (it.hasNext()) {
                const QString path = it.next();
                if (path.contains(QLatin1String("/widgets/theme/")))
                    continue;
                QFile file(path);
                QVERIFY(file.open(QIODevice::ReadOnly));
                ++files;
                int number = 0;
                for (const QString &line : QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'))) {
                    ++number;
                    const auto match = literal.match(line);
                    QVERIFY2(
                        !match.hasMatch(),
                        qPrintable(QStringLiteral("%1:%2: %3").arg(path).arg(number).arg(match.captured())));
                }
            }
        }
        QVERIFY(files > 50);
    }

    void theSearchFindsWhatItShould()
    {
        // A check that cannot fail would be no check: the theme itself is full of literals.
        QFile file(QStringLiteral(TELLTALE_SOURCES "/widgets/theme/tokens.cpp"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("QColor(0x"));
    }
};

QTEST_APPLESS_MAIN(TestNoLiterals)
#include "tst_noliterals.moc"
