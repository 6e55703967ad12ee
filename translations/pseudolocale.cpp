// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the catalogue of a language of the tests from one that names every text:
//   telltale_pseudolocale en_XA|ar_XB FROM.ts TO.ts
#include "translations/pseudotext.h"

#include <QFile>
#include <QSaveFile>
#include <QXmlStreamReader>
#include <QXmlStreamWriter>

#include <cstdio>
#include <cstring>

using namespace telltale;

namespace {

int fail(const QFileDevice &file, const QString &reason)
{
    std::fprintf(stderr, "telltale_pseudolocale: %s: %s\n", qPrintable(file.fileName()), qPrintable(reason));
    return 1;
}

/// Everything is copied but the translations, which are made from the source text read before.
class Rewriter
{
public:
    Rewriter(QFile &from, QSaveFile &to, QString name)
        : m_xml(&from)
        , m_out(&to)
        , m_language(name == u"ar_XB" ? PseudoLanguage::RightToLeft : PseudoLanguage::Long)
        , m_name(std::move(name))
    {}

    QString run()
    {
        m_out.setAutoFormatting(true);
        m_out.writeStartDocument();
        m_out.writeDTD(QStringLiteral("<!DOCTYPE TS>"));
        while (!m_xml.atEnd()) {
            m_xml.readNext();
            if (m_xml.isStartElement())
                start();
            else if (m_xml.isEndElement())
                end();
        }
        return m_xml.hasError() ? m_xml.errorString() : QString();
    }

private:
    void start()
    {
        const auto name = m_xml.name();
        if (name == u"TS") {
            m_out.writeStartElement(QStringLiteral("TS"));
            m_out.writeAttribute(QStringLiteral("version"), QStringLiteral("2.1"));
            m_out.writeAttribute(QStringLiteral("language"), m_name);
            m_out.writeAttribute(QStringLiteral("sourcelanguage"), QStringLiteral("en_US"));
        } else if (name == u"context" || name == u"message") {
            m_isPlural = m_xml.attributes().value(QLatin1String("numerus")) == u"yes";
            m_out.writeStartElement(name.toString());
            m_out.writeAttributes(m_xml.attributes());
        } else if (name == u"translation") {
            m_xml.skipCurrentElement();
            translate();
        } else {
            const QString element = name.toString();
            const QString text = m_xml.readElementText();
            if (element == u"source")
                m_source = text;
            m_out.writeTextElement(element, text);
        }
    }

    void end()
    {
        // Qt asks this text for the direction of everything.
        if (m_xml.name() == u"TS" && m_language == PseudoLanguage::RightToLeft) {
            m_out.writeStartElement(QStringLiteral("context"));
            m_out.writeTextElement(QStringLiteral("name"), QStringLiteral("QGuiApplication"));
            m_out.writeStartElement(QStringLiteral("message"));
            m_out.writeTextElement(QStringLiteral("source"), QStringLiteral("QT_LAYOUT_DIRECTION"));
            m_out.writeTextElement(QStringLiteral("translation"), QStringLiteral("RTL"));
            m_out.writeEndElement();
            m_out.writeEndElement();
        }
        m_out.writeEndElement();
    }

    void translate()
    {
        const QString text = pseudoText(m_source, m_language);
        m_out.writeStartElement(QStringLiteral("translation"));
        if (m_isPlural) {
            const int forms =
                m_language == PseudoLanguage::RightToLeft ? 6 : 2; // as Arabic and English count
            for (int i = 0; i < forms; ++i)
                m_out.writeTextElement(QStringLiteral("numerusform"), text);
        } else {
            m_out.writeCharacters(text);
        }
        m_out.writeEndElement();
    }

    QXmlStreamReader m_xml;
    QXmlStreamWriter m_out;
    PseudoLanguage m_language;
    QString m_name, m_source;
    bool m_isPlural = false;
};

} // namespace

int main(int argc, char **argv)
{
    if (argc != 4 || (std::strcmp(argv[1], "en_XA") != 0 && std::strcmp(argv[1], "ar_XB") != 0)) {
        std::fputs("usage: telltale_pseudolocale en_XA|ar_XB FROM.ts TO.ts\n", stderr);
        return 2;
    }
    QFile from(QFile::decodeName(argv[2]));
    if (!from.open(QIODevice::ReadOnly))
        return fail(from, from.errorString());
    QSaveFile to(QFile::decodeName(argv[3]));
    if (!to.open(QIODevice::WriteOnly))
        return fail(to, to.errorString());
    if (const QString problem = Rewriter(from, to, QString::fromLatin1(argv[1])).run(); !problem.isEmpty())
        return fail(from, problem);
    return to.commit() ? 0 : fail(to, to.errorString());
}
