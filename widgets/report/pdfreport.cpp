// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/reportwriter.h"

#include <QBuffer>
#include <QPageLayout>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include <exception>

namespace telltale {
namespace {

constexpr int kResolution = 1270; ///< dots an inch: five to a tenth of a millimetre
constexpr double kPointsAUnit = 72.0 / 254.0;

QByteArray drawPages(const ReportPages &pages, const ReportDocument &document)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setPageSize(QPageSize(document.paper == ReportPaper::Letter ? QPageSize::Letter : QPageSize::A4));
        writer.setPageMargins(QMarginsF());
        writer.setResolution(kResolution);
        writer.setTitle(document.title);
        QPainter painter(&writer);
        painter.scale(kResolution / 254.0, kResolution / 254.0);
        for (std::size_t i = 0; i < pages.pages.size(); ++i) {
            if (i > 0)
                writer.newPage();
            paintDrawing(painter, pages.pages[i], Tokens::light());
        }
    }
    return bytes;
}

QPDFObjectHandle textObject(const QString &text)
{
    return QPDFObjectHandle::newUnicodeString(text.toStdString());
}

void addOutline(QPDF &pdf, const ReportPages &pages)
{
    if (pages.outline.empty())
        return;
    const auto sheets = QPDFPageDocumentHelper(pdf).getAllPages();
    QPDFObjectHandle outline = pdf.makeIndirectObject(QPDFObjectHandle::parse("<< /Type /Outlines >>"));
    std::vector<QPDFObjectHandle> items;
    for (const ReportPages::Entry &entry : pages.outline) {
        QPDFObjectHandle item = pdf.makeIndirectObject(QPDFObjectHandle::newDictionary());
        item.replaceKey("/Title", textObject(entry.title));
        item.replaceKey("/Parent", outline);
        const double y = (pages.paper.height() - entry.y) * kPointsAUnit;
        QPDFObjectHandle target = QPDFObjectHandle::newArray();
        target.appendItem(sheets.at(entry.page).getObjectHandle());
        target.appendItem(QPDFObjectHandle::newName("/XYZ"));
        target.appendItem(QPDFObjectHandle::newNull());
        target.appendItem(QPDFObjectHandle::newReal(y, 2));
        target.appendItem(QPDFObjectHandle::newNull());
        item.replaceKey("/Dest", target);
        items.push_back(item);
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0)
            items[i].replaceKey("/Prev", items[i - 1]);
        if (i + 1 < items.size())
            items[i].replaceKey("/Next", items[i + 1]);
    }
    outline.replaceKey("/First", items.front());
    outline.replaceKey("/Last", items.back());
    outline.replaceKey("/Count", QPDFObjectHandle::newInteger(static_cast<long long>(items.size())));
    pdf.getRoot().replaceKey("/Outlines", outline);
    pdf.getRoot().replaceKey("/PageMode", QPDFObjectHandle::newName("/UseOutlines"));
}

/// Qt tags the names of its fonts by the order in which a hash table gives them: another one each time.
void setFontTags(QPDF &pdf)
{
    constexpr std::string_view kTag = "TELLTL";
    for (QPDFObjectHandle object : pdf.getAllObjects()) {
        if (!object.isDictionary())
            continue;
        for (const char *key : {"/FontName", "/BaseFont"}) {
            QPDFObjectHandle name = object.getKey(key);
            if (!name.isName())
                continue;
            const std::string text = name.getName();
            if (const std::size_t plus = text.find('+'); plus == kTag.size() + 1)
                object.replaceKey(key, QPDFObjectHandle::newName("/" + std::string(kTag) + text.substr(plus)));
        }
    }
}

/// What says when and by whom: taken from the document, not from the machine.
void setInformation(QPDF &pdf, const ReportDocument &document)
{
    QPDFObjectHandle information = pdf.makeIndirectObject(QPDFObjectHandle::newDictionary());
    information.replaceKey("/Title", textObject(document.title));
    information.replaceKey("/Subject", textObject(document.subject + QStringLiteral(", ") + document.rangeText));
    information.replaceKey("/Creator", textObject(QStringLiteral("Telltale ") + QStringLiteral(TELLTALE_VERSION)));
    const QDateTime made = QDateTime::fromMSecsSinceEpoch(document.made.ns / 1'000'000, Qt::UTC);
    information.replaceKey("/CreationDate",
                           QPDFObjectHandle::newString(made.toString(QStringLiteral("'D:'yyyyMMddHHmmss'Z'")).toStdString()));
    pdf.getTrailer().replaceKey("/Info", information);
    pdf.getRoot().removeKey("/Metadata");
    pdf.getRoot().removeKey("/OutputIntents");
    pdf.getRoot().replaceKey("/Lang", textObject(document.language));
    pdf.getRoot().replaceKey("/ViewerPreferences", QPDFObjectHandle::parse("<< /DisplayDocTitle true >>"));
}

} // namespace

Result<std::string> reportPdf(const ReportDocument &document)
{
    const ReportPages pages = layOut(document);
    const QByteArray drawn = drawPages(pages, document);
    try {
        QPDF pdf;
        pdf.setSuppressWarnings(true);
        pdf.processMemoryFile("report", drawn.constData(), static_cast<std::size_t>(drawn.size()));
        addOutline(pdf, pages);
        setInformation(pdf, document);
        setFontTags(pdf);
        // Objects are numbered in the order in which they are met, so equal pages give equal bytes.
        QPDFWriter writer(pdf);
        writer.setOutputMemory();
        writer.setDeterministicID(true);
        writer.setObjectStreamMode(qpdf_o_disable);
        writer.write();
        const auto buffer = writer.getBufferSharedPointer();
        return std::string(reinterpret_cast<const char *>(buffer->getBuffer()), buffer->getSize());
    } catch (const std::exception &problem) {
        return failure(Error::Code::Io, std::string("the PDF could not be made: ") + problem.what());
    }
}

} // namespace telltale
